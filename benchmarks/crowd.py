"""A crowd of learners with dailies, put into a database at once."""

from datetime import UTC, datetime, timedelta
from itertools import islice
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


async def gather(database: Database, people: int, bank: Bank | None, *, due: int | None = None) -> None:
    """So many learners with a daily each, all of them due now, or only the first `due`; with memories of a bank's
    questions where there is one."""
    remembered = list(islice(_memories(bank), MEMORIES)) if bank else []
    for first in range(1, people + 1, _CHUNK):
        numbers = range(first, min(first + _CHUNK, people + 1))
        async with database.write() as connection:
            await connection.execute(insert(learners), [_learner(number) for number in numbers])
            await connection.execute(
                insert(accounts), [{"platform": "telegram", "person": str(n), "learner": n} for n in numbers]
            )
            moments = [NOW if due is None or n <= due else NOW + timedelta(minutes=1 + n % 1000) for n in numbers]
            await connection.execute(
                insert(schedules), [_schedule(n, at) for n, at in zip(numbers, moments, strict=True)]
            )
            if remembered:
                rows = [{**memory, "learner": number} for number in numbers for memory in remembered]
                await connection.execute(insert(memories), rows)


def _learner(number: int) -> dict[str, Any]:
    return {"id": number, "language": "ru", "level": 1, "zone": "Europe/Moscow", "python": "3.14", "met_at": NOW}


def _schedule(number: int, at: datetime) -> dict[str, Any]:
    return {
        "platform": "telegram",
        "chat": str(number),
        "topic": "",
        "slot": "daily",
        "learner": number,
        "set_by": number,
        "language": "ru",
        "level": 1,
        "python": "3.14",
        "minute": 12 * 60,
        "days": 127,
        "zone": "Europe/Moscow",
        "quiet": "",
        "next_due": at,
        "next_date": NOW.date(),
        "changed_at": NOW,
    }


def _memories(bank: Bank) -> Any:
    """What was answered right some days ago: every fourth is due by now."""
    for number, question in enumerate(sorted(bank.questions)):
        seen = NOW - timedelta(days=30 if number % 4 == 0 else 1)
        memory = reviewed(question, None, Grade.EASY, seen, 90)
        yield {"question": question, "card": memory.card, "due": memory.due, "right": True}
