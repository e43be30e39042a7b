"""What a learner knows, and how steadily they learn. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.study.mastery import Cell

CALENDAR = 366
"""Days of which the answers are counted: a year, even a leap one."""

FORECAST = 14
"""Days ahead, today among them, of which the reviews are counted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything `/progress` shows.

    `due` questions wait to be asked again; a streak counts days with an answer. `cells` come in the order of the
    curriculum. `calendar` counts answers by local date, `forecast` the reviews due today, overdue ones among them, and
    on each of the thirteen local days to follow. `paused_until` is the first day after a pause that holds today.
    """

    today: int
    today_right: int
    due: int
    streak: int
    cells: tuple[Cell, ...] = ()
    calendar: Mapping[date, int] = field(default_factory=dict)
    forecast: tuple[int, ...] = ()
    paused_until: date | None = None


def forecast(due: Iterable[date], today: date) -> tuple[int, ...]:
    """How many of these local dates fall on today or before, and on each of the days to follow."""
    counted = Counter(max((day - today).days, 0) for day in due)
    return tuple(counted[day] for day in range(FORECAST))


def calendar(answers: Mapping[date, int], today: date) -> Mapping[date, int]:
    """The days of the last year and how much was answered on each."""
    first = today - timedelta(days=CALENDAR - 1)
    return {day: count for day, count in answers.items() if day >= first}
