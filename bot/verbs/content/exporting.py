"""`kucha content export`: the questions for Anki, Moodle, other programs, and paper."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from bot.settings import Settings
from core.bank.versions import TAUGHT
from core.bank.wording import Language

if TYPE_CHECKING:
    from core.bank.exporting.entries import Entry, Say, Wish

LEVELS = (1, 2, 3)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to export, and where to."""
    parser.add_argument("format", choices=("anki", "gift", "json", "html"), help="html: one printable page per level")
    parser.add_argument("--language", type=Language, choices=tuple(Language), required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file; a folder for html")
    parser.add_argument("--level", type=int, choices=LEVELS, help="one level only")
    parser.add_argument("--python", choices=TAUGHT, default="3.14", help="whose answers are right (3.14)")


async def run(arguments: argparse.Namespace) -> int:
    """Write the files and say what is in them; 1 when nothing can be written there."""
    from core.bank.exporting.entries import Wish, entries
    from core.bank.loading import BUILT_IN, load
    from core.bank.versions import Python
    from core.chat.texts import Texts

    wish = Wish(arguments.language, Python.named(arguments.python), arguments.level)
    say = Texts().in_language(wish.language)
    found = entries(load((BUILT_IN, *Settings().packs)).bank, wish, say)
    try:
        for line in _written(arguments.format, arguments.out, found, wish, say):
            print(line)
    except OSError as error:
        print(f"{arguments.out} cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _written(format: str, out: Path, found: "Sequence[Entry]", wish: "Wish", say: "Say") -> list[str]:
    from core.bank.exporting.anki import write_anki
    from core.bank.exporting.as_json import as_json
    from core.bank.exporting.gift import gift
    from core.bank.exporting.printed import printed_level

    (out if format == "html" else out.parent).mkdir(parents=True, exist_ok=True)
    match format:
        case "anki":
            write_anki(found, out, wish, say, time())
        case "gift":
            exported = gift(found)
            out.write_text(exported.text, "utf-8")
            said = [f"left out, since GIFT has no such kind: {', '.join(exported.left_out)}"] * bool(exported.left_out)
            return [*said, f"{out}: {len(found) - len(exported.left_out)} questions"]
        case "json":
            out.write_text(as_json(found, wish), "utf-8")
        case "html":
            lines = []
            for level in (wish.level,) if wish.level else LEVELS:
                page = out / f"level-{level}.{wish.language}.html"
                asked = [entry for entry in found if entry.level == level]
                page.write_text(printed_level(level, asked, wish, say), "utf-8")
                lines.append(f"{page}: {len(asked)} questions")
            return lines
    return [f"{out}: {len(found)} questions"]
