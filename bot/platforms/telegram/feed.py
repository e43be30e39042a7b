"""Updates, fetched by long polling."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

from bot.platforms.telegram.connection import backoff
from bot.platforms.telegram.errors import TokenRefused
from bot.platforms.telegram.intake import UPDATE_TYPES

log = structlog.get_logger()
Result = TypeVar("Result")

_SPARE_SECONDS = 15
_SECOND_POLLER = (
    "another process reads this bot's updates with the same token: stop it, or give this one a token of its own"
)


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without parsing, so that one update nobody understands does not hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class Feed:
    """The updates of one bot from the first unconfirmed one on.

    Fetching a batch confirms the one before, once `kept` says that what nobody will send again is kept; `confirm` does
    that for the last one. `caught_up` is set when everything that had waited for the bot was handed on.
    """

    def __init__(
        self,
        bot: Bot,
        stop: asyncio.Event,
        poll_seconds: int,
        sleep: Callable[[float], Awaitable[None]],
        now: Callable[[], datetime],
        kept: Callable[[], Awaitable[None]],
    ) -> None:
        self._kept = kept
        self._sleep = sleep
        self._now = now
        self._bot = bot
        self._stop = stop
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self.caught_up = asyncio.Event()

    async def updates(self) -> AsyncIterator[tuple[Update, datetime]]:
        """Updates with the moments at which they arrived, until stopped. Raises TokenRefused."""
        failures = 0
        while not self._stop.is_set():
            try:
                patience = self._poll_seconds if self.caught_up.is_set() else 0
                batch = await unless_stopped(self._stop, self._fetch(patience))
                failures = 0
            except TelegramUnauthorizedError as error:
                raise TokenRefused from error
            except (AiogramError, UnicodeDecodeError) as error:
                failures += 1
                await unless_stopped(self._stop, self._recover(error, failures))
                continue
            arrived = self._now()
            for raw in batch or ():
                self._offset = max(self._offset or 0, int(raw.get("update_id", -1)) + 1)
                update = self._parsed(raw)
                if update:
                    yield update, arrived
            if not batch:
                self.caught_up.set()
            await self._kept()

    async def confirm(self) -> None:
        """Tell the server that all updates seen so far need not be sent again."""
        if self._offset is None:
            return
        try:
            await self._fetch(0, limit=1)
        except (AiogramError, UnicodeDecodeError) as error:
            log.warning("telegram.offset_not_confirmed", error=type(error).__name__)

    async def _fetch(self, seconds: int, limit: int = 100) -> list[dict[str, Any]]:
        request = RawUpdates(offset=self._offset, limit=limit, timeout=seconds, allowed_updates=list(UPDATE_TYPES))
        return await self._bot(request, request_timeout=seconds + _SPARE_SECONDS)

    async def _recover(self, error: Exception, failures: int) -> None:
        pause = backoff(failures)
        if isinstance(error, TelegramRetryAfter):
            pause = error.retry_after
        if isinstance(error, TelegramConflictError):
            pause = backoff(failures + 3, longest=60)
            if "webhook" in error.message.casefold():
                log.warning("telegram.webhook_removed", reason="updates do not arrive by polling while one is set")
                await self._remove_webhook()
                return
            log.error("telegram.second_poller", reason=_SECOND_POLLER, pause=pause)
        else:
            log.warning("telegram.no_updates", error=type(error).__name__, pause=pause)
        await self._sleep(pause)

    async def _remove_webhook(self) -> None:
        try:
            await self._bot(DeleteWebhook())
        except AiogramError as error:
            log.error("telegram.webhook_stays", error=type(error).__name__)
            await self._sleep(backoff(5))

    def _parsed(self, raw: dict[str, Any]) -> Update | None:
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            log.warning("telegram.update_not_understood", update=raw.get("update_id"), problems=error.error_count())
            return None


async def unless_stopped(stop: asyncio.Event, work: Awaitable[Result]) -> Result | None:
    """The result of the work, or None when the stop came first; then the work is given up."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not task.done():
            task.cancel()
    if task.done():
        return task.result()
    await asyncio.gather(task, return_exceptions=True)
    return None
