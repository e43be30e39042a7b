"""A clock of a game, which a test puts forward."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@dataclass
class GameClock:
    """Goes on by itself, and ahead when a test says so, for whoever tells the time and whoever waits."""

    _ahead: timedelta = timedelta(0)
    _begun: float = field(default_factory=time.monotonic)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> datetime:
        return EVENING + self._ahead + timedelta(seconds=time.monotonic() - self._begun)

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._ahead += timedelta(seconds=seconds)
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait(self, news: asyncio.Event, seconds: float | None) -> None:
        """Wait until something is told, or so much time has passed."""
        until = None if seconds is None else self() + timedelta(seconds=seconds)
        while not news.is_set() and (until is None or self() < until):
            waiting = [asyncio.ensure_future(event.wait()) for event in (news, self._moved)]
            left = (until - self()).total_seconds() if until else None
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED, timeout=left)
            finally:
                for each in waiting:
                    each.cancel()
