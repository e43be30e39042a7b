"""The only thing that puts the tutor's answers into Telegram chats."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
)
from aiogram.types import Message
from cachetools import LRUCache

from bot.platforms.telegram.acknowledgement import Acknowledgement
from bot.platforms.telegram.connection import ATTEMPTS, Connection
from bot.platforms.telegram.events import Origin
from bot.platforms.telegram.forms import Method, Target, media_forms, rich_forms, target_of, text_forms
from bot.platforms.telegram.limits import NOTICE_CHARACTERS
from bot.platforms.telegram.marked_text import clean
from bot.platforms.telegram.outgoing import MediaFile, Outgoing
from bot.platforms.telegram.renderer import render
from core.chat.answer import Answer
from core.chat.request import Platform
from core.document import Document

log = structlog.get_logger()
REMEMBERED_ANSWERS = 10_000
"""Messages whose answers are known, so that an edited command changes its answer; after a restart a new one is sent."""
UNREACHABLE = ("chat not found", "user is deactivated", "group chat was deactivated", "bot was kicked")
NO_RIGHTS = ("not enough rights", "have no rights", "chat_write_forbidden")


class ChatRegister(Protocol):
    """Who keeps the chats and wants to know what happens to them."""

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        """A chat got another id."""

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        """A chat can be written to again, or no longer."""


class Sender:
    """Delivers answers: edits or sends, falls back to simpler forms, follows chats that move."""

    def __init__(
        self,
        connection: Connection,
        register: ChatRegister,
        *,
        attempts: int = ATTEMPTS,
        unasked: bool = False,
        hurries: bool = False,
    ) -> None:
        self._connection = connection
        self._attempts = attempts
        self._unasked = unasked
        self._hurries = hurries
        self._patient = Sender(connection, register) if attempts != ATTEMPTS else self
        self._register = register
        self._moved: dict[int, int] = {}
        self._knows_rich = True
        self._answers: LRUCache[tuple[int, int], int] = LRUCache(REMEMBERED_ANSWERS)

    async def deliver(self, origin: Origin, answer: Answer) -> bool:
        """Say it; True when all of it reached the chat. Never raises for what a server answers."""
        chat = self.current(origin.chat)
        try:
            target = replace(target_of(origin, answer, self._known_answer(origin, chat)), chat=chat)
            first = await self._follow(target, render(answer.document))
        except TelegramForbiddenError:
            await self.unreachable(chat)
        except TelegramBadRequest as error:
            return await self._refused(error, origin, chat, answer)
        except (AiogramError, UnicodeDecodeError) as error:
            log.error("telegram.not_delivered", error=type(error).__name__)
        else:
            if first and origin.message and not origin.query:
                self._answers[chat, origin.message] = first
            return True
        return False

    async def say(self, target: Target, document: Document) -> int | None:
        """Send a document that answers nobody; the id of its first message. Raises aiogram's errors.

        The messages after the first are sent as patiently as answers, so that no part is said twice.
        """
        first: int | None = None
        for number, message in enumerate(render(document)):
            sender = self if number == 0 else self._patient
            sent = await sender._say(target, message)
            first = sent if number == 0 else first
        return first

    def ahead(self, attempts: int) -> "Sender":
        """A sender for what a game shows: ahead of broadcasts, and behind no other request of its chat."""
        return Sender(self._connection, self._register, attempts=attempts, hurries=True)

    async def acknowledge(self, query: str, notice: str | None = None) -> None:
        """Stop the spinner of a tapped button and show the notice; a query that has expired is left alone."""
        words = clean(notice)[:NOTICE_CHARACTERS] if notice else None
        try:
            await self._connection.request(Acknowledgement.of(query, words), attempts=2)
        except (AiogramError, UnicodeDecodeError) as error:
            log.info("telegram.tap_not_acknowledged", error=type(error).__name__)

    async def chat_moved(self, old: int, new: int) -> None:
        """Let everything that is kept for the old id follow, once."""
        if self._moved.get(old) == new:
            return
        self._moved[old] = new
        log.info("telegram.chat_moved")
        await self._register.chat_moved(Platform.TELEGRAM, str(old), str(new))

    def current(self, chat: int) -> int:
        """The id that a chat has now, as far as it is known here."""
        return self._moved.get(chat, chat)

    async def unreachable(self, chat: int) -> None:
        """Let nobody write to a chat any more."""
        log.info("telegram.chat_unreachable")
        await self._register.chat_reachable(Platform.TELEGRAM, str(chat), reachable=False)

    def _known_answer(self, origin: Origin, chat: int) -> int | None:
        return self._answers.get((chat, origin.message)) if origin.edited and origin.message else None

    async def _follow(self, target: Target, messages: tuple[Outgoing, ...]) -> int | None:
        """Send the messages in order; when the chat turns out to have moved, go on there, once. The first one's id."""
        first: int | None = None
        done = 0
        try:
            while done < len(messages):
                sent = await self._say(target if done == 0 else target.below(), messages[done])
                first = sent if done == 0 else first
                done += 1
        except TelegramMigrateToChat as move:
            await self.chat_moved(target.chat, move.migrate_to_chat_id)
            for message in messages[done:]:
                await self._say(Target(move.migrate_to_chat_id), message)
        return first

    async def _say(self, target: Target, message: Outgoing) -> int | None:
        """Send it in its best form; the id of its first message, where there is one."""
        if isinstance(message, MediaFile):
            return await self._first_accepted(target, media_forms(target, message))
        if message.rich and self._knows_rich and not target.receiver:
            try:
                return await self._first_accepted(target, rich_forms(target, message.rich, message.keyboard))
            except TelegramNotFound:
                self._knows_rich = False
                log.warning("telegram.rich_messages_unknown")
            except TelegramBadRequest as error:
                log.info("telegram.rich_message_refused", reason=error.message)
        last = len(message.texts) - 1
        first: int | None = None
        for index, text in enumerate(message.texts):
            keyboard = message.keyboard if index == last else None
            place = target.below() if index else target
            sent = await self._first_accepted(target, text_forms(place, text, keyboard))
            first = sent if index == 0 else first
        return first

    async def _first_accepted(self, target: Target, forms: Iterator[Method]) -> int | None:
        """Make the requests in turn until one is accepted, and return the message's id; raises the last refusal."""
        refusal: TelegramAPIError | None = None
        for form in forms:
            try:
                result = await self._request(form, target.chat)
                return result.message_id if isinstance(result, Message) else None
            except (TelegramBadRequest, TelegramNotFound, TelegramEntityTooLarge) as error:
                if "message is not modified" in error.message.casefold():
                    return target.edit
                refusal = error
        if refusal:
            raise refusal
        return None

    async def _request(self, form: Method, chat: int) -> object:
        if self._hurries:
            return await self._connection.hurry(form, chat, attempts=self._attempts)
        return await self._connection.request(form, chat=chat, attempts=self._attempts, unasked=self._unasked)

    async def _refused(self, error: TelegramBadRequest, origin: Origin, chat: int, answer: Answer) -> bool:
        reason = error.message.casefold()
        if any(sign in reason for sign in UNREACHABLE):
            await self.unreachable(chat)
        elif origin.person and not origin.private and any(sign in reason for sign in NO_RIGHTS):
            log.info("telegram.no_right_to_write", answered="privately")
            return await self.deliver(Origin(chat=origin.person, person=origin.person), answer)
        else:
            log.error("telegram.refused", method=error.method.__api_method__, reason=error.message)
        return False
