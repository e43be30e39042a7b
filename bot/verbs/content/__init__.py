"""`kucha content`: tools for authors, one module each."""

import argparse
from importlib import import_module
from types import ModuleType

WHAT = {
    "check": "name every mistake of every file, with file and line",
    "prove": "run everything that the content states, on every Python found",
    "stats": "count what is taught, and list the questions that learners show to be broken",
    "new": "start a competency: small, complete, and already right",
    "schema": "JSON Schemas of the TOML files, for an editor",
    "import": "take questions from notes, Moodle GIFT, Anki's text export or a trivia list",
    "export": "write the questions for Anki, Moodle, other programs, or paper",
}
"""Each tool and what it does; the module of the same name in this package does it."""

MODULES = {"import": "importing", "export": "exporting"}
"""The tools whose name no module can have, or whose module has the field's word for it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the content."""
    tools = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    for what, about in WHAT.items():
        tool = tools.add_parser(what, help=about, description=about[0].upper() + about[1:] + ".")
        _module(what).add_arguments(tool)


async def run(arguments: argparse.Namespace) -> int:
    """Use the tool that was named; its exit status."""
    return int(await _module(arguments.what).run(arguments))


def _module(what: str) -> ModuleType:
    return import_module(f"bot.verbs.content.{MODULES.get(what, what)}")
