"""Deliveries: each claimed by one worker before it is sent, and recorded after.

The key is (platform, chat, topic, slot, local date), so that a second process, a clock that steps and a restart meet
the row of the first. A claim is a lease: where its worker died between the platform's accept and our record, the lease
runs out and the delivery is sent again, with the same nonce.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery.breaks import Break, breaks_around, calm_at
from core.delivery.schedules import Schedule, read_schedule
from core.delivery.timetable import Occurrence, due, following, is_within
from core.storage.database import Database
from core.storage.tables import deliveries, schedules

LEASE = timedelta(seconds=60)
"""How long a claim holds without being renewed."""
ON_TIME = timedelta(minutes=15)
"""Up to so late a delivery counts as on time: quiet hours do not hold it back."""
SOON = timedelta(hours=3)
"""What is later than this waits for the next moment where that comes as soon, and is told of there."""
KEPT = timedelta(days=60)
"""How long ended deliveries are kept."""


class Outcome(StrEnum):
    """How a delivery ended."""

    SENT = "sent"
    GONE = "gone"
    """The chat cannot be written to any more."""
    FORBIDDEN = "forbidden"
    """The tutor lacks the right to write there."""
    FAILED = "failed"
    """The platform refused it, and would refuse it again."""
    LATER = "later"
    """The platform could not be reached or asked for patience: to be tried again."""
    NOTHING = "nothing"
    """There was nothing to say."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One claimed delivery. `missed` moments before it were skipped; `attempt` counts from 1."""

    schedule: Schedule
    day: date
    due: datetime
    missed: int
    attempt: int

    @property
    def key(self) -> tuple[str, str, str, str, date]:
        """What makes a delivery unique."""
        address = self.schedule.address
        return address.platform, address.chat, address.topic, self.schedule.slot, self.day

    @property
    def nonce(self) -> str:
        """The same short word for every attempt, for platforms that drop what they have seen."""
        return blake2b("\n".join(map(str, self.key)).encode(), digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a parcel: `message` is the platform's id of it, `pause` the patience that was asked for."""

    parcel: Parcel
    outcome: Outcome
    message: str | None = None
    pause: timedelta | None = None


class Claims:
    """Takes what is due for one worker, whose name is unique among processes."""

    def __init__(self, database: Database, worker: str, lease: timedelta = LEASE) -> None:
        self._database = database
        self._worker = worker
        self._lease = lease
        dialect = sqlite if database.embedded else postgresql
        self._insert = dialect.insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.schedule)

    async def claim(self, platform: str, now: datetime, limit: int) -> tuple[Parcel, ...]:
        """Up to `limit` parcels: those whose worker fell silent first, then those of schedules that are due."""
        if not await self._anything(platform, now):
            return ()
        async with self._database.write() as connection:
            again = await self._take_over(connection, platform, now, limit)
            return (*again, *await self._take_due(connection, platform, now, limit - len(again)))

    async def _anything(self, platform: str, now: datetime) -> bool:
        """A look that keeps no writer waiting."""
        ready = select(schedules.c.id).where(schedules.c.platform == platform, schedules.c.next_due <= now).limit(1)
        silent = select(deliveries.c.lease).where(deliveries.c.platform == platform, deliveries.c.lease <= now).limit(1)
        async with self._database.read() as connection:
            return bool((await connection.execute(ready)).first() or (await connection.execute(silent)).first())

    async def _take_over(
        self, connection: AsyncConnection, platform: str, now: datetime, limit: int
    ) -> tuple[Parcel, ...]:
        silent = (
            select(schedules, *(deliveries.c[name].label(f"delivery_{name}") for name in _OF_DELIVERY))
            .join(deliveries, deliveries.c.schedule == schedules.c.id)
            .where(deliveries.c.platform == platform, deliveries.c.lease <= now, deliveries.c.outcome.is_(None))
            .order_by(deliveries.c.lease)
            .limit(limit)
        )
        if not self._database.embedded:
            silent = silent.with_for_update(of=deliveries, skip_locked=True)
        parcels = [
            Parcel(
                read_schedule(row),
                row.delivery_local_date,
                row.delivery_due,
                row.delivery_missed,
                row.delivery_attempts + 1,
            )
            for row in (await connection.execute(silent)).all()
        ]
        parcels = await _still_wanted(connection, parcels, now)
        if parcels:
            mine = _OPEN.values(lease=now + self._lease, claimed_by=self._worker, attempts=deliveries.c.attempts + 1)
            await connection.execute(mine, [_named(parcel) for parcel in parcels])
        return tuple(parcels)

    async def _take_due(
        self, connection: AsyncConnection, platform: str, now: datetime, limit: int
    ) -> tuple[Parcel, ...]:
        if limit <= 0:
            return ()
        ready = (
            select(schedules)
            .where(schedules.c.platform == platform, schedules.c.next_due <= now)
            .order_by(schedules.c.next_due)
            .limit(limit)
        )
        found = [read_schedule(row) for row in (await connection.execute(ready)).all()]
        if not found:
            return ()
        breaks = await breaks_around(connection, [(each, each.next_date) for each in found if each.next_date])
        parcels: dict[int, Parcel] = {}
        moves: list[dict[str, Any]] = []
        for schedule in found:
            step = _step(schedule, now, breaks.of(schedule))
            moves.append(step.move)
            if step.parcel:
                parcels[schedule.id] = step.parcel
        new: set[int] = set()
        if parcels:
            rows = [self._row(parcel, now) for parcel in parcels.values()]
            new = set((await connection.execute(self._insert, rows)).scalars())
        await connection.execute(_MOVE, moves)
        return tuple(parcel for id, parcel in parcels.items() if id in new)

    def _row(self, parcel: Parcel, now: datetime) -> dict[str, Any]:
        platform, chat, topic, slot, day = parcel.key
        return {
            "platform": platform,
            "chat": chat,
            "topic": topic,
            "slot": slot,
            "local_date": day,
            "schedule": parcel.schedule.id,
            "due": parcel.due,
            "missed": parcel.missed,
            "lease": now + self._lease,
            "claimed_by": self._worker,
            "attempts": 1,
        }

    async def record(self, ended: Sequence[Ended], now: datetime) -> None:
        """Keep what became of parcels. What is to be tried later becomes free to be claimed at its moment."""
        over = [_over(each) for each in ended if each.outcome is not Outcome.LATER]
        later = [
            {**_named(each.parcel), "new_lease": now + (each.pause or self._lease)}
            for each in ended
            if each.outcome is Outcome.LATER
        ]
        async with self._database.write() as connection:
            if over:
                await connection.execute(_END.values(ended_at=now), over)
            if later:
                await connection.execute(_PUT_OFF, later)

    async def renew(self, held: Iterable[Parcel], now: datetime) -> None:
        """Hold claims longer, for parcels that still wait for their turn."""
        keys = [_named(parcel) for parcel in held]
        if keys:
            async with self._database.write() as connection:
                await connection.execute(_OPEN.values(lease=now + self._lease), keys)

    async def next_moment(self, platform: str) -> datetime | None:
        """When something is due next; None where nothing is."""
        earliest = (
            select(schedules.c.next_due)
            .where(schedules.c.platform == platform, schedules.c.next_due.is_not(None))
            .order_by(schedules.c.next_due)
            .limit(1)
        )
        async with self._database.read() as connection:
            return (await connection.execute(earliest)).scalar_one_or_none()

    async def tidy(self, now: datetime) -> None:
        """Drop what ended long ago."""
        async with self._database.write() as connection:
            await connection.execute(delete(deliveries).where(deliveries.c.ended_at < now - KEPT))


@dataclass(frozen=True, slots=True)
class _Step:
    """What to do with a due schedule: the parcel to send, if any, and the schedule's next moment."""

    parcel: Parcel | None
    move: dict[str, Any]


def _step(schedule: Schedule, now: datetime, breaks: Sequence[Break]) -> _Step:
    timetable = schedule.order.timetable
    assert schedule.next_date is not None
    assert schedule.next_due is not None
    ready = due(timetable, schedule.next_date, now, breaks)
    day = ready.occurrence.date
    after = following(timetable, now, day)
    late = min(ready.late, now - schedule.next_due)
    if late > ON_TIME:
        calm = calm_at(schedule, now)
        if calm > now or late > SOON:
            wait = after.at if after.at <= calm + SOON else calm
            if wait > now:
                return _Step(None, _moved(schedule, Occurrence(schedule.next_date, wait), schedule.last_date))
    if is_within(breaks, day):
        return _Step(None, _moved(schedule, after, schedule.last_date))
    parcel = Parcel(schedule, day, ready.occurrence.at, ready.missed, 1)
    return _Step(parcel, _moved(schedule, after, day))


def _moved(schedule: Schedule, next_one: Occurrence, last: date | None) -> dict[str, Any]:
    return {"of": schedule.id, "next_due": next_one.at, "next_date": next_one.date, "last_date": last}


async def _still_wanted(connection: AsyncConnection, parcels: Sequence[Parcel], now: datetime) -> list[Parcel]:
    """Those to be tried again now. What is late waits until it is not quiet; what nobody waits for any more ends."""
    breaks = await breaks_around(connection, [(parcel.schedule, parcel.day) for parcel in parcels])
    wanted: list[Parcel] = []
    for parcel in parcels:
        schedule, calm = parcel.schedule, calm_at(parcel.schedule, now)
        if schedule.next_due is None or breaks.cover(schedule, parcel.day):
            await connection.execute(_END.values(ended_at=now), _over(Ended(parcel, Outcome.NOTHING)))
        elif now - parcel.due > ON_TIME and calm > now:
            await connection.execute(_PUT_OFF, {**_named(parcel), "new_lease": calm})
        else:
            wanted.append(parcel)
    return wanted


def _named(parcel: Parcel) -> dict[str, Any]:
    return {"of_schedule": parcel.schedule.id, "of_date": parcel.day}


def _over(ended: Ended) -> dict[str, Any]:
    return {**_named(ended.parcel), "new_outcome": ended.outcome.value, "new_message": ended.message}


_OF_DELIVERY = ("local_date", "due", "missed", "attempts")
# By its schedule, for a chat may have moved to another id since.
_THIS = update(deliveries).where(
    deliveries.c.schedule == bindparam("of_schedule"), deliveries.c.local_date == bindparam("of_date")
)
_OPEN = _THIS.where(deliveries.c.outcome.is_(None))
_PUT_OFF = _OPEN.values(lease=bindparam("new_lease"))
_END = _THIS.values(outcome=bindparam("new_outcome"), message=bindparam("new_message"), lease=None)
_MOVE = (
    update(schedules)
    .where(schedules.c.id == bindparam("of"))
    .values(next_due=bindparam("next_due"), next_date=bindparam("next_date"), last_date=bindparam("last_date"))
)
