"""The learners the tutor knows: met once, found by any of their accounts, forgotten on request."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Row, delete, insert, select, update

from core.bank.wording import Language
from core.storage.database import Database
from core.storage.gathering import Gathering
from core.storage.tables import accounts, exam_questions, exams, learners, metadata
from core.study.learner import DEFAULT_LEVEL, DEFAULT_PYTHON, DEFAULT_ZONE, Learner, language_of

REMEMBERED = 10_000
"""Learners kept in memory; a few hundred bytes each."""
TOGETHER = 1_000
"""Learners looked up in one query at most."""


class Learners:
    """Finds and keeps learners. An account is a (platform, person) pair; nothing else knows platforms' ids.

    Those who wrote lately are remembered where this process alone writes (`database.embedded`): every request begins
    with a look at who sent it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered = self._nobody()
        self._finding = Gathering(self._find, TOGETHER)

    def _nobody(self) -> LRUCache[tuple[str, str], Learner]:
        """A new, empty memory, taken up after each change: what is being read meanwhile goes into the old one."""
        return LRUCache(REMEMBERED if self._database.embedded else 0)

    async def find(self, platform: str, person: str) -> Learner | None:
        """The learner behind an account."""
        remembered = self._remembered
        if (platform, person) in remembered:
            return remembered[platform, person]
        found = await self._finding.put((platform, person))
        if found and remembered.maxsize:
            remembered[platform, person] = found
        return found

    async def _find(self, wanted: Sequence[tuple[str, str]]) -> Sequence[Learner | None]:
        """A crowd that writes at the same moment is looked up together."""
        query = (
            select(learners, accounts.c.platform, accounts.c.person)
            .join(accounts, accounts.c.learner == learners.c.id)
            .where(
                accounts.c.platform.in_({platform for platform, _ in wanted}),
                accounts.c.person.in_({person for _, person in wanted}),
            )
        )
        async with self._database.read() as connection:
            found = {(row.platform, row.person): learner_of(row) for row in await connection.execute(query)}
        return [found.get(each) for each in wanted]

    async def of_ids(self, ids: Collection[int]) -> dict[int, Learner]:
        """Learners by their numbers; those who were forgotten are missing."""
        if not ids:
            return {}
        async with self._database.read() as connection:
            rows = await connection.execute(select(learners).where(learners.c.id.in_(ids)))
            return {row.id: learner_of(row) for row in rows}

    async def person(self, learner: int, platform: str) -> str | None:
        """What a platform calls a learner; None where they have no account there."""
        query = select(accounts.c.person).where(accounts.c.learner == learner, accounts.c.platform == platform)
        async with self._database.read() as connection:
            return (await connection.execute(query.limit(1))).scalar_one_or_none()

    async def meet(self, platform: str, person: str, language: str | None, now: datetime) -> Learner:
        """The learner behind an account, made known with sane defaults when it is new; `met` tells which."""
        known = await self.find(platform, person)
        if known:
            return known
        spoken = language_of(language)
        async with self._database.write() as connection:
            taken = await connection.execute(
                select(accounts.c.learner).where(accounts.c.platform == platform, accounts.c.person == person)
            )
            if taken.one_or_none() is None:
                made = await connection.execute(
                    insert(learners)
                    .values(
                        language=spoken,
                        level=DEFAULT_LEVEL,
                        zone=DEFAULT_ZONE[spoken],
                        python=DEFAULT_PYTHON,
                        met_at=now,
                    )
                    .returning(learners)
                )
                learner = learner_of(made.one())
                await connection.execute(insert(accounts).values(platform=platform, person=person, learner=learner.id))
                return replace(learner, met=True)
        return await self.meet(platform, person, language, now)

    async def change(self, learner: Learner) -> None:
        """Keep changed settings."""
        try:
            async with self._database.write() as connection:
                await connection.execute(
                    update(learners)
                    .where(learners.c.id == learner.id)
                    .values(
                        language=learner.language,
                        level=learner.level,
                        zone=learner.zone,
                        python=learner.python,
                        retention=learner.retention,
                        quiet=learner.quiet,
                    )
                )
        finally:
            self._remembered = self._nobody()

    async def forget(self, learner: Learner) -> None:
        """Erase everything stored of a learner, in one transaction."""
        try:
            async with self._database.write() as connection:
                await connection.execute(delete(learners).where(learners.c.id == learner.id))
        finally:
            self._remembered = self._nobody()

    async def everything(self, learner: Learner) -> dict[str, list[dict[str, Any]]]:
        """All rows that belong to a learner, by table name, as plain values for a JSON file."""
        found: dict[str, list[dict[str, Any]]] = {}
        async with self._database.read() as connection:
            own = await connection.execute(select(learners).where(learners.c.id == learner.id))
            found["learner"] = [dict(row._mapping) for row in own]
            for table in (table for table in metadata.sorted_tables if "learner" in table.c):
                rows = await connection.execute(select(table).where(table.c.learner == learner.id))
                found[table.name] = [
                    {key: value for key, value in row._mapping.items() if key != "learner"} for row in rows
                ]
            taken = select(exams.c.id).where(exams.c.learner == learner.id)
            rows = await connection.execute(select(exam_questions).where(exam_questions.c.exam.in_(taken)))
            found[exam_questions.name] = [dict(row._mapping) for row in rows]
        return found


def learner_of(row: Row[Any]) -> Learner:
    """A learner from their row."""
    return Learner(row.id, Language(row.language), row.level, row.zone, row.python, row.retention, row.quiet)
