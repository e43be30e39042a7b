"""Pauses of learners, and the reviews that wait for their end."""

from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery.zones import zone_of
from core.storage.database import Database
from core.storage.tables import memories, pauses
from core.study.learner import Learner
from core.study.memory import Memory
from core.study.pausing import spread
from core.study.streak import Pause


class Pauses:
    """Pauses of learners. A pause moves only `due` of a memory: its card keeps the date the algorithm wants."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, learner: int) -> tuple[Pause, ...]:
        """All of a learner's pauses, the oldest first."""
        query = select(pauses.c.since, pauses.c.until).where(pauses.c.learner == learner).order_by(pauses.c.since)
        async with self._database.read() as connection:
            return tuple(Pause(row.since, row.until) for row in await connection.execute(query))

    async def paused_until(self, learner: int, today: date) -> date | None:
        """The first local date after the pause that holds today; None when there is none."""
        async with self._database.read() as connection:
            pause = await _current(connection, learner, today)
        return pause.until if pause else None

    async def begin(self, learner: Learner, today: date, until: date) -> None:
        """Pause from today, or go on pausing, up to the day before `until`; what falls due meanwhile waits."""
        async with self._database.write() as connection:
            current = await _current(connection, learner.id, today)
            if current:
                await _move_end(connection, learner.id, current, until)
            else:
                await connection.execute(insert(pauses).values(learner=learner.id, since=today, until=until))
            await _reschedule(connection, learner, date.min, until)

    async def end(self, learner: Learner, today: date) -> bool:
        """End the pause today; False when there is none.

        One that began today leaves no trace. After a longer one, what fell due by now is spread from today on.
        """
        async with self._database.write() as connection:
            current = await _current(connection, learner.id, today)
            if current is None:
                return False
            if current.since == today:
                await connection.execute(delete(pauses).where(*_key(learner.id, current)))
                await _reschedule(connection, learner, today, today)
            else:
                await _move_end(connection, learner.id, current, today)
                await _reschedule(connection, learner, date.min, today)
            return True


async def _current(connection: AsyncConnection, learner: int, today: date) -> Pause | None:
    query = select(pauses.c.since, pauses.c.until).where(
        pauses.c.learner == learner, pauses.c.since <= today, pauses.c.until > today
    )
    row = (await connection.execute(query.order_by(pauses.c.until.desc()).limit(1))).one_or_none()
    return Pause(row.since, row.until) if row else None


async def _move_end(connection: AsyncConnection, learner: int, pause: Pause, until: date) -> None:
    await connection.execute(update(pauses).where(*_key(learner, pause)).values(until=until))


def _key(learner: int, pause: Pause) -> tuple[ColumnElement[bool], ...]:
    return pauses.c.learner == learner, pauses.c.since == pause.since


async def _reschedule(connection: AsyncConnection, learner: Learner, since: date, until: date) -> None:
    """Every review when the algorithm wants it, except those due from `since` up to `until`: they are spread after."""
    rows = await connection.execute(select(memories).where(memories.c.learner == learner.id))
    kept = [Memory(row.question, row.card, row.due, row.right) for row in rows]
    wanted = {memory.question: memory.scheduled for memory in kept}
    moved = spread({item: learner.local(due).date() for item, due in wanted.items()}, since, until)
    due = wanted | {item: _morning(learner, day) for item, day in moved.items()}
    changed = [
        {"item": memory.question, "new": due[memory.question]} for memory in kept if memory.due != due[memory.question]
    ]
    if changed:
        await connection.execute(
            update(memories)
            .where(memories.c.learner == learner.id, memories.c.question == bindparam("item"))
            .values(due=bindparam("new")),
            changed,
        )


def _morning(learner: Learner, day: date) -> datetime:
    """When a local date begins."""
    return datetime.combine(day, time.min, zone_of(learner.zone)).astimezone(UTC)
