"""`kucha reports`: what learners say is wrong, beside what stands behind the answer."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from core.bank.proving.witness import Witness
    from core.study.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, and how."""
    keys = "id, subject, python, words, at, snippet, snippet_output, right, recorded, version"
    parser.add_argument("--json", action="store_true", help=f"a JSON object a report: {keys}")
    parser.add_argument("--count", type=int, default=50, help="how many of the newest (50)")


async def run(arguments: argparse.Namespace) -> int:
    """List the newest reports, newest first."""
    from core.storage.database import open_database
    from core.storage.upgrade import upgrade
    from core.study.reporting import Reports

    settings = Settings()
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
        newest = await Reports(database).newest(arguments.count)
    finally:
        await database.close()
    witnesses = _witnesses(newest, settings)
    for report in newest:
        witness = witnesses.get(report.id)
        print(_as_json(report, witness) if arguments.json else _as_text(report, witness))
    return 0


def _witnesses(newest: "tuple[Report, ...]", settings: Settings) -> "dict[int, Witness]":
    """What stands behind the reported questions, by the report's number; the bank is read only if one is reported."""
    from core.bank.generators.supply import Supply
    from core.bank.loading import BUILT_IN, load
    from core.bank.proving.lockfile import read_lock
    from core.bank.proving.witness import witness

    subjects = [report for report in newest if report.subject]
    if not subjects:
        return {}
    packs = (BUILT_IN, *settings.packs)
    bank, supply, locks = load(packs).bank, Supply(), [read_lock(pack) for pack in packs]
    reported = {report.id: bank.questions.get(report.subject) or supply.question(report.subject) for report in subjects}
    return {
        report.id: witness(question.truth, report.python, locks)
        for report in subjects
        if (question := reported[report.id])
    }


def _as_json(report: "Report", witness: "Witness | None") -> str:
    behind = asdict(witness) if witness else {"right": "", "recorded": "", "version": ""}
    return json.dumps({**asdict(report), "at": report.at.isoformat(), **behind}, ensure_ascii=False)


def _as_text(report: "Report", witness: "Witness | None") -> str:
    from bot.platforms.terminal.renderer import visible

    lines = [
        f"#{report.id}  {report.at:%Y-%m-%d %H:%M}  {report.subject or '-'}  Python {report.python}",
        f"    {visible(' '.join(report.words.split()))}",
    ]
    if witness:
        proved = f", {witness.recorded} recorded on {witness.version}" if witness.recorded else ""
        lines.append(f"    claim: {witness.right}{proved}")
    if report.snippet:
        lines += ["    snippet:", *(f"        {visible(line)}" for line in report.snippet.splitlines())]
        printed = report.snippet_output or "not run"
        lines += ["    proof:", *(f"        {visible(line)}" for line in printed.splitlines())]
    return "\n".join(lines)
