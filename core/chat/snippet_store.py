"""Programs that learners ran, kept so that their buttons work tomorrow and an edited message runs again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from core.chat.request import Request
from core.chat.snippets import Written
from core.executor.model import View
from core.storage.database import Database
from core.storage.tables import snippets

KEPT = timedelta(days=30)
"""How long a program's buttons work."""

EDITABLE = timedelta(minutes=10)
"""How long an edited message runs again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A program and its number."""

    id: int
    written: Written


class SnippetStore:
    """The programs of learners; each only its own learner's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, learner: int, request: Request, program: Written, now: datetime) -> Kept:
        """Keep a program under a new number; programs past their time go."""
        async with self._database.write() as connection:
            await connection.execute(delete(snippets).where(snippets.c.learner == learner, snippets.c.at < now - KEPT))
            made = await connection.execute(
                insert(snippets)
                .values(
                    learner=learner,
                    platform=request.person.platform,
                    chat=request.place.chat,
                    message=request.message,
                    code=program.code,
                    stdin=program.stdin,
                    python=program.python,
                    view=sorted(program.view),
                    at=now,
                )
                .returning(snippets.c.id)
            )
            return Kept(int(made.scalar_one()), program)

    async def find(self, id: int, learner: int) -> Kept | None:
        """A learner's program by its number."""
        query = select(snippets).where(snippets.c.id == id, snippets.c.learner == learner)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return Kept(row.id, _written(row.code, row.stdin, row.python, row.view)) if row else None

    async def replace(self, learner: int, request: Request, program: Written, now: datetime) -> Kept | None:
        """The edited program in place of the one the message held; None when it is too late or nothing changed."""
        query = select(snippets).where(
            snippets.c.learner == learner,
            snippets.c.platform == request.person.platform,
            snippets.c.chat == request.place.chat,
            snippets.c.message == request.message,
            snippets.c.at >= now - EDITABLE,
        )
        async with self._database.write() as connection:
            row = (await connection.execute(query.order_by(snippets.c.id.desc()).limit(1))).one_or_none()
            if row is None or _written(row.code, row.stdin, row.python, row.view) == program:
                return None
            await connection.execute(
                update(snippets)
                .where(snippets.c.id == row.id)
                .values(code=program.code, stdin=program.stdin, python=program.python, view=sorted(program.view))
            )
            return Kept(row.id, program)


def _written(code: str, stdin: str, python: str | None, view: list[str]) -> Written:
    return Written(code, stdin, frozenset(View(word) for word in view), python)
