"""Buttons as Discord components whose ids say everything, so that they outlive a restart."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

import discord

from bot.platforms.discord.markdown import shortened
from core.document import Button, Form

ROWS = 5
ROW_BUTTONS = 5
SELECT_OPTIONS = 25
LABEL = 80
OPTION_LABEL = 100
PLACEHOLDER = 150
URL = 512

_CUSTOM_ID = re.compile(r"k\d+(?:\.(?P<form>[0-9a-f]{8}))?:(?P<token>.*)", re.DOTALL)

Component = discord.ui.Button[Any] | discord.ui.Select[Any]
Row = tuple[Component, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a component's id says: the button's token, and the key of the form it opens."""

    token: str
    form: str | None = None


def form_key(form: Form) -> str:
    """A short name of a form's words, the same in every process."""
    return hashlib.sha256(repr((form.title, form.label, form.long)).encode("utf-8", "replace")).hexdigest()[:8]


def custom_id(position: int, button: Button) -> str:
    """The id of a component or select option: at most 85 of Discord's 100 characters, unique by its position."""
    form = f".{form_key(button.form)}" if button.form else ""
    return f"k{position}{form}:{button.token}"


def pressed(component_id: str) -> Pressed:
    """Read a component's id; one that we never wrote is a token that the tutor does not know either."""
    known = _CUSTOM_ID.fullmatch(component_id)
    return Pressed(known["token"], known["form"]) if known else Pressed(component_id)


def component_rows(buttons: Sequence[Sequence[Button]]) -> list[Row]:
    """The buttons as rows of components: as they were laid out while they fit, then five a row, then as selects."""
    laid_out = [part for row in buttons for part in _parts(row, ROW_BUTTONS)]
    flat = list(chain.from_iterable(buttons))
    if len(laid_out) > ROWS and len(flat) <= ROWS * ROW_BUTTONS:
        laid_out = list(_parts(flat, ROW_BUTTONS))
    if len(laid_out) <= ROWS:
        positions = iter(range(len(flat)))
        return [tuple(_button(next(positions), button) for button in row) for row in laid_out]
    numbered = list(enumerate(flat))
    taps = [pair for pair in numbered if not pair[1].url]
    links = [pair for pair in numbered if pair[1].url]
    selects: list[Row] = [(_select(options),) for options in _parts(taps, SELECT_OPTIONS)]
    return selects + [tuple(_button(*pair) for pair in row) for row in _parts(links, ROW_BUTTONS)]


def view(rows: Sequence[Row]) -> discord.ui.View:
    """The rows as discord.py sends them.

    The view is stopped at once: presses are read from the interaction itself, so the library must not keep a view in
    memory for every message ever sent.
    """
    shown = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in row:
            item.row = number
            shown.add_item(item)
    shown.stop()
    return shown


def _button(position: int, button: Button) -> Component:
    label = shortened(button.label, LABEL)
    if button.url:
        return discord.ui.Button(label=label, url=button.url[:URL])
    return discord.ui.Button(label=label, custom_id=custom_id(position, button))


def _select(options: Sequence[tuple[int, Button]]) -> Component:
    first, last = options[0], options[-1]
    return discord.ui.Select(
        custom_id=f"k{first[0]}:",
        placeholder=shortened(f"{shortened(first[1].label, 60)} … {shortened(last[1].label, 60)}", PLACEHOLDER),
        options=[
            discord.SelectOption(label=shortened(button.label, OPTION_LABEL), value=custom_id(position, button))
            for position, button in options
        ],
    )


def _parts(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
