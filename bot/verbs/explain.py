"""`kucha explain`: one look-up, or one a line from standard input."""

import argparse
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.verbs.chat import spoken_here

if TYPE_CHECKING:
    from core.bank.lookup import Findings
    from core.bank.model import Bank
    from core.chat.texts import Voice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to look up, and how to answer."""
    parser.add_argument("--json", action="store_true", help="answer with a JSON object: query, hits")
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a topic or a question; `-` reads a query a line")


async def run(arguments: argparse.Namespace) -> int:
    """Print the card, or the hits as JSON; 1 when a single look-up found nothing."""
    from bot.platforms.terminal.renderer import rendered
    from bot.platforms.terminal.screen import standard_screen
    from core.bank.loading import BUILT_IN, load
    from core.bank.lookup import LookUp
    from core.chat.presenters.found import found_document
    from core.chat.texts import Texts
    from core.study.learner import language_of

    bank = load((BUILT_IN, *Settings().packs)).bank
    look_up = LookUp(bank)
    voice = Texts().in_language(language_of(spoken_here()))
    if arguments.words == ["-"]:
        async for query in _typed_queries():
            print(as_json(query, look_up.find(query), bank, voice), flush=True)
        return 0
    query = " ".join(arguments.words)
    found = look_up.find(query)
    if arguments.json:
        print(as_json(query, found, bank, voice))
    else:
        parts = rendered(found_document(found, query, bank, voice).blocks, ())
        standard_screen().show([*parts, *_choices(found, bank, voice)])
    return 0 if found.hits else 1


def as_json(query: str, found: "Findings", bank: "Bank", voice: "Voice") -> str:
    """A query's hits on one line: kind, slug, title, text and score of each, best first; docs/commands.md has it."""
    from core.chat.presenters.found import found_text

    hits = [asdict(found_text(hit, bank, voice)) for hit in found.hits]
    return json.dumps({"query": query, "hits": hits}, ensure_ascii=False)


def _choices(found: "Findings", bank: "Bank", voice: "Voice") -> list[str]:
    """Where no card was clearly meant: what to type for each that fits, or that is nearest."""
    from core.bank.lookup import Hit, HitKind
    from core.chat.presenters.card import hit_title

    if found.best:
        return []
    hits = found.hits or found.nearest
    cards = [
        Hit(HitKind.COMPETENCY, bank.questions[hit.slug].competency, hit.score) if hit.kind is HitKind.QUESTION else hit
        for hit in hits
    ]
    titles = {hit.slug: hit_title(hit, bank, voice) for hit in cards}
    return ["", *(f"  kucha explain {slug:<28}  {title}" for slug, title in titles.items())] if titles else []


async def _typed_queries() -> AsyncIterator[str]:
    from bot.platforms.terminal.piped import PipedLines

    lines = PipedLines(sys.stdin.fileno())
    while True:
        try:
            yield await lines.read("")
        except EOFError:
            return
