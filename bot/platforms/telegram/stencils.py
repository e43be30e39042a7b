"""The same message for thousands of people, laid out once."""

import json
import re
from collections.abc import Hashable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from aiohttp import BytesPayload, FormData
from cachetools import LRUCache
from pydantic import BaseModel, PrivateAttr, ValidationError

from bot.platforms.telegram.acknowledgement import Acknowledgement
from bot.platforms.telegram.forms import Target
from bot.platforms.telegram.outgoing import Passage
from bot.platforms.telegram.renderer import render
from core.chat.letter import Stencil

KEPT = 2048
"""Messages kept, of some five kilobytes each."""
HOLE = 314159265358979323
"""The number in whose place each letter's own is put; no sheet gets so far."""
_IS_TRUE = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*true\s*\}\s*')
_FORM = "application/x-www-form-urlencoded"


class Sent(BaseModel):
    """All that is wanted of the message that came of it."""

    message_id: int


class PrintedMessage(TelegramMethod[Sent]):
    """sendMessage as the body of its request, all but the chat encoded beforehand."""

    __returning__ = Sent
    __api_method__ = "sendMessage"

    chat_id: int
    _body: bytes = PrivateAttr()

    @classmethod
    def of(cls, chat: int, thread: int | None, printed: bytes) -> "PrintedMessage":
        """The message to a chat, or to a topic of it."""
        message = cls.model_construct(chat_id=chat)
        topic = f"&message_thread_id={thread}" if thread else ""
        message._body = f"chat_id={chat}{topic}&".encode() + printed
        return message

    @property
    def body(self) -> BytesPayload:
        """The form as it is sent."""
        return BytesPayload(self._body, content_type=_FORM)


class _Accepted(Response[Sent]):
    ok: Literal[True]


_DONE = Response[bool](ok=True, result=True)


class PrintingSession(AiohttpSession):
    """aiogram's own session, which leaves printed messages and acknowledgements as they are."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        """The body of a request."""
        if isinstance(method, PrintedMessage | Acknowledgement):
            return method.body  # type: ignore[return-value]
        return super().build_form_data(bot, method)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """What a server answered; of an accepted message only the parts that matter are read."""
        if isinstance(method, PrintedMessage) and status_code == HTTPStatus.OK:
            try:
                return _Accepted.model_validate_json(content)  # type: ignore[return-value]
            except ValidationError:
                pass
        if isinstance(method, Acknowledgement) and status_code == HTTPStatus.OK and _IS_TRUE.fullmatch(content):
            return _DONE  # type: ignore[return-value]
        return super().check_response(bot, method, status_code, content)


@dataclass(frozen=True, slots=True)
class _Print:
    """The encoded form before and after each place where the number goes."""

    pieces: tuple[bytes, ...]

    def numbered(self, number: int) -> bytes:
        return str(number).encode().join(self.pieces)


class Stencils:
    """Keeps the layouts that were used lately."""

    def __init__(self) -> None:
        self._prints: LRUCache[Hashable, _Print | None] = LRUCache(KEPT)

    def message(self, target: Target, stencil: Stencil) -> PrintedMessage | None:
        """The request that sends it; None where it takes more than one plain message."""
        if stencil.key not in self._prints:
            self._prints[stencil.key] = _printed(stencil)
        known = self._prints[stencil.key]
        return PrintedMessage.of(target.chat, target.thread, known.numbered(stencil.number)) if known else None


def _printed(stencil: Stencil) -> _Print | None:
    messages = render(stencil.draw(HOLE))
    only = messages[0] if len(messages) == 1 else None
    if not isinstance(only, Passage) or len(only.texts) != 1 or only.rich is not None:
        return None
    text = only.texts[0]
    form = {
        "text": text.text,
        "entities": _entities(text.entities()),
        "reply_markup": _keyboard(only.keyboard),
        "link_preview_options": '{"is_disabled":true}',
    }
    encoded = urlencode({name: value for name, value in form.items() if value}).encode()
    return _Print(tuple(encoded.split(str(HOLE).encode())))


def _entities(entities: list[MessageEntity] | None) -> str | None:
    if not entities:
        return None
    return json.dumps([entity.model_dump(mode="json", exclude_none=True) for entity in entities], ensure_ascii=False)


def _keyboard(keyboard: InlineKeyboardMarkup | None) -> str | None:
    return keyboard.model_dump_json(exclude_none=True) if keyboard else None
