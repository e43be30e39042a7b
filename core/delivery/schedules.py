"""Who wants to be written to, and when: one schedule for a chat, its topic, and a slot such as `daily`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update

from core.delivery.timetable import Occurrence, Timetable, days_mask, days_of, following
from core.delivery.zones import zone_of
from core.storage.database import Database
from core.storage.tables import schedules

DAILY = "daily"
"""The slot of the daily question."""
QUIZ = "quiz"
"""The slot of a group's league."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: the platform's chat, and its forum topic, empty for none."""

    platform: str
    chat: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asked for. A private chat's belongs to its `learner`, a group's to nobody.

    `set_by` is the learner who asked; `quiet` the hours in which nothing is sent late.
    """

    timetable: Timetable
    language: str
    level: int
    python: str
    quiet: str
    learner: int | None = None
    set_by: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """An order on record. Without `next_due` it sleeps: switched off, or the chat cannot be reached."""

    id: int
    address: Address
    slot: str
    order: Order
    next_due: datetime | None
    next_date: date | None
    last_date: date | None


class Schedules:
    """Keeps the schedules; a delivery's moments are always computed from the local time of its zone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[Callable[[], None]] = []

    def listen(self, changed: Callable[[], None]) -> None:
        """Call this whenever a schedule is set or hastened."""
        self._listeners.append(changed)

    def unlisten(self, changed: Callable[[], None]) -> None:
        """Call it no longer."""
        self._listeners.remove(changed)

    def announce(self) -> None:
        """Let those who listen look at the schedules again."""
        for changed in self._listeners:
            changed()

    async def put(self, address: Address, slot: str, order: Order, now: datetime) -> Schedule:
        """Set or change a schedule; a local date that was served already is not served again."""
        async with self._database.write() as connection:
            known = (await connection.execute(select(schedules).where(_at(address, slot)))).one_or_none()
            next_one = following(order.timetable, now, known.last_date if known else None)
            values = {**_values(order), **_next(next_one), "changed_at": now}
            place = {"platform": address.platform, "chat": address.chat, "topic": address.topic, "slot": slot}
            changed = update(schedules).where(_at(address, slot)).values(values).returning(schedules)
            made = insert(schedules).values({**place, **values}).returning(schedules)
            kept = read_schedule((await connection.execute(changed if known else made)).one())
        self.announce()
        return kept

    async def hasten(self, schedule: Schedule, now: datetime) -> bool:
        """Let today's delivery go out at once; False when today had its own."""
        today = now.astimezone(zone_of(schedule.order.timetable.zone)).date()
        async with self._database.write() as connection:
            hastened = await connection.execute(
                update(schedules)
                .where(
                    schedules.c.id == schedule.id,
                    or_(schedules.c.last_date.is_(None), schedules.c.last_date < today),
                )
                .values(next_due=now, next_date=today)
            )
        self.announce()
        return hastened.rowcount > 0

    async def find(self, address: Address, slot: str) -> Schedule | None:
        """The schedule of an address; None when it never had one."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(schedules).where(_at(address, slot)))).one_or_none()
        return read_schedule(row) if row else None

    async def stop(self, address: Address, slot: str, now: datetime) -> bool:
        """Switch a schedule off, keeping when it last went out; False when there was none on."""
        async with self._database.write() as connection:
            stopped = await connection.execute(
                update(schedules)
                .where(_at(address, slot), schedules.c.next_date.is_not(None))
                .values(next_due=None, next_date=None, changed_at=now)
            )
            return stopped.rowcount > 0

    async def sleep(self, platform: str, chat: str, topic: str | None = None) -> tuple[Schedule, ...]:
        """Let the schedules of a chat, or of one topic of it, sleep because nothing arrives there; which slept."""
        where = [*_in_chat(platform, chat), schedules.c.next_due.is_not(None)]
        if topic is not None:
            where.append(schedules.c.topic == topic)
        async with self._database.write() as connection:
            slept = await connection.execute(update(schedules).where(*where).values(next_due=None).returning(schedules))
            return tuple(map(read_schedule, slept.all()))

    async def wake(self, platform: str, chat: str, now: datetime) -> None:
        """Go on with the schedules of a chat that can be reached again, from their next moment after `now`."""
        asleep = select(schedules).where(
            *_in_chat(platform, chat), schedules.c.next_due.is_(None), schedules.c.next_date.is_not(None)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(asleep)).all()
        if not rows:
            return
        async with self._database.write() as connection:
            for schedule in map(read_schedule, rows):
                next_one = following(schedule.order.timetable, now, schedule.last_date)
                await connection.execute(update(schedules).where(schedules.c.id == schedule.id).values(_next(next_one)))
        self.announce()

    async def rezone(self, learner: int, zone: str, now: datetime) -> None:
        """Move a learner's own schedules to another zone: the same wall time there."""
        mine = select(schedules).where(schedules.c.learner == learner, schedules.c.zone != zone)
        async with self._database.read() as connection:
            rows = (await connection.execute(mine)).all()
        if not rows:
            return
        async with self._database.write() as connection:
            for schedule in map(read_schedule, rows):
                timetable = Timetable(schedule.order.timetable.minute, schedule.order.timetable.days, zone)
                values: dict[str, Any] = {"zone": zone, "changed_at": now}
                if schedule.next_due is not None:
                    values |= _next(following(timetable, now, schedule.last_date))
                await connection.execute(update(schedules).where(schedules.c.id == schedule.id).values(values))
        self.announce()

    async def hush(self, learner: int, quiet: str, now: datetime) -> None:
        """Give a learner's own schedules other quiet hours."""
        async with self._database.write() as connection:
            await connection.execute(
                update(schedules).where(schedules.c.learner == learner).values(quiet=quiet, changed_at=now)
            )


def read_schedule(row: Row[Any]) -> Schedule:
    """A schedule from its row."""
    return Schedule(
        row.id,
        Address(row.platform, row.chat, row.topic),
        row.slot,
        Order(
            Timetable(row.minute, days_of(row.days), row.zone),
            row.language,
            row.level,
            row.python,
            row.quiet,
            row.learner,
            row.set_by,
        ),
        row.next_due,
        row.next_date,
        row.last_date,
    )


def _values(order: Order) -> dict[str, Any]:
    return {
        "learner": order.learner,
        "set_by": order.set_by,
        "language": order.language,
        "level": order.level,
        "python": order.python,
        "minute": order.timetable.minute,
        "days": days_mask(order.timetable.days),
        "zone": order.timetable.zone,
        "quiet": order.quiet,
    }


def _next(occurrence: Occurrence) -> dict[str, Any]:
    return {"next_due": occurrence.at, "next_date": occurrence.date}


def _in_chat(platform: str, chat: str) -> tuple[ColumnElement[bool], ...]:
    return schedules.c.platform == platform, schedules.c.chat == chat


def _at(address: Address, slot: str) -> ColumnElement[bool]:
    return (
        (schedules.c.platform == address.platform)
        & (schedules.c.chat == address.chat)
        & (schedules.c.topic == address.topic)
        & (schedules.c.slot == slot)
    )
