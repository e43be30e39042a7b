"""The learners the tutor knows: met once, found by any of their accounts, forgotten on request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.bank.wording import Language
from core.storage.database import Database
from core.storage.gathering import Gathering
from core.storage.tables import accounts, exam_questions, exams, learners, metadata
from core.study.learner import DEFAULT_LEVEL, DEFAULT_PYTHON, DEFAULT_ZONE, Learner, language_of

REMEMBERED = 10_000
"""Learners kept in memory; a few hundred bytes each."""
TOGETHER = 1_000
"""Learners looked up in one query, or made known in one transaction, at most."""


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """Who writes for the first time: their account, the language they speak, and when that is."""

    account: tuple[str, str]
    language: Language
    at: datetime


class Learners:
    """Finds and keeps learners. An account is a (platform, person) pair; nothing else knows platforms' ids.

    Those who wrote lately are remembered where this process alone writes (`database.embedded`): every request begins
    with a look at who sent it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered = self._nobody()
        self._finding = Gathering(self._find, TOGETHER)
        self._meeting = Gathering(self._make_known, TOGETHER)

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
        async with self._database.read() as connection:
            found = await _known(connection, wanted)
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
        try:
            return await self._meeting.put(_Newcomer((platform, person), language_of(language), now))
        except IntegrityError:
            # PostgreSQL lets another process make them known at the same moment.
            known = await self.find(platform, person)
            if known is None:
                raise
            return known

    async def _make_known(self, came: Sequence[_Newcomer]) -> Sequence[Learner]:
        """A crowd that comes at the same moment is made known in one transaction; only the first request meets one."""
        new: dict[tuple[str, str], _Newcomer] = {}
        for each in came:
            new.setdefault(each.account, each)
        async with self._database.write() as connection:
            found = await _known(connection, list(new))
            # In one order everywhere, so that two processes wait for each other in no circle.
            met = await _make(connection, [new[account] for account in sorted(new.keys() - found.keys())])
        return [found.get(each.account) or replace(met[each.account], met=new[each.account] is each) for each in came]

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


async def _known(connection: AsyncConnection, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Learner]:
    """The learners behind some of these accounts."""
    query = (
        select(learners, accounts.c.platform, accounts.c.person)
        .join(accounts, accounts.c.learner == learners.c.id)
        .where(
            accounts.c.platform.in_({platform for platform, _ in wanted}),
            accounts.c.person.in_({person for _, person in wanted}),
        )
    )
    return {(row.platform, row.person): learner_of(row) for row in await connection.execute(query)}


async def _make(connection: AsyncConnection, newcomers: Sequence[_Newcomer]) -> dict[tuple[str, str], Learner]:
    """New learners with sane defaults, by their accounts."""
    if not newcomers:
        return {}
    made = await connection.execute(
        insert(learners).returning(learners, sort_by_parameter_order=True),
        [
            {
                "language": each.language,
                "level": DEFAULT_LEVEL,
                "zone": DEFAULT_ZONE[each.language],
                "python": DEFAULT_PYTHON,
                "met_at": each.at,
            }
            for each in newcomers
        ],
    )
    met = {each.account: learner_of(row) for each, row in zip(newcomers, made, strict=True)}
    await connection.execute(
        insert(accounts),
        [
            {"platform": platform, "person": person, "learner": learner.id}
            for (platform, person), learner in met.items()
        ],
    )
    return met


def learner_of(row: Row[Any]) -> Learner:
    """A learner from their row."""
    return Learner(row.id, Language(row.language), row.level, row.zone, row.python, row.retention, row.quiet)
