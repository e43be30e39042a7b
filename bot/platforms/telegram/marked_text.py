"""Text with marks over stretches of it: what becomes a message's text and entities.

Positions are Python string indices until the last moment; only `entities` counts in UTF-16 units, as Telegram does.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from aiogram.types import MessageEntity

WORD_JOINER = "\u2060"
_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MENTION_START = re.compile(r"@(?=\w|$)")
_ADDRESS_START = re.compile(r"(?<=\w):(?=//)")
_BLANK_CATEGORIES = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_JOINER = "\u200d"


class MarkKind(StrEnum):
    """The entity types the tutor uses."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    PRE = "pre"
    LINK = "text_link"
    QUOTE = "blockquote"
    FOLDED_QUOTE = "expandable_blockquote"


_INSIDE = (
    MarkKind.QUOTE,
    MarkKind.FOLDED_QUOTE,
    MarkKind.LINK,
    MarkKind.BOLD,
    MarkKind.ITALIC,
    MarkKind.CODE,
    MarkKind.PRE,
)
"""Which kind is inside which where two cover the same stretch."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, `start` included and `end` not; `value` is a link's address or a code's language."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its marks, outer marks before the ones inside them."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def visible(self) -> bool:
        """Whether anything can be seen: Telegram refuses a message of blanks."""
        return any(_is_ink(letter) for letter in self.text)

    def entities(self) -> list[MessageEntity]:
        """The marks as the Bot API wants them, without those that cover only blanks."""
        offsets = (0, *_ends(self.text))
        return [
            MessageEntity(
                type=mark.kind.value,
                offset=offsets[mark.start],
                length=offsets[mark.end] - offsets[mark.start],
                url=mark.value if mark.kind is MarkKind.LINK else None,
                language=(mark.value or None) if mark.kind is MarkKind.PRE else None,
            )
            for mark in self.marks
            if self.text[mark.start : mark.end].strip()
        ]

    def pieces(self, most_units: int, most_marks: int) -> Iterator["MarkedText"]:
        """The text in messages that each fit, cut between paragraphs, lines or words where there are any."""
        rest = self._stripped()
        while rest.text:
            end = rest._furthest(most_units, most_marks)
            if end == len(rest.text):
                piece, rest = rest, MarkedText("")
            else:
                cut = _good_cut(rest.text, end)
                piece, rest = rest._slice(0, cut)._stripped(), rest._slice(cut, len(rest.text))._stripped()
            if piece.visible:
                yield piece

    def _furthest(self, most_units: int, most_marks: int) -> int:
        end = len(self.text)
        if end * 2 > most_units:
            end = next((index for index, size in enumerate(_ends(self.text)) if size > most_units), end)
        return min(end, self.marks[most_marks].start) if len(self.marks) > most_marks else end

    def _slice(self, start: int, end: int) -> "MarkedText":
        clipped = (
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start) for mark in self.marks
        )
        return MarkedText(self.text[start:end], tuple(mark for mark in clipped if mark.start < mark.end))

    def _stripped(self) -> "MarkedText":
        start = len(self.text) - len(self.text.lstrip("\n"))
        end = len(self.text.rstrip())
        return self if (start, end) == (0, len(self.text)) else self._slice(start, max(start, end))


class Composer:
    """Builds a MarkedText from left to right; everything that enters is made fit to send."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0

    @property
    def position(self) -> int:
        """Where the next text will start."""
        return self._length

    def add(self, text: str, *kinds: MarkKind, value: str = "") -> None:
        """Append text under these marks."""
        start = self._length
        verbatim = MarkKind.CODE in kinds or MarkKind.PRE in kinds
        sendable = clean(text) if verbatim else unlinked(clean(text))
        self._parts.append(sendable)
        self._length += len(sendable)
        for kind in kinds:
            self.mark(start, kind, value)

    def mark(self, start: int, kind: MarkKind, value: str = "") -> None:
        """Mark everything from `start` to here."""
        if start < self._length:
            self._marks.append(Mark(kind, start, self._length, value))

    def finish(self) -> MarkedText:
        """What was built."""
        outer_first = sorted(self._marks, key=lambda mark: (mark.start, -mark.end, _INSIDE.index(mark.kind)))
        return MarkedText("".join(self._parts), tuple(outer_first))


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _ends(text: str) -> Iterator[int]:
    """Where each letter ends, in UTF-16 units."""
    return accumulate(2 if letter > "\uffff" else 1 for letter in text)


def clean(text: str) -> str:
    """The text without what a server would drop or refuse, so that offsets stay true: control characters, lone
    surrogates, and the marks that turn a line's direction around."""
    return _BIDI_CONTROLS.sub("", _UNSENDABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


def unlinked(text: str) -> str:
    """The text without what Telegram would turn into a mention or a link by itself: an unseen joiner breaks both."""
    return _ADDRESS_START.sub(f":{WORD_JOINER}", _MENTION_START.sub(f"@{WORD_JOINER}", text))


def _is_ink(letter: str) -> bool:
    return letter not in _BLANK_LETTERS and unicodedata.category(letter) not in _BLANK_CATEGORIES


def _good_cut(text: str, end: int) -> int:
    for seam in ("\n\n", "\n", " "):
        found = text.rfind(seam, end // 2, end)
        if found > 0:
            return found + len(seam)
    cut = end
    while cut > max(end - 64, 1) and _joined(text[cut - 1], text[cut]):
        cut -= 1
    return cut


def _joined(left: str, right: str) -> bool:
    return _JOINER in (left, right) or unicodedata.category(right) in {"Mn", "Me", "Cf"}
