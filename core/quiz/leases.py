"""Which worker looks after which game: by leases, so that those of a dead one are taken over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from core.quiz.model import Game
from core.quiz.rows import game_of
from core.storage.database import Database
from core.storage.quiz_tables import games

LEASE = timedelta(seconds=6)
"""How long a game is a worker's without being renewed: so long players wait after a crash, at most."""


@dataclass(frozen=True, slots=True)
class Held:
    """A claimed game, and whether somebody had begun to look after it and fell silent."""

    game: Game
    is_orphan: bool


class Leases:
    """The games of one worker, whose name is unique among processes."""

    def __init__(self, database: Database, worker: str, lease: timedelta = LEASE) -> None:
        self._database = database
        self.worker = worker
        self.lease = lease

    async def claim(self, platform: str, now: datetime) -> tuple[Held, ...]:
        """The live games of a platform that nobody looks after, or whose worker fell silent; they are ours now."""
        free = select(games).where(
            games.c.platform == platform,
            games.c.ended_at.is_(None),
            or_(games.c.worker.is_(None), games.c.lease <= now),
        )
        async with self._database.read() as connection:
            if (await connection.execute(free.with_only_columns(games.c.id).limit(1))).first() is None:
                return ()
        async with self._database.write() as connection:
            query = free if self._database.embedded else free.with_for_update(skip_locked=True)
            rows = (await connection.execute(query)).all()
            await connection.execute(
                update(games)
                .where(games.c.id.in_([row.id for row in rows]))
                .values(worker=self.worker, lease=now + self.lease)
            )
        return tuple(Held(game_of(row), row.worker is not None) for row in rows)

    async def renew(self, ids: Collection[int], now: datetime) -> dict[int, Game]:
        """Hold games longer: those that are still ours and live, as they stand."""
        if not ids:
            return {}
        async with self._database.write() as connection:
            kept = await connection.execute(
                update(games)
                .where(games.c.id.in_(sorted(ids)), games.c.worker == self.worker, games.c.ended_at.is_(None))
                .values(lease=now + self.lease)
                .returning(games)
            )
            return {row.id: game_of(row) for row in kept}

    async def let_go(self, now: datetime) -> None:
        """Give every game up, for another worker to take at once."""
        async with self._database.write() as connection:
            await connection.execute(
                update(games).where(games.c.worker == self.worker, games.c.ended_at.is_(None)).values(lease=now)
            )
