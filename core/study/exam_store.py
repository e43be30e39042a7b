"""Queries of mock interviews."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.database import Database
from core.storage.tables import exam_questions, exams, learners
from core.study.exam import Exam, Item
from core.study.memory import Memory
from core.study.store import record


class ExamStore:
    """Exams and their questions. Every change asks first whether the exam still runs, in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(
        self,
        learner: int,
        platform: str,
        chat: str,
        level: int,
        python: str,
        items: Sequence[Item],
        started_at: datetime,
        deadline: datetime,
    ) -> Exam:
        """A new exam with its questions; the running one where the learner has one already."""
        async with self._database.write() as connection:
            await connection.execute(select(learners.c.id).where(learners.c.id == learner).with_for_update())
            running = (await connection.execute(_running(learner))).one_or_none()
            if running:
                return _exam(running)
            made = await connection.execute(
                insert(exams)
                .values(
                    learner=learner,
                    platform=platform,
                    chat=chat,
                    level=level,
                    python=python,
                    started_at=started_at,
                    deadline=deadline,
                )
                .returning(exams)
            )
            exam = _exam(made.one())
            rows = [_row(exam, item) for item in items]
            await connection.execute(insert(exam_questions), rows)
            return exam

    async def running(self, learner: int) -> Exam | None:
        """The exam that a learner has not ended."""
        async with self._database.read() as connection:
            row = (await connection.execute(_running(learner))).one_or_none()
        return _exam(row) if row else None

    async def exam(self, id: int) -> Exam | None:
        """An exam by its number."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(exams).where(exams.c.id == id))).one_or_none()
        return _exam(row) if row else None

    async def items(self, exam: int) -> tuple[Item, ...]:
        """The questions of an exam in their order."""
        query = select(exam_questions).where(exam_questions.c.exam == exam).order_by(exam_questions.c.place)
        async with self._database.read() as connection:
            return tuple(_item(row) for row in await connection.execute(query))

    async def tick(self, exam: Exam, place: int, key: str, untick: bool) -> tuple[str, ...] | None:
        """Add a pick, or take it back where that is allowed; what is picked now, None when it is too late."""
        async with self._database.write() as connection:
            if not await _is_open(connection, exam.id, place):
                return None
            where = exam_questions.c.exam == exam.id, exam_questions.c.place == place
            kept = (await connection.execute(select(exam_questions.c.picked).where(*where))).scalar_one()
            picked = [each for each in kept if each != key or not untick]
            if key not in kept:
                picked.append(key)
            await connection.execute(update(exam_questions).where(*where).values(picked=picked))
            return tuple(picked)

    async def answer(
        self,
        exam: Exam,
        item: Item,
        picked: Sequence[str],
        credit: float,
        right: bool,
        memory: Memory,
        now: datetime,
        local_date: date,
    ) -> bool:
        """Take an answer, once, and remember it like any other: False when it came too late, and nothing changes."""
        async with self._database.write() as connection:
            if not await _is_open(connection, exam.id, item.place):
                return False
            await connection.execute(
                update(exam_questions)
                .where(exam_questions.c.exam == exam.id, exam_questions.c.place == item.place)
                .values(picked=list(picked), credit=credit, answered_at=now)
            )
            await record(
                connection,
                exam.learner,
                exam.platform,
                exam.chat,
                item.question,
                exam.python,
                item.shown,
                picked,
                right,
                memory,
                now,
                local_date,
            )
            return True

    async def end(self, exam: Exam, passed: bool, ended_at: datetime, raised_to: int | None) -> bool:
        """End an exam, once, and raise the learner to a level if there is one: False when it had ended before."""
        async with self._database.write() as connection:
            ended = await connection.execute(
                update(exams)
                .where(exams.c.id == exam.id, exams.c.ended_at.is_(None))
                .values(ended_at=ended_at, passed=passed)
            )
            if ended.rowcount != 1:
                return False
            if raised_to is not None:
                learner = update(learners).where(learners.c.id == exam.learner)
                await connection.execute(learner.values(level=raised_to))
            return True


async def _is_open(connection: AsyncConnection, exam: int, place: int) -> bool:
    """Whether the question still waits for its answer; nobody else can change that before the transaction ends."""
    runs = select(exams.c.id).where(exams.c.id == exam, exams.c.ended_at.is_(None)).with_for_update()
    waits = select(exam_questions.c.place).where(
        exam_questions.c.exam == exam, exam_questions.c.place == place, exam_questions.c.credit.is_(None)
    )
    return all([(await connection.execute(query)).one_or_none() is not None for query in (runs, waits)])


def _running(learner: int) -> Select[Any]:
    return select(exams).where(exams.c.learner == learner, exams.c.ended_at.is_(None)).limit(1)


def _exam(row: Row[Any]) -> Exam:
    return Exam(
        row.id,
        row.learner,
        row.platform,
        row.chat,
        row.level,
        row.python,
        row.started_at,
        row.deadline,
        row.ended_at,
        row.passed,
    )


def _row(exam: Exam, item: Item) -> dict[str, Any]:
    return {
        "exam": exam.id,
        "place": item.place,
        "question": item.question,
        "shown": list(item.shown),
        "picked": list(item.picked),
    }


def _item(row: Row[Any]) -> Item:
    return Item(row.place, row.question, tuple(row.shown), tuple(row.picked), row.credit)
