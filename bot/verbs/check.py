"""`kucha check`: is everything there?"""

import argparse
import json
from dataclasses import asdict

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to answer."""
    parser.add_argument("--json", action="store_true", help="one JSON object: broken, findings")


async def run(arguments: argparse.Namespace) -> int:
    """Print a line a finding; 1 when something is broken."""
    from bot.checkup import State, examine
    from bot.logs import set_up_logs

    set_up_logs("ERROR")
    findings = await examine(Settings())
    broken = any(finding.state is State.BROKEN for finding in findings)
    if arguments.json:
        listed = [asdict(finding) for finding in findings]
        print(json.dumps({"broken": broken, "findings": listed}, ensure_ascii=False))
    else:
        marks = {State.OK: "✓", State.OFF: "–", State.REDUCED: "–", State.BROKEN: "✗"}
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            print(f"{marks[finding.state]} {finding.name:<{width}}  {finding.detail}")
    return 1 if broken else 0
