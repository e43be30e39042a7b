"""The tutor in a terminal: a prompt for people, plain text for pipes."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.platforms.terminal.intake import Choice, is_unfinished, named, numbered, understood, wants_text
from bot.platforms.terminal.keeping import save_files
from bot.platforms.terminal.renderer import choice_lines, fold, rendered, visible
from bot.platforms.terminal.screen import Screen
from core.chat.answer import Answer
from core.chat.request import Person, Place, Platform, Press, Request, Said
from core.chat.tutor import Tutor
from core.document import Block, Button, Details, Document

LEAVE = frozenset(("/quit", "/exit", "/q"))
CHAT = "terminal"
"""What the tutor calls the only chat there is here."""
Above = Callable[[Callable[[], None]], Awaitable[None]]
"""Lets something be shown above the prompt."""


class Lines(Protocol):
    """Where input comes from, a piece at a time."""

    async def read(self, prompt: str) -> str:
        """The next piece: a line, or a paste of several. EOFError or KeyboardInterrupt when the person leaves."""


class TerminalChat:
    """One person at one terminal. Pictures and files are saved under `folder`."""

    def __init__(self, tutor: Tutor, person: Person, lines: Lines, screen: Screen, folder: Path) -> None:
        self._tutor = tutor
        self._person = person
        self._lines = lines
        self._screen = screen
        self._folder = folder
        self._buttons: Sequence[Button] = ()
        self._choices: Sequence[Choice] = ()
        self._turn = asyncio.Lock()
        self._left = False

    async def run(self) -> None:
        """Answer input after input until it ends or the person leaves."""
        try:
            with suppress(EOFError, KeyboardInterrupt):
                while (typed := await self._typed()).strip() not in LEAVE:
                    if typed.strip():
                        async with self._turn:
                            await self._answer(typed)
        finally:
            self._left = True

    async def interrupt(self, document: Document, above: Above) -> bool:
        """Say something unasked between two answers, and let its buttons be pressed; False when the person has left."""
        async with self._turn:
            if not self._left:
                await above(lambda: self._take(Answer(document)))
            return not self._left

    async def _typed(self) -> str:
        """One input: a line, all of a fenced block, or (where a long text is awaited) lines up to an empty one."""
        typed = await self._lines.read("› ")
        with suppress(EOFError):
            if self._awaits_long_text() and "\n" not in typed and not typed.startswith(("/", "```")):
                while typed and (line := await self._lines.read("… ")).strip():
                    typed += "\n" + line
            while is_unfinished(typed):
                typed += "\n" + await self._lines.read("… ")
        return typed

    def _awaits_long_text(self) -> bool:
        return wants_text(self._buttons) and any(button.form and button.form.long for button in self._buttons)

    async def _answer(self, typed: str) -> None:
        meant = understood(typed, self._choices, named(self._buttons))
        if isinstance(meant, Details):
            return self._show(meant.blocks, self._buttons, [each for each in self._choices if each != meant])
        said = await self._filled(meant) if isinstance(meant, Button) else meant
        answer = await self._patiently(said)
        if answer is not None:
            self._take(answer)
        return None

    async def _filled(self, button: Button) -> Said:
        """The press of a button that asks for a text first; without one when the person changes their mind."""
        try:
            return Press(button.token, await self._lines.read(f"{visible(button.form.label if button.form else '')}: "))
        except (EOFError, KeyboardInterrupt):
            return Press(button.token)

    async def _patiently(self, said: Said) -> Answer | None:
        """The tutor's answer; None when a person at the prompt did not want to wait for it (Ctrl-C)."""
        task = asyncio.ensure_future(self._tutor.handle(Request(self._person, Place(CHAT), said)))
        loop = asyncio.get_running_loop()
        if self._screen.interactive:
            loop.add_signal_handler(signal.SIGINT, task.cancel)
        try:
            await asyncio.wait([task])
        finally:
            if self._screen.interactive:
                loop.remove_signal_handler(signal.SIGINT)
        return None if task.cancelled() else task.result()

    def _take(self, answer: Answer) -> None:
        document = answer.document
        if not document.blocks:
            self._screen.show([visible(answer.notice or "")])
            return
        blocks, folded = fold(document.blocks) if self._screen.interactive else (document.blocks, ())
        self._buttons = [button for row in document.buttons for button in row]
        self._show(blocks, self._buttons, numbered(self._buttons, folded))

    def _show(self, blocks: Sequence[Block], buttons: Sequence[Button], choices: Sequence[Choice]) -> None:
        self._choices = choices
        parts = rendered(blocks, save_files(blocks, self._folder))
        links = [button for button in buttons if button.url]
        lines = choice_lines(choices, named(buttons), links, self._screen.width)
        self._screen.show([*([""] if self._screen.interactive else []), *parts, *([""] if lines else []), *lines])


def local_person(language: str | None) -> Person:
    """Whoever sits at this terminal."""
    return Person(Platform.TERMINAL, "local", language)
