"""`kucha content schema`: what an editor needs to know of the TOML files."""

import argparse
import json
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the schemas go."""
    parser.add_argument(
        "--folder",
        type=Path,
        help="write one file a schema there, such as questions.schema.json (else: print them all)",
    )


async def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object with a schema a file, or write the schemas as files."""
    from core.bank.schemas import schemas

    if arguments.folder is None:
        print(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return 0
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for file, schema in schemas().items():
        path = arguments.folder / f"{file.removesuffix('.toml')}.schema.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(path)
    return 0
