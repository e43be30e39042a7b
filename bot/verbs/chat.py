"""`kucha chat`: the tutor in this terminal."""

import argparse
import asyncio
import math
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.platforms.terminal.chat import Above, TerminalChat
    from bot.wiring import Kucha
    from core.chat.texts import Voice
    from core.chat.venue import Venue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


async def run(_arguments: argparse.Namespace) -> int:
    """Talk until the input ends."""
    from bot.logs import set_up_logs
    from bot.platforms.terminal.chat import TerminalChat, local_person
    from bot.platforms.terminal.piped import PipedLines
    from bot.platforms.terminal.screen import standard_screen
    from bot.platforms.terminal.venue import Countdown, TerminalVenue
    from bot.wiring import open_kucha
    from core.chat.app import App
    from core.delivery.chats import Chats
    from core.delivery.pacing import Pacing
    from core.study.learner import language_of

    settings = Settings()
    set_up_logs("ERROR")
    screen = standard_screen()
    person = local_person(spoken_here())
    async with open_kucha(settings) as kucha:
        tutor = App(kucha.room, Chats(kucha.database), Pacing(burst=math.inf))
        pictures = settings.kucha_data / "pictures"
        if not screen.interactive:
            piped = TerminalChat(tutor, person, PipedLines(sys.stdin.fileno()), screen, pictures)
            await played(kucha, piped, TerminalVenue(piped, at_once, kucha.room.now, Countdown(kucha.room.now)))
            return 0
        from bot.platforms.terminal.prompt import PromptLines

        known = await kucha.room.learners.find(person.platform, person.id)
        person = replace(person, language=known.language) if known else person
        screen.show(greeting(kucha, kucha.room.texts.in_language(language_of(person.language))))
        lines = PromptLines(tutor, person, settings.kucha_data / "history")
        chat = TerminalChat(tutor, person, lines, screen, pictures)
        countdown = Countdown(kucha.room.now, lines.redraw)
        lines.before = countdown.words
        venue = TerminalVenue(chat, lines.above, kucha.room.now, countdown)
        await asyncio.gather(attended(kucha, chat, lines.above, venue), asyncio.to_thread(kucha.room.look_up.prepare))
    return 0


async def at_once(show: Callable[[], None]) -> None:
    """Show something where there is no prompt to show it above."""
    show()


async def attended(kucha: "Kucha", chat: "TerminalChat", above: "Above", venue: "Venue | None" = None) -> None:
    """A chat with a person at its prompt: the question of the day comes in between, and games in a `venue`."""
    from bot.platforms.terminal.chat import CHAT
    from bot.platforms.terminal.mailbox import TerminalMailbox
    from core.chat.request import Platform
    from core.delivery.schedules import Address

    await kucha.rounds.catch_up(Address(Platform.TERMINAL, CHAT))
    closed = asyncio.Event()
    rounds = asyncio.create_task(kucha.rounds(Platform.TERMINAL, TerminalMailbox(chat, above), closed))
    try:
        await (played(kucha, chat, venue) if venue else chat.run())
    finally:
        closed.set()
        await rounds


async def played(kucha: "Kucha", chat: "TerminalChat", venue: "Venue") -> None:
    """A chat with games in between."""
    from core.chat.request import Platform

    closed = asyncio.Event()
    games = asyncio.create_task(kucha.quiz_nights(Platform.TERMINAL, venue, closed))
    try:
        await chat.run()
    finally:
        closed.set()
        await games


def spoken_here() -> str | None:
    """The language of this terminal's locale, as POSIX orders the variables."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := os.environ.get(name))), None)


def greeting(kucha: "Kucha", voice: "Voice") -> list[str]:
    """The first lines: what is here, and what to type."""
    room = kucha.room
    parts = [
        f"kucha {version('kucha')}",
        f"Python {sys.version_info.major}.{sys.version_info.minor}",
        voice("terminal-counts", topics=len(room.bank.competencies), questions=len(room.bank.questions)),
    ]
    if room.executor is not None and room.runs:
        found = sorted((python.label for python in room.executor.pythons()), key=lambda label: (len(label), label))
        parts.append(voice("terminal-runs", pythons=", ".join(found)))
    return [" · ".join(parts), voice("terminal-hint-runs" if room.runs else "terminal-hint")]
