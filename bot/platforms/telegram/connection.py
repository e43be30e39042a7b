"""Requests to a Bot API server that survive floods, gateways and broken lines."""

import asyncio
import math
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod

from core.delivery.flow import Flow

log = structlog.get_logger()
Result = TypeVar("Result")

LONGEST_WAIT = 120.0
"""Seconds after which an answer comes too late to be worth waiting for Telegram's flood control."""
ATTEMPTS = 6
"""How often a request that met a broken line or server is made."""
REQUEST_SECONDS = 30
"""How long one request may take."""


@dataclass(slots=True)
class _Gate:
    """One chat's turn to be written to."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: float = 0.0
    users: int = 0


class Connection:
    """Makes requests: one at a time for a chat, after the pause that Telegram asked for in that chat.

    A request that failed on the way is made again. What the server began to call a success counts as one, even when the
    rest of its answer is missing or new; where not even that arrived, a learner may see a message twice, which is the
    smaller evil.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        flow: Flow | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot = bot
        self._flow = flow or Flow()
        self._sleep = sleep
        self._clock = clock
        self._gates: defaultdict[int, _Gate] = defaultdict(_Gate)

    async def request(
        self,
        method: TelegramMethod[Result],
        *,
        chat: int | None = None,
        attempts: int = ATTEMPTS,
        unasked: bool = False,
    ) -> Result | None:
        """Make the request, in its chat's turn when a chat is given; None when its result could not be read.

        What nobody has just asked for (`unasked`) lets everything else go ahead. Raises aiogram's errors: those that
        another attempt would not change at once, the others after the last one.
        """
        if chat is None:
            return await self._persist(method, _Gate(), attempts)
        if unasked:
            await self._flow.turn(chat, chat < 0)
        else:
            self._flow.answer(chat, chat < 0)
        with self._gate(chat) as gate:
            async with gate.turn:
                return await self._persist(method, gate, attempts, chat)

    async def hurry(self, method: TelegramMethod[Result], chat: int, *, attempts: int = 1) -> Result | None:
        """Make a request of a game, whose players look at the clock: ahead of broadcasts, and behind no other request.

        During a pause that Telegram asked for, TelegramRetryAfter is raised at once; else as `request`.
        """
        await self._flow.ahead(chat, chat < 0)
        with self._gate(chat) as gate:
            return await self._persist(method, gate, attempts, chat, longest_wait=0.0)

    async def room(self, chat: int) -> None:
        """Wait until a chat has room for something that nobody would miss."""
        await self._flow.spare(chat, chat < 0)

    async def fill_in(self, method: TelegramMethod[Result], chat: int) -> Result | None:
        """Make a request, once, for which there is room; as `hurry`."""
        with self._gate(chat) as gate:
            return await self._persist(method, gate, 1, chat, longest_wait=0.0)

    @contextmanager
    def _gate(self, chat: int) -> Iterator[_Gate]:
        gate = self._gates[chat]
        gate.users += 1
        try:
            yield gate
        finally:
            gate.users -= 1
            if not gate.users and gate.opens <= self._clock():
                self._gates.pop(chat, None)

    async def _persist(
        self,
        method: TelegramMethod[Result],
        gate: _Gate,
        attempts: int,
        chat: int | None = None,
        longest_wait: float = LONGEST_WAIT,
    ) -> Result | None:
        attempt = 0
        while True:
            await self._wait_for(gate, method, longest_wait)
            attempt += 1
            try:
                return await self.bot(method, request_timeout=REQUEST_SECONDS)
            except TelegramRetryAfter as flood:
                gate.opens = self._clock() + flood.retry_after
                if chat is not None:
                    self._flow.patience(chat, flood.retry_after)
                log.warning("telegram.flood_control", method=method.__api_method__, seconds=flood.retry_after)
                if attempt >= attempts:
                    raise
            except (TelegramAPIError, ClientDecodeError, UnicodeDecodeError) as error:
                if _is_accepted(error):
                    return None
                if not is_passing(error) or attempt >= attempts:
                    raise
                log.warning("telegram.retry", method=method.__api_method__, error=type(error).__name__, attempt=attempt)
                await self._sleep(backoff(attempt))

    async def _wait_for(self, gate: _Gate, method: TelegramMethod[Any], longest: float) -> None:
        """Wait for the end of the pause; raises TelegramRetryAfter, without a request, when that is too far away."""
        wait = gate.opens - self._clock()
        if wait > longest:
            raise TelegramRetryAfter(method, "the pause in this chat is not over yet", math.ceil(wait))
        if wait > 0:
            await self._sleep(wait)


def is_passing(error: Exception) -> bool:
    """Whether the same request may succeed later: broken lines, HTML from a gateway, cut-off bodies, 5xx."""
    if isinstance(error, TelegramEntityTooLarge):
        return False
    broken = (TelegramNetworkError, TelegramServerError, ClientDecodeError, UnicodeDecodeError)
    return isinstance(error, broken) or type(error) is TelegramAPIError


def _is_accepted(error: Exception) -> bool:
    """Whether the answer that could not be read says, at its start, that the request succeeded."""
    if not isinstance(error, ClientDecodeError):
        return False
    if isinstance(error.data, dict):
        return error.data.get("ok") is True
    return re.match(r'\s*\{\s*"ok"\s*:\s*true', str(error.data)) is not None


def backoff(attempt: int, longest: float = 15.0) -> float:
    """Seconds before the next attempt: half a second, doubled every time."""
    return float(min(longest, 0.25 * 2**attempt))
