"""«This answer is wrong»: kept with the question, the version and the learner's words, for the author to check."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from core.storage.database import Database
from core.storage.storable import storable
from core.storage.tables import reports
from core.study.evidence import Evidence

LONGEST_REPORT = 2000
"""Characters of a report that are kept."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `subject` is a question's id, or empty for a general remark; `snippet` a program in the words.

    `snippet_output` says on which Python the program ran, how it ended and what it printed.
    """

    id: int
    subject: str
    python: str
    words: str
    at: datetime
    snippet: str | None = None
    snippet_output: str | None = None


class Reports:
    """Learners' reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, learner: int, subject: str, python: str, words: str, now: datetime, evidence: Evidence | None = None
    ) -> int:
        """Keep a report, with its program and what came of it; its number."""
        clean = storable(words[:LONGEST_REPORT]).strip()
        snippet = storable(evidence.snippet) if evidence else None
        output = storable(evidence.output) if evidence and evidence.output is not None else None
        async with self._database.write() as connection:
            made = await connection.execute(
                insert(reports)
                .values(
                    learner=learner,
                    subject=subject,
                    python=python,
                    words=clean,
                    at=now,
                    snippet=snippet,
                    snippet_output=output,
                )
                .returning(reports.c.id)
            )
            return int(made.scalar_one())

    async def newest(self, count: int) -> tuple[Report, ...]:
        """The newest reports, for the operator."""
        query = select(reports).order_by(reports.c.id.desc()).limit(count)
        async with self._database.read() as connection:
            return tuple(
                Report(row.id, row.subject, row.python, row.words, row.at, row.snippet, row.snippet_output)
                for row in await connection.execute(query)
            )
