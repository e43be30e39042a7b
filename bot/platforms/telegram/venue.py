"""Where quizzes are played on Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.methods import EditMessageText, StopPoll
from aiogram.types import LinkPreviewOptions, Message
from cachetools import LRUCache

from bot.platforms.mending import Mending
from bot.platforms.telegram.connection import Connection, backoff, is_passing
from bot.platforms.telegram.forms import Method, Target
from bot.platforms.telegram.outgoing import Passage
from bot.platforms.telegram.polls import afterword, closes_itself, fits, foreword, poll_form
from bot.platforms.telegram.refusals import is_closed, is_settled, is_unreachable
from bot.platforms.telegram.renderer import render
from bot.platforms.telegram.sender import Sender
from core.chat.letter import Letter, Poll
from core.chat.venue import Arrived
from core.delivery.schedules import Address
from core.document import Document
from core.quiz.stage import NotShownError, StageGoneError

log = structlog.get_logger()
Result = TypeVar("Result")

ATTEMPTS = 2
"""How often a question is sent at once; then it is the game's to try again."""
PATIENCE = 8.0
"""Seconds for which a reveal, or anything else that no round waits for, is tried."""
POLLS = 10_000
"""Polls whose end is remembered, so that those that have closed by themselves are not closed once more."""
REFUSED = (AiogramError, UnicodeDecodeError)


class TelegramVenue:
    """Shows games: the questions at once, edits when a chat has room for them."""

    def __init__(
        self,
        connection: Connection,
        answering: Sender,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._connection = connection
        self._answering = answering
        self._sender = answering.ahead(ATTEMPTS)
        self._now = now
        self._sleep = sleep
        self._mending = Mending(self._edit, self._room, sleep)
        self._ends: LRUCache[tuple[str, str], datetime] = LRUCache(POLLS)

    async def show(self, address: Address, letter: Letter, seconds: int | None = None, nonce: str = "") -> Arrived:
        """Send a letter, as a poll where it fits one. Raises NotShownError, StageGoneError.

        Telegram tells its moments in whole seconds, so the moment of its answer counts; it knows no nonces. What is no
        round's question waits a little longer for its turn, since nobody tries it again.
        """
        patience = 0.0 if seconds is not None else PATIENCE
        while True:
            try:
                return await self._attempt(address, letter, seconds)
            except NotShownError as refusal:
                pause = refusal.pause.total_seconds() if refusal.pause else backoff(2)
                if pause > patience:
                    raise
                patience -= pause
                await self._sleep(pause)

    async def _attempt(self, address: Address, letter: Letter, seconds: int | None) -> Arrived:
        try:
            return await self._wherever(address, lambda target: self._send(target, letter, seconds))
        except TelegramRetryAfter as flood:
            raise NotShownError(timedelta(seconds=flood.retry_after)) from flood
        except REFUSED as error:
            if is_unreachable(error):
                await self._answering.unreachable(int(address.chat))
            if is_unreachable(error) or is_closed(error):
                raise StageGoneError from error
            log.warning("telegram.not_shown", error=type(error).__name__)
            raise NotShownError from error

    async def mend(self, address: Address, message: str, document: Document) -> None:
        """Let a message show a document as soon as the chat has room for an edit."""
        self._mending.put(address.chat, message, document)

    async def close(self, address: Address, message: str) -> None:
        """Close a poll, unless it has done so by itself."""
        end = self._ends.get((address.chat, message))
        if end is not None and end <= self._now():
            return
        try:
            await self._wherever(address, lambda target: self._stop(target, int(message)))
        except REFUSED as error:
            if not is_settled(error):
                log.info("telegram.poll_not_closed", error=type(error).__name__)

    async def drain(self, seconds: float) -> None:
        """Make the edits that wait; what takes longer than that is given up."""
        await self._mending.drain(seconds)

    async def _wherever(self, address: Address, do: Callable[[Target], Awaitable[Result]]) -> Result:
        """Do it in the chat, and once more where it has moved to."""
        thread = int(address.topic) if address.topic else None
        chat = self._answering.current(int(address.chat))
        try:
            return await do(Target(chat, thread))
        except TelegramMigrateToChat as move:
            await self._answering.chat_moved(chat, move.migrate_to_chat_id)
            return await do(Target(move.migrate_to_chat_id))

    async def _send(self, target: Target, letter: Letter, seconds: int | None) -> Arrived:
        if letter.poll is None or not fits(letter.poll):
            return await self._say(target, letter.document)
        before = foreword(letter.opening, letter.poll)
        if before.blocks:
            await self._sender.say(target, before)
        try:
            return await self._open(target, letter.poll, seconds)
        except TelegramBadRequest as error:
            if is_unreachable(error) or is_closed(error):
                raise
            log.info("telegram.poll_refused", reason=error.message)
            return await self._say(target, letter.document)

    async def _say(self, target: Target, document: Document) -> Arrived:
        sent = await self._sender.say(target, document)
        return Arrived(self._now(), str(sent) if sent else None)

    async def _open(self, target: Target, poll: Poll, seconds: int | None) -> Arrived:
        sent = await self._connection.hurry(poll_form(target, poll, seconds), target.chat, attempts=ATTEMPTS)
        at = self._now()
        if not isinstance(sent, Message) or sent.poll is None:
            raise NotShownError
        if closes_itself(seconds):
            self._ends[str(target.chat), str(sent.message_id)] = at + timedelta(seconds=seconds or 0)
        await self._add(target, afterword(poll, sent.poll))
        return Arrived(at, str(sent.message_id), sent.poll.id)

    async def _add(self, target: Target, after: Document) -> None:
        """Say what the poll could not hold; the poll is there, so a refusal costs no round."""
        if not after.blocks:
            return
        try:
            await self._sender.say(target, after)
        except REFUSED as error:
            log.warning("telegram.afterword_lost", error=type(error).__name__)

    async def _stop(self, target: Target, message: int) -> None:
        await self._connection.hurry(StopPoll(chat_id=target.chat, message_id=message), target.chat, attempts=ATTEMPTS)

    async def _room(self, chat: str) -> None:
        await self._connection.room(self._answering.current(int(chat)))

    async def _edit(self, chat: str, message: str, document: Document) -> float | None:
        try:
            await self._wherever(Address("telegram", chat), lambda target: self._put(target, int(message), document))
        except TelegramRetryAfter as flood:
            return float(flood.retry_after)
        except REFUSED as error:
            if is_passing(error):
                return backoff(1)
            if not is_settled(error):
                log.info("telegram.not_mended", error=type(error).__name__)
        return None

    async def _put(self, target: Target, message: int, document: Document) -> None:
        """Put a document in a message's place, in its best form that is accepted."""
        forms = _edits(target.chat, message, document)
        for number, form in enumerate(forms, 1):
            try:
                await self._connection.fill_in(form, target.chat)
            except (TelegramBadRequest, TelegramNotFound) as error:
                if number == len(forms) or is_settled(error):
                    raise
            else:
                return


def _edits(chat: int, message: int, document: Document) -> list[Method]:
    """The requests that may put a document in a message's place: only its first text, for a message stays one."""
    passages = [each for each in render(document) if isinstance(each, Passage)]
    if not passages:
        return []
    keyboard = next((each.keyboard for each in passages if each.keyboard), None)
    common: dict[str, Any] = {
        "chat_id": chat,
        "message_id": message,
        "parse_mode": None,
        "reply_markup": keyboard,
    }
    text, rich = passages[0].texts[0], passages[0].rich
    plain = EditMessageText(
        **common, text=text.text, entities=text.entities(), link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return [EditMessageText(**common, rich_message=rich), plain] if rich else [plain]
