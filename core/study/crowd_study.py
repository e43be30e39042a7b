"""One question that many answered at once, into everybody's spaced repetition in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.tables import attempts, learners, memories, sheets
from core.study.grading import graded
from core.study.learner import Learner
from core.study.learners import learner_of
from core.study.memory import Grade, Memory, reviewed


@dataclass(frozen=True, slots=True)
class Common:
    """What was the same for everybody: where and when it was asked, and the key under which it is remembered."""

    platform: str
    chat: str
    question: str
    item: str
    python: str
    shown: tuple[str, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """One learner's answer."""

    learner: int
    picked: tuple[str, ...]
    right: bool
    at: datetime


async def record_all(connection: AsyncConnection, asked: Common, replies: Sequence[Reply], embedded: bool) -> int:
    """Record the replies on a transaction of the caller's; how many. Those of forgotten learners are left out."""
    ids = [reply.learner for reply in replies]
    known = {
        row.id: learner_of(row) for row in await connection.execute(select(learners).where(learners.c.id.in_(ids)))
    }
    kept = await connection.execute(
        select(memories).where(memories.c.question == asked.item, memories.c.learner.in_(ids))
    )
    before = {row.learner: _memory(row) for row in kept}
    counted = [(reply, known[reply.learner]) for reply in replies if reply.learner in known]
    if not counted:
        return 0
    rows = [_sheet(asked, reply) for reply, _ in counted]
    made = await connection.execute(insert(sheets).returning(sheets.c.id, sort_by_parameter_order=True), rows)
    numbered = zip(made.scalars().all(), counted, strict=True)
    await connection.execute(insert(attempts), [_attempt(asked, sheet, *each) for sheet, each in numbered])
    new = (sqlite if embedded else postgresql).insert(memories)
    changed = {name: new.excluded[name] for name in ("card", "due", "right")}
    await connection.execute(
        new.on_conflict_do_update(index_elements=("learner", "question"), set_=changed),
        [_remembered(asked, reply, learner, before.get(reply.learner)) for reply, learner in counted],
    )
    return len(counted)


def _sheet(asked: Common, reply: Reply) -> dict[str, Any]:
    return {
        "learner": reply.learner,
        "platform": asked.platform,
        "chat": asked.chat,
        "question": asked.question,
        "python": asked.python,
        "shown": list(asked.shown),
        "picked": list(reply.picked),
        "asked_at": asked.asked_at,
        "answered_at": reply.at,
        "right": reply.right,
    }


def _attempt(asked: Common, sheet: int, reply: Reply, learner: Learner) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "learner": reply.learner,
        "question": asked.question,
        "right": reply.right,
        "at": reply.at,
        "local_date": learner.local(reply.at).date(),
    }


def _remembered(asked: Common, reply: Reply, learner: Learner, before: Memory | None) -> dict[str, Any]:
    grade = Grade.GOOD if reply.right else Grade.AGAIN
    counted = graded(grade, before, learner, learner.local(reply.at).date(), False)
    at = max(reply.at, before.reviewed_at) if before else reply.at
    memory = reviewed(asked.item, before, counted.grade, at, learner.retention)
    return {
        "learner": reply.learner,
        "question": asked.item,
        "card": memory.card,
        "due": memory.due,
        "right": memory.right,
    }


def _memory(row: Row[Any]) -> Memory:
    return Memory(row.question, row.card, row.due, row.right)
