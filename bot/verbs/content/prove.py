"""`kucha content prove`: CPython's word on everything the content states."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from core.bank.proving.prove import Proving
    from core.executor.model import Executor

SAMPLE = 20
"""Seeds of each generator that are run again; all kept ones are run when they are recorded."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to prove, where, and whether to record it."""
    parser.add_argument("pack", nargs="*", type=Path, help="pack folders (the built-in one and KUCHA_PACKS)")
    parser.add_argument("--record", action="store_true", help="write the lock file proofs/proofs.lock.json of the pack")
    parser.add_argument(
        "--only", nargs="+", action="extend", default=[], metavar="ID", help="these only: `question:x`, or just `x`"
    )
    parser.add_argument(
        "--py", nargs="+", action="extend", default=[], metavar="LABEL", help="these versions only, such as 3.14"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, see docs/authoring.md")
    parser.add_argument(
        "--generated",
        action="store_true",
        help="the generators' questions instead: a sample, or with --record all kept",
    )


async def run(arguments: argparse.Namespace) -> int:
    """Prove the packs one after the other; 1 when anything differs, or nothing can be run."""
    from bot.wiring import executor_settings
    from core.bank.loading import BUILT_IN, load
    from core.bank.proving.lockfile import UnreadableLockError
    from core.bank.proving.prove import ProvingError, Wish, prove
    from core.executor.embedded import open_executor

    wish = Wish(tuple(arguments.only), tuple(arguments.py), arguments.record)
    executor = await open_executor(executor_settings())
    if arguments.generated:
        try:
            return await _prove_generated(executor, arguments.record)
        finally:
            await executor.close()
    started = monotonic()
    provings: list[Proving] = []
    try:
        for pack in tuple(arguments.pack) or (BUILT_IN, *Settings().packs):
            provings.append(await prove(load((pack,)), pack, executor, wish))
    except (ProvingError, UnreadableLockError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        await executor.close()
    seconds = monotonic() - started
    print(_as_json(provings, seconds) if arguments.json else _as_text(provings, seconds))
    return 1 if any(proving.differences for proving in provings) else 0


async def _prove_generated(executor: "Executor", record_all: bool) -> int:
    """Run a sample of every generator's seeds against what is kept of them, or run and keep all of them."""
    from core.bank.generators.recording import SEEDS, UnansweredError, read, record
    from core.bank.generators.registry import FAMILIES

    seeds = SEEDS if record_all else SEEDS[:SAMPLE]
    try:
        answers = await record(executor, FAMILIES, seeds)
        if record_all:
            answers.save()
        differences = list(read(family.slug for family in FAMILIES).differences(answers))
    except UnansweredError as error:
        print(error, file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"{error.filename} is missing; keep the answers with --generated --record", file=sys.stderr)
        return 1
    for difference in differences:
        print(difference)
    print(f"{len(FAMILIES)} generators, {len(seeds)} seeds of each: {len(differences)} differences")
    return 1 if differences else 0


def _as_text(provings: "list[Proving]", seconds: float) -> str:
    lines = [str(difference) for proving in provings for difference in proving.differences]
    for proving in provings:
        pythons = ", ".join(proving.pythons.values())
        lines.append(
            f"{proving.proofs} proofs, {proving.runs} runs on Python {pythons} in {seconds:.0f} s: "
            f"{len(proving.differences)} differences"
        )
        if proving.absent:
            lines.append(f"recorded, but not here to be run again: {', '.join(proving.absent)}")
    return "\n".join(lines)


def _as_json(provings: "list[Proving]", seconds: float) -> str:
    return json.dumps(
        {
            "proofs": sum(proving.proofs for proving in provings),
            "runs": sum(proving.runs for proving in provings),
            "seconds": round(seconds, 1),
            "pythons": {label: full for proving in provings for label, full in proving.pythons.items()},
            "absent": sorted({label for proving in provings for label in proving.absent}),
            "differences": [
                {**asdict(difference), "path": str(difference.path)}
                for proving in provings
                for difference in proving.differences
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
