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
from aiogram.methods import AnswerCallbackQuery

from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.forms import Method, Target, media_forms, rich_forms, target_of, text_forms
from bot.platforms.telegram.intake import Origin
from bot.platforms.telegram.limits import NOTICE_CHARACTERS
from bot.platforms.telegram.marked_text import clean
from bot.platforms.telegram.outgoing import MediaFile, Outgoing
from bot.platforms.telegram.renderer import render
from core.chat.answer import Answer
from core.chat.request import Platform

log = structlog.get_logger()
_UNREACHABLE = ("chat not found", "user is deactivated", "group chat was deactivated", "bot was kicked")
_NO_RIGHTS = ("not enough rights", "have no rights", "chat_write_forbidden")


class ChatRegister(Protocol):
    """Who keeps the chats and wants to know what happens to them."""

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        """A chat got another id."""

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        """A chat can be written to again, or no longer."""


class Sender:
    """Delivers answers: edits or sends, falls back to simpler forms, follows chats that move."""

    def __init__(self, connection: Connection, register: ChatRegister) -> None:
        self._connection = connection
        self._register = register
        self._moved: dict[int, int] = {}
        self._knows_rich = True

    async def deliver(self, origin: Origin, answer: Answer) -> bool:
        """Say it; True when all of it reached the chat. Never raises for what a server answers."""
        chat = self._moved.get(origin.chat, origin.chat)
        try:
            await self._follow(replace(target_of(origin, answer), chat=chat), render(answer.document))
        except TelegramForbiddenError:
            await self._unreachable(chat)
        except TelegramBadRequest as error:
            return await self._refused(error, origin, chat, answer)
        except (AiogramError, UnicodeDecodeError) as error:
            log.error("telegram.not_delivered", error=type(error).__name__)
        else:
            return True
        return False

    async def acknowledge(self, query: str, notice: str | None = None) -> None:
        """Stop the spinner of a tapped button and show the notice; a query that has expired is left alone."""
        words = clean(notice)[:NOTICE_CHARACTERS] if notice else None
        try:
            await self._connection.request(AnswerCallbackQuery(callback_query_id=query, text=words), attempts=2)
        except (AiogramError, UnicodeDecodeError) as error:
            log.info("telegram.tap_not_acknowledged", error=type(error).__name__)

    async def chat_moved(self, old: int, new: int) -> None:
        """Let everything that is kept for the old id follow, once."""
        if self._moved.get(old) == new:
            return
        self._moved[old] = new
        log.info("telegram.chat_moved")
        await self._register.chat_moved(Platform.TELEGRAM, str(old), str(new))

    async def _follow(self, target: Target, messages: tuple[Outgoing, ...]) -> None:
        """Send the messages in order; when the chat turns out to have moved, go on there, once."""
        done = 0
        try:
            while done < len(messages):
                await self._say(target if done == 0 else target.below(), messages[done])
                done += 1
        except TelegramMigrateToChat as move:
            await self.chat_moved(target.chat, move.migrate_to_chat_id)
            for message in messages[done:]:
                await self._say(Target(move.migrate_to_chat_id), message)

    async def _say(self, target: Target, message: Outgoing) -> None:
        if isinstance(message, MediaFile):
            await self._first_accepted(target, media_forms(target, message))
            return
        if message.rich and self._knows_rich and not target.receiver:
            try:
                await self._first_accepted(target, rich_forms(target, message.rich, message.keyboard))
                return
            except TelegramNotFound:
                self._knows_rich = False
                log.warning("telegram.rich_messages_unknown")
            except TelegramBadRequest as error:
                log.info("telegram.rich_message_refused", reason=error.message)
        *earlier, last = message.texts
        for text in earlier:
            await self._first_accepted(target, text_forms(target, text, None))
            target = target.below()
        await self._first_accepted(target, text_forms(target, last, message.keyboard))

    async def _first_accepted(self, target: Target, forms: Iterator[Method]) -> None:
        """Make the requests in turn until one is accepted; raises the refusal of the last one."""
        refusal: TelegramAPIError | None = None
        for form in forms:
            try:
                await self._connection.request(form, chat=target.chat)
                return
            except (TelegramBadRequest, TelegramNotFound, TelegramEntityTooLarge) as error:
                if "message is not modified" in error.message.casefold():
                    return
                refusal = error
        if refusal:
            raise refusal

    async def _refused(self, error: TelegramBadRequest, origin: Origin, chat: int, answer: Answer) -> bool:
        reason = error.message.casefold()
        if any(sign in reason for sign in _UNREACHABLE):
            await self._unreachable(chat)
        elif origin.person and not origin.private and any(sign in reason for sign in _NO_RIGHTS):
            log.info("telegram.no_right_to_write", answered="privately")
            return await self.deliver(Origin(chat=origin.person, person=origin.person), answer)
        else:
            log.error("telegram.refused", method=error.method.__api_method__, reason=error.message)
        return False

    async def _unreachable(self, chat: int) -> None:
        log.info("telegram.chat_unreachable")
        await self._register.chat_reachable(Platform.TELEGRAM, str(chat), reachable=False)
