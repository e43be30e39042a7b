"""`kucha content check`: every mistake of every file at once."""

import argparse
from pathlib import Path

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which packs."""
    parser.add_argument("pack", nargs="*", type=Path, help="pack folders (the built-in one and KUCHA_PACKS)")


async def run(arguments: argparse.Namespace) -> int:
    """Check the packs, and what is recorded of them; 1 when anything is wrong."""
    from core.bank.checks import check
    from core.bank.loading import BUILT_IN, load
    from core.bank.proving.checking import check_lock
    from core.bank.proving.lockfile import LOCK, UnreadableLockError, read_lock

    packs = tuple(arguments.pack) or (BUILT_IN, *Settings().packs)
    loaded = load(packs)
    problems = check(loaded)
    for pack in packs:
        if (pack / LOCK).is_file():
            try:
                for each in check_lock(load((pack,)), read_lock(pack), pack / LOCK):
                    problems.add(each.path, each.line, each.what)
            except UnreadableLockError as error:
                problems.add(pack / LOCK, 0, str(error))
    for problem in problems:
        print(problem)
    bank = loaded.bank
    print(
        f"{len(bank.competencies)} competencies, {len(bank.questions)} questions, {len(bank.claims)} claims, "
        f"{len(bank.misconceptions)} misconceptions, {len(bank.terms)} terms: {len(problems)} problems"
    )
    return 1 if len(problems) else 0
