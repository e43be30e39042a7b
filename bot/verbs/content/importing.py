"""`kucha content import`: questions from other programs' files, with a report."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.bank.wording import Language

if TYPE_CHECKING:
    from core.bank.importing.model import Remark
    from core.bank.importing.packing import Plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, and where to."""
    parser.add_argument("format", choices=("notes", "gift", "anki", "trivia"), help="what kind of file it is")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--pack", type=Path, required=True, metavar="DIR", help="the pack that takes the questions")
    parser.add_argument(
        "--competency", type=_slug, required=True, metavar="SLUG", help="created where the pack has none"
    )
    parser.add_argument("--language", type=Language, choices=tuple(Language), default=Language.RU)
    parser.add_argument("--level", type=int, choices=(1, 2, 3), default=1, help="for questions that name no level")
    parser.add_argument("--dry-run", action="store_true", help="only report; write nothing")


async def run(arguments: argparse.Namespace) -> int:
    """Import the file and report; 1 when the file or the pack cannot be read."""
    from core.bank.importing.formats import import_plan
    from core.bank.importing.model import UnreadableError
    from core.bank.importing.packing import PackError, Place

    place = Place(arguments.pack, arguments.competency, arguments.language)
    try:
        planned = import_plan(arguments.format, arguments.file, place, arguments.level)
        if not arguments.dry_run:
            planned.write()
    except (UnreadableError, PackError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    _report(planned, arguments.file, arguments.dry_run)
    return 0


def _report(planned: "Plan", file: Path, dry_run: bool) -> None:
    for record in planned.taken:
        print(f"{file}:{record.line}: taken as `{record.id}`: {_preview(record.section.body)}")
    for title, remarks in (
        ("changed", planned.changed),
        ("skipped", planned.skipped),
        ("note", planned.notes),
    ):
        _listed(file, title, remarks)
    for path in planned.files:
        print(f"{'would write' if dry_run else 'written'}: {path}")
    print(
        f"{len(planned.taken)} taken, {len(planned.known)} already there, {len(planned.changed)} changed, "
        f"{len(planned.skipped)} skipped" + ("; a dry run, nothing was written" if dry_run else "")
    )
    if planned.taken:
        print("Next: `kucha content check PACK` names what is still to be written, the other language first.")


def _listed(file: Path, title: str, remarks: "Sequence[Remark]") -> None:
    for remark in sorted(remarks):
        print(f"{file}:{remark.line}: {title}: {remark.message}")


def _preview(markdown: str) -> str:
    line = " ".join(markdown.split())
    return line if len(line) <= 70 else f"{line[:69]}…"


def _slug(typed: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", typed) or len(typed) > 40:
        raise argparse.ArgumentTypeError("lower-case Latin letters, digits and hyphens, at most 40")
    return typed
