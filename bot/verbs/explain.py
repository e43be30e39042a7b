"""`kucha explain`: one look-up, or one a line from standard input."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to look up, and how to answer."""
    parser.add_argument("--json", action="store_true", help="answer with a JSON object a query: query, hits")
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a topic or a question; `-` reads a query a line")


async def run(arguments: argparse.Namespace) -> int:
    """Print the card, or the hits as JSON; 1 when a single look-up found nothing."""
    from bot.platforms.terminal.renderer import rendered
    from core.bank.loading import BUILT_IN, load
    from core.bank.lookup import LookUp
    from core.chat.presenters.found import found_document, found_text
    from core.chat.texts import Texts
    from core.study.learner import language_of

    bank = load((BUILT_IN, *Settings().packs)).bank
    look_up = LookUp(bank)
    voice = Texts().in_language(language_of(os.environ.get("LC_ALL") or os.environ.get("LANG")))
    many = arguments.words == ["-"]
    queries: Iterable[str] = (line.rstrip("\r\n") for line in sys.stdin) if many else [" ".join(arguments.words)]
    found_all = True
    for query in queries:
        found = look_up.find(query)
        found_all = found_all and bool(found.hits)
        if many or arguments.json:
            hits = [asdict(found_text(hit, bank, voice)) for hit in found.hits]
            print(json.dumps({"query": query, "hits": hits}, ensure_ascii=False), flush=True)
        else:
            from rich.console import Console

            Console(highlight=False).print(rendered(found_document(found, query, bank, voice), ()))
    return 0 if many or found_all else 1
