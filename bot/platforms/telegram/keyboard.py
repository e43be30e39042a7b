"""Buttons under a message."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.platforms.telegram.limits import BUTTONS, LABEL_CHARACTERS, MARKUP_BYTES, ROW_BUTTONS
from bot.platforms.telegram.marked_text import MarkedText, clean
from core.document import Button

_MARKUP_FRAME = len('{"inline_keyboard": []}')
Row = list[InlineKeyboardButton]


def keyboards(rows: tuple[tuple[Button, ...], ...]) -> list[InlineKeyboardMarkup]:
    """The rows in as few keyboards as the limits allow; usually one, none when there is nothing to tap."""
    pages: list[list[Row]] = []
    buttons = size = 0
    for row in _fitting_rows(rows):
        weight = _weight(row)
        if not pages or buttons + len(row) > BUTTONS or size + weight > MARKUP_BYTES:
            pages.append([])
            buttons, size = 0, _MARKUP_FRAME
        pages[-1].append(row)
        buttons, size = buttons + len(row), size + weight
    return [InlineKeyboardMarkup(inline_keyboard=page) for page in pages]


def is_web_address(url: str) -> bool:
    """Whether Telegram accepts it as a link: http or https, a host, no blanks."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    printable = url.isprintable() and " " not in url
    return parts.scheme in {"http", "https"} and bool(host) and printable and len(url) <= 2048


def _fitting_rows(rows: tuple[tuple[Button, ...], ...]) -> Iterator[Row]:
    for row in rows:
        sendable = [_key(button) for button in row if button.token or is_web_address(button.url)]
        for start in range(0, len(sendable), ROW_BUTTONS):
            yield sendable[start : start + ROW_BUTTONS]


def _key(button: Button) -> InlineKeyboardButton:
    label = clean(button.label).replace("\n", " ")
    if not MarkedText(label).visible:
        label = "…"
    if len(label) > LABEL_CHARACTERS:
        label = label[: LABEL_CHARACTERS - 1] + "…"
    if button.url:
        return InlineKeyboardButton(text=label, url=button.url)
    return InlineKeyboardButton(text=label, callback_data=button.token)


def _weight(row: Row) -> int:
    return len(json.dumps([key.model_dump(exclude_none=True) for key in row])) + len(", ")
