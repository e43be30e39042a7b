"""Queries that serve many learners at once, for the hour at which all their dailies are due."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from core.storage.database import Database
from core.storage.tables import learners, memories, sheets
from core.study.store import Sheet


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet to be put before a learner."""

    learner: int
    platform: str
    chat: str
    question: str
    python: str
    shown: tuple[str, ...]


class DailyStore:
    """What many learners are about to forget, what they saw last, and their new sheets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, ids: Collection[int], now: datetime, each: int) -> Mapping[int, Sequence[str]]:
        """The items that are due for each of the learners, the longest overdue first, at most `each` of them."""
        place = func.row_number().over(partition_by=memories.c.learner, order_by=memories.c.due).label("place")
        ranked = (
            select(memories.c.learner, memories.c.question, place)
            .where(memories.c.learner.in_(bindparam("ids", expanding=True)), memories.c.due <= bindparam("now"))
            .subquery()
        )
        query = select(ranked.c.learner, ranked.c.question).where(ranked.c.place <= each).order_by(ranked.c.place)
        return await self._grouped(query, {"ids": sorted(ids), "now": now})

    async def recent(self, ids: Collection[int], each: int) -> Mapping[int, Sequence[str]]:
        """The questions asked last of each of the learners, at most `each` of them."""
        own = (
            select(sheets.c.id)
            .where(sheets.c.learner == learners.c.id)
            .order_by(sheets.c.asked_at.desc())
            .limit(each)
            .correlate(learners)
        )
        query = (
            select(sheets.c.learner, sheets.c.question)
            .select_from(learners.join(sheets, sheets.c.id.in_(own)))
            .where(learners.c.id.in_(bindparam("ids", expanding=True)))
        )
        return await self._grouped(query, {"ids": sorted(ids)})

    async def _grouped(self, query: object, values: dict[str, object]) -> Mapping[int, Sequence[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        async with self._database.read() as connection:
            for learner, question in await connection.execute(query, values):  # type: ignore[call-overload]
                found[learner].append(question)
        return found

    async def put(self, drafts: Sequence[Draft], now: datetime) -> tuple[Sheet, ...]:
        """New sheets in the order of their drafts, one a learner and chat, in the database before anybody sees them."""
        if not drafts:
            return ()
        rows = [
            {
                "learner": draft.learner,
                "platform": draft.platform,
                "chat": draft.chat,
                "question": draft.question,
                "python": draft.python,
                "shown": list(draft.shown),
                "picked": [],
                "asked_at": now,
            }
            for draft in drafts
        ]
        async with self._database.write() as connection:
            made = await connection.execute(
                insert(sheets).returning(sheets.c.learner, sheets.c.chat, sheets.c.id), rows
            )
            ids = {(learner, chat): id for learner, chat, id in made}
        return tuple(
            Sheet(
                ids[draft.learner, draft.chat],
                draft.learner,
                draft.chat,
                draft.question,
                draft.python,
                draft.shown,
                (),
                now,
                None,
                None,
            )
            for draft in drafts
        )
