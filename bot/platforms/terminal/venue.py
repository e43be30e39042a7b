"""Where quizzes are played at a terminal: alone against the clock."""

import asyncio
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from bot.platforms.terminal.chat import Above, TerminalChat
from core.chat.letter import Letter
from core.chat.venue import Arrived
from core.delivery.schedules import Address
from core.document import Document
from core.quiz.stage import NotShownError

TICK = 1.0
"""Seconds between two looks at the clock."""


class Countdown:
    """The time left of a round, told before the prompt; `redraw` shows the prompt anew."""

    def __init__(self, now: Callable[[], datetime], redraw: Callable[[], None] = lambda: None) -> None:
        self._now = now
        self._redraw = redraw
        self._end: datetime | None = None
        self._ticking: asyncio.Task[None] | None = None

    def words(self) -> str:
        """Whole seconds, the last one begun included; nothing outside rounds."""
        if self._end is None:
            return ""
        left = math.ceil((self._end - self._now()).total_seconds())
        return f"⏳ {left} " if left > 0 else ""

    def start(self, seconds: int) -> None:
        """Count a round's seconds down from now."""
        self.stop()
        self._end = self._now() + timedelta(seconds=seconds)
        self._ticking = asyncio.create_task(self._tick())

    def stop(self) -> None:
        """Count no longer."""
        self._end = None
        if self._ticking:
            self._ticking.cancel()

    async def _tick(self) -> None:
        while self.words():
            await asyncio.sleep(TICK)
            self._redraw()


class TerminalVenue:
    """Shows games above the prompt. What was printed stays as it is: edits are left out, and there are no polls."""

    def __init__(self, chat: TerminalChat, above: Above, now: Callable[[], datetime], countdown: Countdown) -> None:
        self._chat = chat
        self._above = above
        self._now = now
        self._countdown = countdown
        self._numbers = count(1)

    async def show(self, address: Address, letter: Letter, seconds: int | None = None, nonce: str = "") -> Arrived:
        """Print a letter as soon as no input is being answered. Raises NotShownError when the person has left."""
        self._countdown.stop()
        if not await self._chat.interrupt(letter.document, self._above):
            raise NotShownError
        if seconds is not None:
            self._countdown.start(seconds)
        return Arrived(self._now(), str(next(self._numbers)))

    async def mend(self, address: Address, message: str, document: Document) -> None:
        """Nothing: a count of answers is of no use to the only player."""

    async def close(self, address: Address, message: str) -> None:
        """Nothing."""
