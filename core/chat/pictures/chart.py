"""What the picture of `/progress` shows, as plain data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Square:
    """A competency at a level: mastery from 0 to 1, whether anything was asked yet, whether it counts as mastered."""

    mastery: float
    touched: bool
    mastered: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A competency and its squares from the first level up; None where there is nothing to ask."""

    name: str
    squares: tuple[Square | None, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is written in the picture; months from January on, weekdays from Monday on."""

    matrix: str
    calendar: str
    forecast: str
    levels: tuple[str, ...]
    untouched: str
    touched: str
    mastered: str
    less: str
    more: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn.

    `days` counts the answers of days that had any; `forecast` the reviews of days from `today` on, overdue ones
    among today's.
    """

    rows: tuple[Row, ...]
    days: tuple[tuple[date, int], ...]
    today: date
    forecast: tuple[int, ...]
    words: Words
