"""What one document becomes on Telegram: messages in the order in which they go out."""

from dataclasses import dataclass
from typing import TypeAlias

from aiogram.types import InlineKeyboardMarkup, InputRichMessage

from bot.platforms.telegram.marked_text import MarkedText


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text: as one rich message where it needs a table, and always also as ordinary messages.

    The keyboard belongs under the last of them.
    """

    texts: tuple[MarkedText, ...]
    rich: InputRichMessage | None = None
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture to be shown (`photo`) or a file to keep, with its caption."""

    content: bytes
    name: str
    caption: MarkedText
    photo: bool
    keyboard: InlineKeyboardMarkup | None = None


Outgoing: TypeAlias = Passage | MediaFile
