"""What holds a delivery back: its learner's pauses, and quiet hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery.schedules import Schedule
from core.delivery.timetable import is_within, quiet_until
from core.storage.tables import pauses

Break = tuple[date, date]
"""From the first date to the one before the second."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """The pauses of some learners."""

    by_learner: Mapping[int, Sequence[Break]]

    def of(self, schedule: Schedule) -> Sequence[Break]:
        """Those that a schedule's owner takes; a group takes none."""
        return self.by_learner.get(schedule.order.learner or 0, ())

    def cover(self, schedule: Schedule, day: date) -> bool:
        """Whether its owner takes a break on that date."""
        return is_within(self.of(schedule), day)


async def breaks_around(connection: AsyncConnection, days: Sequence[tuple[Schedule, date]]) -> Breaks:
    """The pauses of the schedules' owners that were not over by the first of these dates."""
    owners = {schedule.order.learner for schedule, _ in days if schedule.order.learner is not None}
    if not owners:
        return Breaks({})
    first = min(day for _, day in days)
    rows = await connection.execute(select(pauses).where(pauses.c.learner.in_(owners), pauses.c.until > first))
    found: dict[int, tuple[Break, ...]] = {}
    for row in rows:
        found[row.learner] = (*found.get(row.learner, ()), (row.since, row.until))
    return Breaks(found)


def calm_at(schedule: Schedule, now: datetime) -> datetime:
    """When a schedule's quiet hours end; `now` when it is not quiet."""
    return quiet_until(schedule.order.quiet, schedule.order.timetable.zone, now) or now
