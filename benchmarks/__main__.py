"""`python -m benchmarks [NAME...]`: measures, prints a table, writes results.json beside this file."""

import argparse
import asyncio
import json
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.table import Row

HERE = Path(__file__).parent


def names() -> list[str]:
    """The benchmark modules of this folder: those that have a `measure`."""
    found = [module.name for module in pkgutil.iter_modules([str(HERE)]) if module.name != "__main__"]
    return [name for name in found if hasattr(import_module(f"benchmarks.{name}"), "measure")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 when a value that is to be reached was not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    rows = asyncio.run(_measured(parser.parse_args(arguments).names or names()))
    (HERE / "results.json").write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")
    return 0 if all(row.met for row in rows) else 1


async def _measured(chosen: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for name in chosen:
        print(f"measuring {name} …", file=sys.stderr)
        measured: list[Row] = await import_module(f"benchmarks.{name}").measure()
        for row in measured:
            print(f"{'✓' if row.met else '✗'} {row.measure:<56} {row.value:>10g} {row.unit:<8} {row.reach}", flush=True)
        rows += measured
    return rows


if __name__ == "__main__":
    sys.exit(main())
