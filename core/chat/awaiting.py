"""What the tutor waits for in a chat: an answer to type, the words of a report, a program to run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cachetools import LRUCache
from sqlalchemy import ColumnElement, bindparam, delete, insert, select

from core.storage.database import Database
from core.storage.tables import awaited

PATIENCE = timedelta(days=1)
"""How long the tutor waits; after that a message means what it says."""

REMEMBERED = 10_000
"""Chats of which it is remembered that nothing needs interrupting, so that a command costs no query."""


class Awaited(StrEnum):
    """What the next plain message of a learner in a chat is taken for."""

    ANSWER = "answer"
    REPORT = "report"
    PROGRAM = "program"
    EXAM = "exam"
    TAPS = "taps"
    """The rest of an answer to a quiz that takes several taps."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something awaited.

    Its subject is a sheet's number, an exam's with its place, what a report is about, or a game and its round with the
    places that were tapped.
    """

    kind: Awaited
    subject: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Something awaited of a learner in a chat."""

    learner: int
    platform: str
    chat: str
    expectation: Expectation


class Awaiting:
    """Expectations, one a learner and chat; kept in the database, so that a restart forgets none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._nothing_awaited: LRUCache[tuple[int, str, str], bool] = LRUCache(REMEMBERED)

    async def expect(self, learner: int, platform: str, chat: str, expectation: Expectation, now: datetime) -> None:
        """Wait for something, in place of whatever was awaited in this chat."""
        await self.expect_all((Expected(learner, platform, chat, expectation),), now)

    async def expect_all(self, expected: Sequence[Expected], now: datetime) -> None:
        """Wait for something in each of these chats, in one transaction."""
        if not expected:
            return
        keys = [{"of": each.learner, "on": each.platform, "at": each.chat} for each in expected]
        rows = [
            {
                "learner": each.learner,
                "platform": each.platform,
                "chat": each.chat,
                "kind": each.expectation.kind,
                "subject": each.expectation.subject,
                "until": now + PATIENCE,
            }
            for each in expected
        ]
        try:
            async with self._database.write() as connection:
                await connection.execute(_DROP, keys)
                await connection.execute(insert(awaited), rows)
        finally:
            for each in expected:
                self._nothing_awaited.pop((each.learner, each.platform, each.chat), None)

    async def interrupt(self, learner: int, platform: str, chat: str) -> None:
        """Another command came first: words and programs are no longer awaited; an answer to a question still is."""
        if (learner, platform, chat) in self._nothing_awaited:
            return
        if self._database.embedded:
            self._nothing_awaited[learner, platform, chat] = True
        query = select(awaited.c.kind).where(*_key(learner, platform, chat))
        async with self._database.read() as connection:
            kind = (await connection.execute(query)).scalar_one_or_none()
        if kind in (Awaited.REPORT, Awaited.PROGRAM):
            async with self._database.write() as connection:
                await connection.execute(delete(awaited).where(*_key(learner, platform, chat)))

    async def take(self, learner: int, platform: str, chat: str, now: datetime) -> Expectation | None:
        """What is awaited, if anything still is; it is awaited no longer."""
        query = select(awaited).where(*_key(learner, platform, chat))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        async with self._database.write() as connection:
            await connection.execute(delete(awaited).where(*_key(learner, platform, chat)))
        return Expectation(Awaited(row.kind), row.subject) if row.until > now else None


def _key(learner: int, platform: str, chat: str) -> tuple[ColumnElement[bool], ...]:
    return awaited.c.learner == learner, awaited.c.platform == platform, awaited.c.chat == chat


_DROP = delete(awaited).where(
    awaited.c.learner == bindparam("of"), awaited.c.platform == bindparam("on"), awaited.c.chat == bindparam("at")
)
