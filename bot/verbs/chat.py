"""`kucha chat`: the tutor in this terminal."""

import argparse
import os
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.wiring import Kucha
    from core.chat.texts import Voice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


async def run(_arguments: argparse.Namespace) -> int:
    """Talk until the input ends."""
    from rich.console import Console

    from bot.logs import set_up_logs
    from bot.platforms.terminal.chat import Lines, PipedLines, TerminalChat, local_person
    from bot.wiring import open_kucha
    from core.study.learner import language_of

    settings = Settings()
    set_up_logs("ERROR")
    person = local_person(os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG"))
    async with open_kucha(settings) as kucha:
        interactive = sys.stdin.isatty() and sys.stdout.isatty()
        console = Console(highlight=False) if interactive else Console(highlight=False, no_color=True, width=100)
        if interactive:
            from bot.platforms.terminal.prompt import PromptLines

            known = await kucha.room.learners.find(person.platform, person.id)
            voice = kucha.room.texts.in_language(known.language if known else language_of(person.language))
            console.print(greeting(kucha, voice), markup=False)
            lines: Lines = PromptLines(kucha.app, person, settings.kucha_data / "history")
        else:
            lines = PipedLines()
        await TerminalChat(kucha.app, person, lines, console, settings.kucha_data / "pictures").run()
    return 0


def greeting(kucha: "Kucha", voice: "Voice") -> str:
    """The first lines: what is here, and what to type."""
    bank = kucha.room.bank
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    counts = voice("terminal-counts", topics=len(bank.competencies), questions=len(bank.questions))
    return f"kucha {version('kucha')} · {python} · {counts}\n{voice('terminal-hint')}"
