"""`python -m benchmarks.lookup_table > docs/lookup.md`: what sixty queries find, as a page of the documentation."""

import re
from collections.abc import Iterator
from itertools import groupby

from benchmarks.queries import Query, queries
from core.bank.loading import load
from core.bank.lookup import Findings, Hit, HitKind, LookUp
from core.bank.model import Bank
from core.bank.wording import Language

INTRODUCTION = """\
# What people type, and what they find

`/explain` looks through cards, terms and questions at once, in both languages, whatever language the learner has set.
A query is first taken as a name: as it stands, without its endings, on the other keyboard layout, with its typos
mended. What is no name is taken apart: its words count by how rare they are and by where they stand, and words that say
nothing about a subject ("why", "зачем") do not count.

A hit's score goes from 0 to 1; 1 is the very name. One hit that is clearly ahead is opened at once, of several the
learner chooses; below 0.55 nothing counts as found, and the nearest are only offered. The tables show the first hit, in
**bold** where it is opened at once; `kucha explain --json WORDS` shows all hits with their scores.

`python -m benchmarks.lookup_table > docs/lookup.md` writes this page from `benchmarks/queries.txt`; a test compares it
with what the look-up finds, and with what each query is meant to find.
"""

KINDS = {HitKind.COMPETENCY: "card", HitKind.TERM: "term", HitKind.QUESTION: "question"}


def page(bank: Bank) -> str:
    """The page as Markdown."""
    return "\n".join((INTRODUCTION, *_tables(bank, LookUp(bank))))


def _tables(bank: Bank, look_up: LookUp) -> Iterator[str]:
    for group, asked in groupby(queries(), key=lambda query: query.group):
        yield f"## {group}\n\n| query | finds | which is the |\n|---|---|---|"
        yield from (_row(query, look_up.find(query.words), bank) for query in asked)
        yield ""


def _row(query: Query, found: Findings, bank: Bank) -> str:
    if not found.hits:
        return f"| `{query.words}` | nothing | |"
    first = found.hits[0]
    language = Language.RU if re.search("[а-яё]", query.words, re.IGNORECASE) else Language.EN
    title = _title(first, bank, language)
    return f"| `{query.words}` | {f'**{title}**' if found.best else title} | {KINDS[first.kind]} `{first.slug}` |"


def _title(hit: Hit, bank: Bank, language: Language) -> str:
    """What a card or a term is called; a question is shown by its competency, since authors polish wordings."""
    match hit.kind:
        case HitKind.COMPETENCY:
            title = bank.competencies[hit.slug].name(language)
        case HitKind.TERM:
            title = bank.terms[hit.slug].name(language)
        case HitKind.QUESTION:
            title = bank.competencies[bank.questions[hit.slug].competency].name(language)
    return re.sub(r"(?<!`)(__\w+__)(?!`)", r"`\1`", title)


if __name__ == "__main__":
    print(page(load().bank), end="")
