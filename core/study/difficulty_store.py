"""Learners' first answers, question by question, and the questions that are asked no more."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Select, func, insert, select

from core.storage.database import Database
from core.storage.tables import attempts, set_aside
from core.study.difficulty import ELSEWHERE, ENOUGH, Difficulty, Observation, difficulty

log = structlog.get_logger()

EVERY = 10
"""A question is judged again after so many more learners."""

SAMPLE = 300
"""The newest learners of a question that are looked at while somebody waits for an answer."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A question that is asked no more, and why."""

    question: str
    reason: str
    at: datetime


class Difficulties:
    """Judges questions by the answers they got. Only a learner's first answer counts: later ones tell of memory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_aside(self) -> tuple[SetAside, ...]:
        """The questions that are asked no more, the newest first."""
        query = select(set_aside).order_by(set_aside.c.at.desc(), set_aside.c.question)
        async with self._database.read() as connection:
            return tuple(SetAside(row.question, row.reason, row.at) for row in await connection.execute(query))

    async def asked_no_more(self) -> frozenset[str]:
        """Their ids."""
        async with self._database.read() as connection:
            return frozenset((await connection.execute(select(set_aside.c.question))).scalars())

    async def reconsider(self, question: str, now: datetime, new: int = 1) -> bool:
        """After an answer: judge the question when it is time to, and set it aside if it misleads; whether it was.

        `new` answers may have come at once.
        """
        count = select(func.count(attempts.c.learner.distinct())).where(attempts.c.question == question)
        async with self._database.read() as connection:
            learners = (await connection.execute(count)).scalar_one()
        if learners < ENOUGH or learners // EVERY == (learners - new) // EVERY:
            return False
        newest = (
            select(attempts.c.learner)
            .where(attempts.c.question == question)
            .group_by(attempts.c.learner)
            .order_by(func.max(attempts.c.sheet).desc())
            .limit(SAMPLE)
        )
        judged = (await self._judged(newest)).get(question)
        if judged is None or not judged.misleads:
            return False
        return await self._put_aside(judged, now)

    async def all(self) -> tuple[Difficulty, ...]:
        """Every question that was ever answered, the worst discrimination first."""
        found = (await self._judged(select(attempts.c.learner))).values()
        return tuple(
            sorted(found, key=lambda each: (each.discrimination is None, each.discrimination or 0.0, each.question))
        )

    async def _judged(self, learners: Select[tuple[int]]) -> dict[str, Difficulty]:
        """The difficulties in the eyes of some learners."""
        first = (
            select(func.min(attempts.c.sheet))
            .where(attempts.c.learner.in_(learners))
            .group_by(attempts.c.learner, attempts.c.question)
        )
        query = select(attempts.c.learner, attempts.c.question, attempts.c.right).where(attempts.c.sheet.in_(first))
        answered: defaultdict[int, dict[str, bool]] = defaultdict(dict)
        async with self._database.read() as connection:
            for row in await connection.execute(query):
                answered[row.learner][row.question] = row.right
        seen: defaultdict[str, list[Observation]] = defaultdict(list)
        for answers in answered.values():
            right, others = sum(answers.values()), len(answers) - 1
            for question, hit in answers.items():
                if others >= ELSEWHERE:
                    seen[question].append(Observation(hit, (right - hit) / others))
        return {question: difficulty(question, observations) for question, observations in seen.items()}

    async def _put_aside(self, judged: Difficulty, now: datetime) -> bool:
        reason = (
            f"good learners miss it: discrimination {judged.discrimination:.2f} "
            f"in {judged.answers} first answers, {judged.share:.0%} right"
        )
        async with self._database.write() as connection:
            known = select(set_aside.c.question).where(set_aside.c.question == judged.question)
            if (await connection.execute(known)).one_or_none():
                return False
            await connection.execute(insert(set_aside).values(question=judged.question, reason=reason, at=now))
        log.warning("question_set_aside", question=judged.question, reason=reason)
        return True
