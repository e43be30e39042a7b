"""A crowd of learners with dailies, put into a database at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from sqlalchemy import insert

from core.bank.model import Bank
from core.storage.database import Database
from core.storage.tables import accounts, learners, memories, schedules
from core.study.memory import Grade, reviewed

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""When the dailies of the crowd are due."""
MEMORIES = 20
"""Questions that each of the crowd was asked before; a quarter of them is due."""
_CHUNK = 2_000


async def gather(database: Database, people: int, bank: Bank, due: Callable[[int], datetime]) -> None:
    """So many learners with a daily each, due when `due` says for their number, and memories of a bank's questions."""
    remembered = list(_memories(bank))
    for first in range(1, people + 1, _CHUNK):
        numbers = range(first, min(first + _CHUNK, people + 1))
        async with database.write() as connection:
            await connection.execute(insert(learners), [_learner(number) for number in numbers])
            await connection.execute(
                insert(accounts), [{"platform": "telegram", "person": str(n), "learner": n} for n in numbers]
            )
            await connection.execute(insert(schedules), [_schedule(n, n, due(n)) for n in numbers])
            rows = [{**memory, "learner": n} for n in numbers for memory in _some(remembered, n)]
            await connection.execute(insert(memories), rows)


async def gather_chats(database: Database, chats: int, due: Callable[[int], datetime]) -> None:
    """Schedules alone, of so many groups."""
    for first in range(1, chats + 1, _CHUNK):
        numbers = range(first, min(first + _CHUNK, chats + 1))
        async with database.write() as connection:
            await connection.execute(insert(schedules), [_schedule(n, None, due(n)) for n in numbers])


def _learner(number: int) -> dict[str, Any]:
    return {"id": number, "language": "ru", "level": 1, "zone": "Europe/Moscow", "python": "3.14", "met_at": NOW}


def _schedule(number: int, learner: int | None, at: datetime) -> dict[str, Any]:
    return {
        "platform": "telegram",
        "chat": str(number),
        "topic": "",
        "slot": "daily",
        "learner": learner,
        "set_by": learner,
        "language": "ru",
        "level": 1,
        "python": "3.14",
        "minute": 12 * 60,
        "days": 127,
        "zone": "Europe/Moscow",
        "quiet": "",
        "next_due": at,
        "next_date": at.date(),
        "changed_at": NOW,
    }


def _some(remembered: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    """Each learner's own share, from another place of the bank on."""
    return islice(cycle(remembered), number * 7 % len(remembered), number * 7 % len(remembered) + MEMORIES)


def _memories(bank: Bank) -> Iterator[dict[str, Any]]:
    """What was answered right some days ago: every fourth is due by now."""
    for number, question in enumerate(sorted(bank.questions)):
        seen = NOW - timedelta(days=30 if number % 4 == 0 else 1)
        memory = reviewed(question, None, Grade.EASY, seen, 90)
        yield {"question": question, "card": memory.card, "due": memory.due, "right": True}
