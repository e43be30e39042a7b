"""What a pause does to the reviews that fall due in it: they come back spread over the days after it. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from core.study.streak import DAY

DAILY = 10
"""Reviews a day, those planned for it anyway among them, up to which a backlog is added."""


def spread(due: Mapping[str, date], since: date, until: date) -> dict[str, date]:
    """New local dates, from `until` on, for the items due from `since` up to the day before `until`; the oldest first.

    A day gets no more than it has room for besides what is due on it anyway.
    """
    waiting = sorted((day, item) for item, day in due.items() if since <= day < until)
    taken = Counter(day for day in due.values() if day >= until)
    moved, free = dict[str, date](), until
    for _, item in waiting:
        while taken[free] >= DAILY:
            free += DAY
        moved[item] = free
        taken[free] += 1
    return moved
