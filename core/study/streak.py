"""How steadily a learner learns: days with an answer, with a grace day a week and sleep during a pause. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7
"""Any so many days in a row may hold one missed day."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Local dates on which nothing is sent and the streak sleeps; `until` is the first day after them."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.since <= day < self.until


def streak(days: Collection[date], today: date, pauses: Iterable[Pause] = ()) -> int:
    """Local dates with an answer, counted back from today until two days are missed within a week.

    A missed day is a local date before today, outside every pause, without an answer. Days of a pause neither count nor
    break, except its first one, which counts when something was answered on it. A date that comes twice (flying west)
    counts once, one that never comes (flying east over the date line) is a missed day, and dates ahead of today's
    count, for they were local dates somewhere.
    """
    active = set(days)
    if not active:
        return 0
    resting = tuple(pauses)
    length, missed = 0, date.max
    day, first = max(today, *active), min(active)
    while day >= first:
        if any(pause.covers(day) and not (day == pause.since and day in active) for pause in resting):
            pass
        elif day in active:
            length += 1
        elif day < today:
            if (missed - day).days < WEEK:
                break
            missed = day
        day -= DAY
    return length
