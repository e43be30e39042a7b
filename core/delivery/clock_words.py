"""A time of day in words: `9`, `09.30`, `9:30 pm`, `9 утра`, `полдень`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_MORNING = {12: 0} | {hour: hour for hour in range(12)}
_DAYTIME = {hour: hour for hour in range(10, 19)} | {hour: hour + 12 for hour in range(1, 7)}
_EVENING = {12: 0} | {hour: hour + 12 for hour in range(1, 12)} | {hour: hour for hour in range(13, 24)}
_NIGHT = {12: 0, 23: 23} | {hour: hour for hour in range(6)} | {hour: hour + 12 for hour in range(8, 12)}
_WHOLE_DAY = {hour: hour for hour in range(24)}

_PARTS: Mapping[str, Mapping[int, int]] = {
    r"a\.?m|утра|in the morning": _MORNING,
    r"p\.?m": _EVENING | {12: 12},
    r"дня|in the afternoon": _DAYTIME,
    r"вечера|in the evening": _EVENING,
    r"ночи|at night": _NIGHT,
    "": _WHOLE_DAY,
}
"""The hours of each part of the day, as they are called and as a clock shows them."""

_NAMED = {"noon": 720, "полдень": 720, "midnight": 0, "полночь": 0}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """A time of day, in minutes from midnight (None for one that no clock shows), and where its words end."""

    minute: int | None
    end: int


def clock_at(text: str, start: int = 0) -> ClockWords | None:
    """The time of day at this place of a text; None when there is none."""
    found = _named_clock().match(text, start)
    if found is None:
        return None
    if found["name"]:
        return ClockWords(_NAMED[found["name"].casefold()], found.end())
    hour = _hours_of(found["part"] or "").get(int(found["hour"]))
    return ClockWords(None if hour is None else hour * 60 + int(found["minute"] or 0), found.end())


def minute_of(text: str) -> int | None:
    """The time of day that all of a text says, in minutes from midnight."""
    clock = clock_at(text)
    return clock.minute if clock and clock.end == len(text) else None


@cache
def _named_clock() -> re.Pattern[str]:
    """The pattern of a time of day; made when it is first asked for, as it takes milliseconds."""
    return re.compile(
        rf"(?P<name>{'|'.join(_NAMED)})(?!\S)"
        r"|(?P<hour>\d{1,2})(?:[:.-](?P<minute>[0-5]\d))?(?:\s*(?:часов|часа|час|ч|o'?clock|h))?"
        rf"(?:\s*(?P<part>{'|'.join(_PARTS)}))?(?!\S)",
        re.IGNORECASE,
    )


def _hours_of(part: str) -> Mapping[int, int]:
    return next(hours for words, hours in _PARTS.items() if re.fullmatch(words, part, re.IGNORECASE))
