"""Keeping what we send below a platform's limits: first who waits for an answer, then games, then everybody's daily."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from cachetools import TTLCache

CHAT_SECONDS = 1.0
"""Between two messages to one chat."""
GROUP_SECONDS = 3.0
"""Between two messages to one group: twenty a minute."""
CHATS = 100_000
"""Chats whose last moment is remembered, for as long as it can matter."""
STORM = 5.0
"""Two chats that are asked for patience within so many seconds mean that the platform asks all of us."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second over all chats; 0 for a server without limits."""

    per_second: float = 25.0


class Flow:
    """Gives broadcasts their turns, evenly spaced; what answers a person takes its turn at once and they move back.

    Telegram does not publish its limits: about 30 messages a second over all chats, one in a chat, twenty a minute in a
    group. Broadcasts stay at `per_second` altogether, answers and games included; games stay at it with the answers,
    and wait for no broadcast.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        per_second = (limits or Limits()).per_second
        self._gap = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._sleep = sleep
        self._line = asyncio.Lock()
        self._front_line = asyncio.Lock()
        self._free_at = 0.0
        self._front_free_at = 0.0
        self._pause_until = 0.0
        self._chats: TTLCache[Hashable, float] = TTLCache(CHATS, 10 * GROUP_SECONDS, clock)
        self._complained: TTLCache[Hashable, bool] = TTLCache(CHATS, STORM, clock)

    async def turn(self, chat: Hashable, group: bool) -> None:
        """Wait for a broadcast's turn."""
        if not self._gap:
            return
        await self._wait_until(lambda: self._chats.get(chat, 0.0))
        async with self._line:
            await self._wait_until(lambda: max(self._free_at, self._pause_until))
            self._take(chat, group)

    async def ahead(self, chat: Hashable, group: bool) -> None:
        """Wait for the turn of what a game shows: behind answers and other games only."""
        if not self._gap:
            return
        async with self._front_line:
            await self._wait_until(lambda: self._front_free_at)
            self._take(chat, group, front=True)

    async def spare(self, chat: Hashable, group: bool) -> None:
        """Wait until a chat has room for something that nobody would miss, and no game waits for its turn.

        One at a time for a chat.
        """
        if not self._gap:
            return
        await self._wait_until(lambda: self._chats.get(chat, 0.0))
        while self._front_line.locked():
            await self._sleep(CHAT_SECONDS)
        await self.ahead(chat, group)

    def answer(self, chat: Hashable, group: bool) -> None:
        """Count a message that answers a person; it waits for nobody."""
        if self._gap:
            self._take(chat, group, front=True)

    def patience(self, chat: Hashable, seconds: float) -> None:
        """The platform asked for a pause in a chat; asked in several at once, it means all broadcasts."""
        until = self._clock() + seconds
        self._chats[chat] = max(until, self._chats.get(chat, 0.0))
        self._complained[chat] = True
        if len(self._complained) > 1:
            self._pause_until = max(self._pause_until, until)

    def _take(self, chat: Hashable, group: bool, *, front: bool = False) -> None:
        now = self._clock()
        self._free_at = max(self._free_at, now) + self._gap
        if front:
            self._front_free_at = max(self._front_free_at, now) + self._gap
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + (GROUP_SECONDS if group else CHAT_SECONDS)

    async def _wait_until(self, moment: Callable[[], float]) -> None:
        while (wait := moment() - self._clock()) > 0:
            await self._sleep(wait)
