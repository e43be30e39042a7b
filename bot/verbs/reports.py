"""`kucha reports`: what learners say is wrong."""

import argparse
import json
from dataclasses import asdict

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, and how."""
    parser.add_argument("--json", action="store_true", help="a JSON object a report: id, subject, python, words, at")
    parser.add_argument("--count", type=int, default=50, help="how many of the newest (50)")


async def run(arguments: argparse.Namespace) -> int:
    """List the newest reports, newest first."""
    from bot.platforms.terminal.renderer import visible
    from core.storage.database import open_database
    from core.storage.upgrade import upgrade
    from core.study.reporting import Reports

    database = open_database(Settings().database_url)
    try:
        await upgrade(database)
        newest = await Reports(database).newest(arguments.count)
    finally:
        await database.close()
    for report in newest:
        if arguments.json:
            print(json.dumps({**asdict(report), "at": report.at.isoformat()}, ensure_ascii=False))
        else:
            words = visible(" ".join(report.words.split()))
            subject = report.subject or "-"
            print(f"#{report.id}  {report.at:%Y-%m-%d %H:%M}  {subject}  Python {report.python}\n    {words}")
    return 0
