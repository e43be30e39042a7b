"""Ratings on record: per chat, and over all chats of a platform, each for a season."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.quiz.model import Game, Player
from core.quiz.rating import Skill, rated, season_of, winners
from core.quiz.rows import PLAYER, player_of
from core.storage.database import Database
from core.storage.quiz_tables import answers, players, ratings

OVERALL = ""
"""Stands for all chats of a platform."""

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody's rating: the name they played under last, whole points, games, and wins."""

    learner: int
    name: str
    points: int
    games: int
    wins: int


class Ratings:
    """Keeps ratings and ranks by them.

    Games that end together are rated one after the other, so that rounds need not wait behind all of them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        dialect = sqlite if database.embedded else postgresql
        new = dialect.insert(ratings)
        changed = {name: new.excluded[name] for name in ("name", "mu", "sigma", "games", "wins")}
        self._keep = new.on_conflict_do_update(index_elements=list(ratings.primary_key), set_=changed)

    async def top(self, platform: str, chat: str, season: str, most: int = 10) -> tuple[tuple[int, Rated], ...]:
        """The best of a chat, or of all for OVERALL, with their places; equals share one."""
        worth = ratings.c.mu - 3 * ratings.c.sigma
        query = (
            select(ratings).where(*_in(platform, chat, season)).order_by(worth.desc(), ratings.c.learner).limit(most)
        )
        async with self._database.read() as connection:
            found = [_rated(row) for row in await connection.execute(query)]
        first: dict[int, int] = {}
        for place, each in enumerate(found, 1):
            first.setdefault(each.points, place)
        return tuple((first[each.points], each) for each in found)

    async def of(self, platform: str, chat: str, season: str, learner: int) -> Rated | None:
        """One learner's rating; None before their first game there."""
        query = select(ratings).where(*_in(platform, chat, season), ratings.c.learner == learner)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return _rated(row) if row else None

    async def strength(self, platform: str, season: str, learners: Collection[int]) -> dict[int, float]:
        """The means by which teams are balanced."""
        query = select(ratings.c.learner, ratings.c.mu).where(
            *_in(platform, OVERALL, season), ratings.c.learner.in_(sorted(learners))
        )
        async with self._database.read() as connection:
            return {row.learner: row.mu for row in await connection.execute(query)}

    async def settle(self, game: Game, now: datetime) -> Mapping[int, tuple[int, int]]:
        """Rate the game's players, once: what everybody's rating in the chat is, and by how much it changed.

        Only those who answered are rated. A game that has been rated gives the same again.
        """
        async with self._turn, self._database.write() as connection:
            known = await connection.execute(
                select(players.c.learner, players.c.rating, players.c.rating_change).where(
                    players.c.game == game.id, players.c.rating.is_not(None)
                )
            )
            if settled := {row[0]: (row[1], row[2]) for row in known}:
                return settled
            played = await self._played(connection, game)
            changes: dict[int, tuple[int, int]] = {}
            for chat in (OVERALL, game.address.chat):
                changes = await self._rate(connection, game, chat, season_of(now), played)
            rows = [{"g": game.id, "l": id, "now": now_, "by": by} for id, (now_, by) in changes.items()]
            if rows:
                await connection.execute(_NOTE, rows)
            return changes

    async def _played(self, connection: AsyncConnection, game: Game) -> list[Player]:
        answered = select(answers.c.learner).where(answers.c.game == game.id)
        query = select(*PLAYER).where(players.c.game == game.id, players.c.learner.in_(answered))
        return [player_of(row) for row in await connection.execute(query)]

    async def _rate(
        self, connection: AsyncConnection, game: Game, chat: str, season: str, played: Sequence[Player]
    ) -> dict[int, tuple[int, int]]:
        place = {"platform": game.address.platform, "chat": chat, "season": season}
        ids = select(players.c.learner).where(players.c.game == game.id)
        known = await connection.execute(
            select(ratings).where(*_in(place["platform"], chat, season), ratings.c.learner.in_(ids))
        )
        before = {row.learner: row for row in known}
        skills = {id: Skill(row.mu, row.sigma) for id, row in before.items()}
        after = rated(game.rules.mode, played, skills)
        won = winners(game.rules.mode, played)
        rows: list[dict[str, Any]] = [
            {
                **place,
                "learner": player.learner,
                "name": player.name,
                "mu": after[player.learner].mu,
                "sigma": after[player.learner].sigma,
                "games": (before[player.learner].games if player.learner in before else 0) + 1,
                "wins": (before[player.learner].wins if player.learner in before else 0) + (player.learner in won),
            }
            for player in played
            if player.learner in after
        ]
        for first in range(0, len(rows), _CHUNK):
            await connection.execute(self._keep, rows[first : first + _CHUNK])
        return {id: (skill.points, skill.points - skills.get(id, Skill()).points) for id, skill in after.items()}


def _in(platform: str, chat: str, season: str) -> tuple[Any, ...]:
    return ratings.c.platform == platform, ratings.c.chat == chat, ratings.c.season == season


def _rated(row: Any) -> Rated:
    return Rated(row.learner, row.name, Skill(row.mu, row.sigma).points, row.games, row.wins)


_NOTE = (
    update(players)
    .where(players.c.game == bindparam("g"), players.c.learner == bindparam("l"))
    .values(rating=bindparam("now"), rating_change=bindparam("by"))
)
