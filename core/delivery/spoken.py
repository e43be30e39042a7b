"""When a question shall come, as people write it: in English and Russian and in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from core.delivery.clock_words import clock_at, minute_of
from core.delivery.day_words import days_at
from core.delivery.zones import find_zone

LONGEST_PAUSE = 366
"""Days of the longest span that is understood: a year."""

_LINKS = frozenset(
    """
    at on in by and the every each time zone
    в во на по и каждый каждую каждое каждого время времени пояс
    """.split()
)
"""Words that join the others and say nothing alone."""

_SPAN_DAYS = {
    "|d|days?|д|дн|день|дня|дней|сутки|суток": 1,
    "w|wk|weeks?|н|нед|недел[яиюь]": 7,
    "mo|months?|мес|месяц(?:а|ев)?": 30,
    "y|years?|год": 365,
}
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "один": 1, "одну": 1, "два": 2, "две": 2, "три": 3}
_SPAN = re.compile(rf"(?:for |на )?(\d{{1,3}}|(?:{'|'.join(_NUMBERS)})(?= )|) ?([^\W\d]*)")

_WORD = re.compile(r"[^ /][^ ]*")
_NEVER_QUIET = frozenset("off no none never нет выкл выключи выключить никогда".split())
_BETWEEN = re.compile(r"\s*-\s*|\s+(?:to|till|until|до|по)\s+")


class NotUnderstoodError(ValueError):
    """A piece of what was said means nothing; `word` is this piece, as it was written."""

    def __init__(self, word: str) -> None:
        super().__init__(f"means nothing: {word!r}")
        self.word = word


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody said about when a question shall come; None for what they left open.

    `minute` counts from local midnight, `days` are ISO weekdays, `zone` is a name that `zone_of` knows.
    """

    minute: int | None = None
    days: frozenset[int] | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of what was said: a time, or days, or words about something else."""

    said: str
    minute: int | None = None
    days: frozenset[int] | None = None


def understood(words: str) -> Wish:
    """What `words` say about time, days and zone: `9:30 weekdays Berlin`, `по будням в 9 утра по Москве`.

    Raises NotUnderstoodError for the first piece that means nothing, and for a second time or zone.
    """
    wish = Wish()
    for piece in _joined(_pieces(_even(words))):
        if piece.minute is not None:
            told = Wish(piece.minute, wish.days, wish.zone)
        elif piece.days is not None:
            told = Wish(wish.minute, piece.days | (wish.days or frozenset()), wish.zone)
        else:
            told = Wish(wish.minute, wish.days, _zone(piece.said))
        if wish.minute not in (None, told.minute) or wish.zone not in (None, told.zone):
            raise NotUnderstoodError(piece.said)
        wish = told
    return wish


def spoken_days(words: str) -> int | None:
    """The days of a span, 1 to 366: `10d`, `2 weeks`, `неделя`, `10`; None for anything else."""
    found = _SPAN.fullmatch(_even(words).casefold())
    if not found or not any(found.groups()):
        return None
    number, unit = found.groups()
    size = next((days for names, days in _SPAN_DAYS.items() if re.fullmatch(names, unit)), 0)
    days = size * (_NUMBERS.get(number) or int(number or 1))
    return days if 1 <= days <= LONGEST_PAUSE else None


def hours(words: str) -> str | None:
    """Quiet hours in the form that is stored: `22:00-08:00`, empty for none; None for what means nothing."""
    said = _even(words).casefold()
    if said in _NEVER_QUIET:
        return ""
    ends = _BETWEEN.split(re.sub(r"^(?:from|с|со)\s+", "", said))
    minutes = [minute_of(re.sub(r"^24(?:[:.]00)?$", "0", end)) for end in ends]
    if len(minutes) != 2 or minutes[0] == minutes[1] or None in minutes:
        return None
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in minutes if minute is not None)


def _even(words: str) -> str:
    """The words with plain dashes and spaces, without ё and without the marks that end words."""
    text = re.sub("[‐‑–—−]", "-", words).replace("ё", "е").replace("Ё", "Е")
    text = re.sub(r"[,;]|(?<![.!?])[.!?]+(?=[\s,;]|$)", " ", text)
    text = re.sub(r"\s-\s+", "-", text)
    return " ".join(re.sub(r"(?<=\+)\s+(?=\d)", "", text).split())


def _pieces(text: str) -> Iterator[_Piece]:
    """A text in times, days and single words; a time that no clock shows is a word."""
    start = 0
    while found := _WORD.search(text, start):
        start = found.start()
        if days := days_at(text, start):
            piece = _Piece(text[start : days.end], days=days.days)
        elif clock := clock_at(text, start):
            piece = _Piece(text[start : clock.end], clock.minute)
        else:
            piece = _Piece(found[0])
        yield piece
        start += len(piece.said)


def _joined(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """The pieces, with the words between times and days put together: `Нью Йорк`."""
    for is_word, neighbours in groupby(pieces, lambda piece: piece.minute is None and piece.days is None):
        if not is_word:
            yield from neighbours
        elif words := _without_links([piece.said for piece in neighbours]):
            yield _Piece(" ".join(words))


def _without_links(words: list[str]) -> list[str]:
    meaning = [index for index, word in enumerate(words) if word.casefold() not in _LINKS]
    return words[meaning[0] : meaning[-1] + 1] if meaning else []


def _zone(said: str) -> str:
    """The zone that some words name. Raises NotUnderstoodError for what is left of them beside a zone, or for all."""
    found = find_zone(said)
    if found:
        return found
    words = said.split(" ")
    for size in range(len(words) - 1, 0, -1):
        if find_zone(" ".join(words[:size])):
            raise NotUnderstoodError(" ".join(words[size:]))
        if find_zone(" ".join(words[-size:])):
            raise NotUnderstoodError(" ".join(words[:-size]))
    raise NotUnderstoodError(said)
