"""Queries of what was asked and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.bank.generators.family import PREFIX
from core.storage.database import Database
from core.storage.tables import attempts, memories, sheets
from core.study.memory import Memory


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question put before one learner in one chat: the options in the order shown, what is picked so far."""

    id: int
    learner: int
    chat: str
    question: str
    python: str
    shown: tuple[str, ...]
    picked: tuple[str, ...]
    asked_at: datetime
    answered_at: datetime | None
    right: bool | None
    helped: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of a learner: answers, and right ones among them."""

    date: date
    answers: int
    right: int


class StudyStore:
    """Sheets, attempts and memories of learners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
        self, learner: int, platform: str, chat: str, question: str, python: str, shown: Sequence[str], now: datetime
    ) -> Sheet:
        """A new sheet, in the database before anybody sees it."""
        async with self._database.write() as connection:
            row = await connection.execute(
                insert(sheets)
                .values(
                    learner=learner,
                    platform=platform,
                    chat=chat,
                    question=question,
                    python=python,
                    shown=list(shown),
                    picked=[],
                    asked_at=now,
                )
                .returning(sheets)
            )
            return _sheet(row.one())

    async def sheet(self, id: int) -> Sheet | None:
        """A sheet by its number."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(sheets).where(sheets.c.id == id))).one_or_none()
        return _sheet(row) if row else None

    async def pick(self, sheet: int, picked: Sequence[str]) -> bool:
        """Keep what is picked so far; False when the sheet was answered meanwhile."""
        async with self._database.write() as connection:
            changed = await connection.execute(
                update(sheets).where(sheets.c.id == sheet, sheets.c.answered_at.is_(None)).values(picked=list(picked))
            )
            return changed.rowcount == 1

    async def help(self, sheet: int) -> bool:
        """Note that the learner was helped; False when the sheet was answered before."""
        async with self._database.write() as connection:
            changed = await connection.execute(
                update(sheets).where(sheets.c.id == sheet, sheets.c.answered_at.is_(None)).values(helped=True)
            )
            return changed.rowcount == 1

    async def answer(
        self, sheet: Sheet, picked: Sequence[str], right: bool, memory: Memory, now: datetime, local_date: date
    ) -> bool:
        """Record an answer, once: False when the sheet had been answered before, and nothing changes."""
        async with self._database.write() as connection:
            changed = await connection.execute(
                update(sheets)
                .where(sheets.c.id == sheet.id, sheets.c.answered_at.is_(None))
                .values(picked=list(picked), right=right, answered_at=now)
            )
            if changed.rowcount != 1:
                return False
            await _keep_attempt(connection, sheet, right, now, local_date)
            await _keep_memory(connection, sheet.learner, memory)
            return True

    @staticmethod
    async def record(
        connection: AsyncConnection,
        learner: int,
        platform: str,
        chat: str,
        question: str,
        python: str,
        shown: Sequence[str],
        picked: Sequence[str],
        right: bool,
        memory: Memory,
        now: datetime,
        local_date: date,
    ) -> Sheet:
        """Record the answer to a question that was put elsewhere, on a transaction of the caller's."""
        row = await connection.execute(
            insert(sheets)
            .values(
                learner=learner,
                platform=platform,
                chat=chat,
                question=question,
                python=python,
                shown=list(shown),
                picked=list(picked),
                asked_at=now,
                answered_at=now,
                right=right,
            )
            .returning(sheets)
        )
        sheet = _sheet(row.one())
        await _keep_attempt(connection, sheet, right, now, local_date)
        await _keep_memory(connection, learner, memory)
        return sheet

    async def memories(self, learner: int) -> dict[str, Memory]:
        """What a learner was asked, by the item's key."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(memories).where(memories.c.learner == learner))
            return {row.question: _memory(row) for row in rows}

    async def memory(self, learner: int, item: str) -> Memory | None:
        """What is left of one item in a learner's head; None when it was never answered."""
        query = select(memories).where(memories.c.learner == learner, memories.c.question == item)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return _memory(row) if row else None

    async def recent(self, learner: int, count: int) -> tuple[str, ...]:
        """The ids of the questions asked last, newest first."""
        newest_first = (sheets.c.asked_at.desc(), sheets.c.id.desc())
        query = select(sheets.c.question).where(sheets.c.learner == learner).order_by(*newest_first).limit(count)
        async with self._database.read() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def generated(self, learner: int) -> frozenset[str]:
        """The ids of the generated questions that a learner was ever asked."""
        query = select(sheets.c.question).where(sheets.c.learner == learner, sheets.c.question.startswith(PREFIX))
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def days(self, learner: int) -> tuple[Day, ...]:
        """A learner's active days, newest first."""
        query = (
            select(
                attempts.c.local_date,
                func.count().label("answers"),
                func.count().filter(attempts.c.right).label("right"),
            )
            .where(attempts.c.learner == learner)
            .group_by(attempts.c.local_date)
            .order_by(attempts.c.local_date.desc())
        )
        async with self._database.read() as connection:
            return tuple(Day(row.local_date, row.answers, row.right) for row in await connection.execute(query))


async def _keep_attempt(
    connection: AsyncConnection, sheet: Sheet, right: bool, now: datetime, local_date: date
) -> None:
    await connection.execute(
        insert(attempts).values(
            sheet=sheet.id,
            learner=sheet.learner,
            question=sheet.question,
            right=right,
            at=now,
            local_date=local_date,
        )
    )


async def _keep_memory(connection: AsyncConnection, learner: int, memory: Memory) -> None:
    await connection.execute(
        delete(memories).where(memories.c.learner == learner, memories.c.question == memory.question)
    )
    await connection.execute(
        insert(memories).values(
            learner=learner, question=memory.question, card=memory.card, due=memory.due, right=memory.right
        )
    )


def _memory(row: Row[Any]) -> Memory:
    return Memory(row.question, row.card, row.due, row.right)


def _sheet(row: Row[Any]) -> Sheet:
    return Sheet(
        row.id,
        row.learner,
        row.chat,
        row.question,
        row.python,
        tuple(row.shown),
        tuple(row.picked),
        row.asked_at,
        row.answered_at,
        row.right,
        row.helped,
    )


record = StudyStore.record
