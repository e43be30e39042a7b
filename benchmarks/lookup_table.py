"""`python -m benchmarks.lookup_table > docs/lookup.md`: what sixty queries find, as a page of the documentation."""

from collections.abc import Iterator
from itertools import groupby

from benchmarks.queries import Query, queries
from core.bank.loading import load
from core.bank.lookup import Findings, Hit, HitKind, LookUp

INTRODUCTION = """\
# What people type, and what they find

`/explain` looks through cards, terms and questions at once, in both languages, whatever language the learner has set.
A query is first taken as a name: as it stands, without its endings, on the other keyboard layout, with its typos
mended. What is no name is taken apart: its words count by how rare they are and by where they stand, and words that say
nothing about a subject ("why", "зачем") do not count.

A hit's score goes from 0 to 1; 1 is the very name. One hit that is clearly ahead is opened at once, of several the
learner chooses; below 0.55 nothing counts as found, and the nearest are only offered. In the tables **bold** is opened
at once; `kucha explain --json WORDS` shows the scores.

`python -m benchmarks.lookup_table > docs/lookup.md` writes this page from `benchmarks/queries.txt`; a test compares it
with what the look-up finds, and with what each query is meant to find.
"""

SIGNS = {HitKind.COMPETENCY: "", HitKind.TERM: " (term)", HitKind.QUESTION: " (question)"}
ALSO = 2
"""Further hits that are shown."""


def page(look_up: LookUp) -> str:
    """The page as Markdown."""
    return "\n".join((INTRODUCTION, *_tables(look_up)))


def _tables(look_up: LookUp) -> Iterator[str]:
    for group, asked in groupby(queries(), key=lambda query: query.group):
        yield f"## {group}\n\n| query | finds | and |\n|---|---|---|"
        yield from (_row(query, look_up.find(query.words)) for query in asked)
        yield ""


def _row(query: Query, found: Findings) -> str:
    first, *others = found.hits or found.nearest or (None,)
    opened = f"**{_hit(first)}**" if found.best else _hit(first)
    further = ", ".join(_hit(hit) for hit in others[:ALSO])
    return f"| `{query.words}` | {opened if found.hits else f'nothing; nearest {opened}'} | {further} |"


def _hit(hit: Hit | None) -> str:
    return f"{hit.slug}{SIGNS[hit.kind]}" if hit else "–"


if __name__ == "__main__":
    print(page(LookUp(load().bank)), end="")
