"""«This answer is wrong»: kept with the question, the version and the learner's words, for the author to check."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from core.storage.database import Database
from core.storage.storable import storable
from core.storage.tables import reports

LONGEST_REPORT = 2000
"""Characters of a report that are kept."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `subject` is a question's id, or empty for a general remark."""

    id: int
    subject: str
    python: str
    words: str
    at: datetime


class Reports:
    """Learners' reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, learner: int, subject: str, python: str, words: str, now: datetime) -> int:
        """Keep a report; its number."""
        clean = storable(words[:LONGEST_REPORT]).strip()
        async with self._database.write() as connection:
            made = await connection.execute(
                insert(reports)
                .values(learner=learner, subject=subject, python=python, words=clean, at=now)
                .returning(reports.c.id)
            )
            return int(made.scalar_one())

    async def newest(self, count: int) -> tuple[Report, ...]:
        """The newest reports, for the operator."""
        query = select(reports).order_by(reports.c.id.desc()).limit(count)
        async with self._database.read() as connection:
            return tuple(
                Report(row.id, row.subject, row.python, row.words, row.at) for row in await connection.execute(query)
            )
