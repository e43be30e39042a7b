"""The `kucha` command: one entry point, small verbs."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from pydantic import ValidationError

VERBS = {
    "chat": "the terminal chat; commands from a pipe work too",
    "serve": "the bots whose tokens are set (what `kucha` alone does, when one is)",
    "explain": "one look-up",
    "run": "programs through the executor",
    "executor": "the sandbox as a service of its own",
    "check": "what is configured, found, broken",
    "content": "for authors: check the content, and more",
    "reports": "what learners reported",
    "migrate": "bring the database to the newest layout",
}
"""Each verb and what it does; the module of the same name in bot.verbs does it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; returns the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parsed = _parser(given).parse_args(given)
    module = import_module(f"bot.verbs.{parsed.verb or 'serve'}")
    try:
        return int(asyncio.run(module.run(parsed)))
    except ValidationError as error:
        for detail in error.errors(include_input=False, include_url=False):
            print(f"kucha: {'.'.join(map(str, detail['loc'])).upper()}: {detail['msg']}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except (
        BrokenPipeError
    ):  # `kucha … | head -1`: nobody reads any more, and the interpreter's last flush must not fail
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; imports only the verb that is given, since importing them all takes longer than most of them."""
    parser = argparse.ArgumentParser(
        prog="kucha",
        description="A tutor for Python's memory. Without a verb: the configured bots, or the terminal chat.",
    )
    parser.add_argument("--version", action="version", version=f"kucha {version('kucha')}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for verb, about in VERBS.items():
        command = verbs.add_parser(verb, help=about, description=about[0].upper() + about[1:] + ".")
        if verb in given:
            import_module(f"bot.verbs.{verb}").add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
