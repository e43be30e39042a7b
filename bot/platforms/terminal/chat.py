"""The tutor in a terminal: a prompt for people, plain text for pipes."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from bot.platforms.terminal.intake import is_unfinished, understood
from bot.platforms.terminal.keeping import save_files
from bot.platforms.terminal.renderer import button_lines, rendered
from core.chat.answer import Answer
from core.chat.request import Person, Place, Platform, Press, Request, Said, Words
from core.chat.tutor import Tutor
from core.document import Button

LEAVE = frozenset(("/quit", "/exit", "/q"))


class Lines(Protocol):
    """Where input comes from, a piece at a time; EOFError at its end."""

    async def read(self, prompt: str) -> str:
        """The next line."""


class PipedLines:
    """Lines of standard input, as bytes come; what is no UTF-8 is replaced."""

    async def read(self, prompt: str) -> str:
        """The next line of standard input."""
        line: bytes = await asyncio.to_thread(sys.stdin.buffer.readline)
        if not line:
            raise EOFError
        return line.decode("utf-8", "replace").rstrip("\r\n")


class TerminalChat:
    """One person at one terminal. Pictures are saved under `folder`."""

    def __init__(self, tutor: Tutor, person: Person, lines: Lines, console: Console, folder: Path) -> None:
        self._tutor = tutor
        self._person = person
        self._lines = lines
        self._console = console
        self._folder = folder
        self._buttons: Sequence[Button] = ()

    async def run(self) -> None:
        """Answer line after line until the input ends or the person leaves."""
        while True:
            try:
                line = await self._lines.read("› ")
                while is_unfinished(line):
                    line += "\n" + await self._lines.read("  ")
            except (EOFError, KeyboardInterrupt):
                return
            if line.strip() in LEAVE:
                return
            if line.strip():
                await self._say(line)

    async def _say(self, line: str) -> None:
        meant = understood(line, self._buttons)
        if isinstance(meant, Button):
            meant = await self._filled(meant)
        answer = await self._tutor.handle(Request(self._person, Place("terminal"), meant))
        if answer is not None:
            self._show(answer)

    async def _filled(self, button: Button) -> Said:
        if button.form is None:
            return Words(button.url)
        try:
            return Press(button.token, await self._lines.read(f"{button.form.label}: "))
        except (EOFError, KeyboardInterrupt):
            return Press(button.token)

    def _show(self, answer: Answer) -> None:
        if not answer.document.blocks:
            self._console.print(answer.notice or "", markup=False, highlight=False)
            return
        saved = save_files(answer.document, self._folder)
        self._console.print(rendered(answer.document, saved))
        self._buttons = [button for row in answer.document.buttons for button in row]
        if self._buttons:
            self._console.print()
            self._console.print(button_lines(self._buttons))
        self._console.print()


def local_person(language: str | None) -> Person:
    """Whoever sits at this terminal."""
    return Person(Platform.TERMINAL, "local", language)
