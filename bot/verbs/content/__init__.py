"""`kucha content`: tools for authors, one module each."""

import argparse
from importlib import import_module

WHAT = {
    "check": "name every mistake of every file, with file and line",
    "prove": "run everything that the content states, on every Python found",
}
"""Each tool and what it does; the module of the same name in this package does it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the content."""
    tools = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    for what, about in WHAT.items():
        tool = tools.add_parser(what, help=about, description=about[0].upper() + about[1:] + ".")
        import_module(f"bot.verbs.content.{what}").add_arguments(tool)


async def run(arguments: argparse.Namespace) -> int:
    """Use the tool that was named; its exit status."""
    return int(await import_module(f"bot.verbs.content.{arguments.what}").run(arguments))
