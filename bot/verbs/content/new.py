"""`kucha content new`: a competency to write over."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and its name."""
    parser.add_argument("pack", type=Path, help="the pack's folder; made when there is none")
    parser.add_argument("--slug", required=True, help="the competency's folder: Latin letters, digits, hyphens")


async def run(arguments: argparse.Namespace) -> int:
    """Write the files and name them; 1 when that is impossible."""
    from core.bank.skeleton import SkeletonError, make_skeleton

    try:
        made = make_skeleton(arguments.pack, arguments.slug)
    except SkeletonError as error:
        print(error, file=sys.stderr)
        return 1
    for path in made:
        print(path)
    print(f"Write over them; `kucha content check {arguments.pack}` and `kucha content prove {arguments.pack}` watch.")
    return 0
