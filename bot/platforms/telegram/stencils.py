"""The same message for thousands of people, laid out once."""

import json
from collections.abc import Hashable
from dataclasses import dataclass

from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from cachetools import LRUCache
from pydantic import BaseModel

from bot.platforms.telegram.forms import Target
from bot.platforms.telegram.outgoing import Passage
from bot.platforms.telegram.renderer import render
from core.chat.letter import Stencil

KEPT = 4096
"""Messages kept, of some three kilobytes each."""
HOLE = 314159265358979323
"""The number in whose place each letter's own is put; no sheet gets so far."""


class Sent(BaseModel):
    """All that is wanted of the message that came of it."""

    message_id: int


class PrintedMessage(TelegramMethod[Sent]):
    """sendMessage with its parts serialized already."""

    __returning__ = Sent
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    entities: str | None = None
    reply_markup: str | None = None
    message_thread_id: int | None = None
    link_preview_options: str = '{"is_disabled":true}'


@dataclass(frozen=True, slots=True)
class _Print:
    text: str
    entities: str | None
    keyboard: str | None


class Stencils:
    """Keeps the layouts that were used lately."""

    def __init__(self) -> None:
        self._prints: LRUCache[Hashable, _Print | None] = LRUCache(KEPT)

    def message(self, target: Target, stencil: Stencil) -> PrintedMessage | None:
        """The request that sends it; None where it takes more than one plain message."""
        if stencil.key not in self._prints:
            self._prints[stencil.key] = _printed(stencil)
        known = self._prints[stencil.key]
        if known is None:
            return None
        keyboard = known.keyboard.replace(str(HOLE), str(stencil.number)) if known.keyboard else None
        return PrintedMessage(
            chat_id=target.chat,
            text=known.text,
            entities=known.entities,
            reply_markup=keyboard,
            message_thread_id=target.thread,
        )


def _printed(stencil: Stencil) -> _Print | None:
    messages = render(stencil.draw(HOLE))
    only = messages[0] if len(messages) == 1 else None
    if not isinstance(only, Passage) or len(only.texts) != 1 or only.rich is not None:
        return None
    text = only.texts[0]
    return _Print(text.text, _entities(text.entities()), _keyboard(only.keyboard))


def _entities(entities: list[MessageEntity] | None) -> str | None:
    if not entities:
        return None
    return json.dumps([entity.model_dump(mode="json", exclude_none=True) for entity in entities], ensure_ascii=False)


def _keyboard(keyboard: InlineKeyboardMarkup | None) -> str | None:
    return keyboard.model_dump_json(exclude_none=True) if keyboard else None
