"""Queries of questions that were put to a whole chat, and of what people replied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.database import Database
from core.storage.tables import postings, replies


@dataclass(frozen=True, slots=True)
class Posting:
    """One question before one chat on one local date; `shown` are the option keys in their order."""

    id: int
    platform: str
    chat: str
    topic: str
    day: date
    question: str
    python: str
    language: str
    shown: tuple[str, ...]
    poll: str | None
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How a posting was answered: people, those who were right, and how often each option was picked."""

    people: int
    right: int
    picks: Mapping[str, int]


class PostingStore:
    """Postings and replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
        self,
        platform: str,
        chat: str,
        topic: str,
        day: date,
        question: str,
        python: str,
        language: str,
        shown: Sequence[str],
        now: datetime,
    ) -> Posting:
        """The posting of a chat and date: a new one, or the one there is when this is a second attempt."""
        dialect = sqlite if self._database.embedded else postgresql
        place = {"platform": platform, "chat": chat, "topic": topic, "local_date": day}
        wanted = {"question": question, "python": python, "language": language, "shown": list(shown), "posted_at": now}
        async with self._database.write() as connection:
            await connection.execute(dialect.insert(postings).values({**place, **wanted}).on_conflict_do_nothing())
            row = await connection.execute(select(postings).filter_by(**place))
            return _posting(row.one())

    async def find(self, id: int) -> Posting | None:
        """A posting by its number."""
        return await self._one(select(postings).where(postings.c.id == id))

    async def of_day(self, platform: str, chat: str, topic: str, day: date) -> Posting | None:
        """What was put before a chat on a local date."""
        return await self._one(
            select(postings).filter_by(platform=platform, chat=chat, topic=topic).where(postings.c.local_date == day)
        )

    async def before(self, platform: str, chat: str, topic: str, day: date) -> Posting | None:
        """The last posting of a chat earlier than a date."""
        return await self._one(
            select(postings)
            .filter_by(platform=platform, chat=chat, topic=topic)
            .where(postings.c.local_date < day)
            .order_by(postings.c.local_date.desc())
            .limit(1)
        )

    async def of_poll(self, platform: str, poll: str) -> Posting | None:
        """The posting behind a platform's poll."""
        return await self._one(select(postings).filter_by(platform=platform, poll=poll).limit(1))

    async def opened(self, id: int, poll: str) -> None:
        """Keep which poll stands for a posting."""
        async with self._database.write() as connection:
            await connection.execute(update(postings).where(postings.c.id == id).values(poll=poll))

    async def asked(self, platform: str, chat: str) -> tuple[str, ...]:
        """The questions that a chat has seen, the last one first."""
        query = select(postings.c.question).filter_by(platform=platform, chat=chat).order_by(postings.c.id.desc())
        async with self._database.read() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def tally(self, id: int) -> Tally:
        """How a posting was answered so far."""
        counted = select(func.count(), func.count().filter(replies.c.right)).where(replies.c.posting == id)
        async with self._database.read() as connection:
            people, right = (await connection.execute(counted)).one()
            picks: dict[str, int] = {}
            for picked in (await connection.execute(select(replies.c.picked).where(replies.c.posting == id))).scalars():
                for key in picked:
                    picks[key] = picks.get(key, 0) + 1
        return Tally(people, right, picks)

    async def reply(
        self, connection: AsyncConnection, posting: int, learner: int, picked: Sequence[str], right: bool, now: datetime
    ) -> bool:
        """Keep a person's reply, on a transaction of the caller's; False when there is one already."""
        dialect = sqlite if self._database.embedded else postgresql
        row = {"posting": posting, "learner": learner, "picked": list(picked), "right": right, "at": now}
        kept = await connection.execute(dialect.insert(replies).values(row).on_conflict_do_nothing())
        return kept.rowcount == 1

    async def _one(self, query: Any) -> Posting | None:
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return _posting(row) if row else None


def _posting(row: Row[Any]) -> Posting:
    return Posting(
        row.id,
        row.platform,
        row.chat,
        row.topic,
        row.local_date,
        row.question,
        row.python,
        row.language,
        tuple(row.shown),
        row.poll,
        row.posted_at,
    )
