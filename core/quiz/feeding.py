"""Feeding closed rounds into everybody's spaced repetition, after the reveal was shown."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update

from core.bank.versions import Python
from core.quiz.model import Game, Round
from core.quiz.responses import marked, picked
from core.quiz.rows import game_of, round_of
from core.storage.database import Database
from core.storage.quiz_tables import answers, games, rounds
from core.study.crowd_study import Common, Reply, record_all
from core.study.difficulty_store import Difficulties
from core.study.selection import Shelf

AT_ONCE = 100
"""Answers of one transaction: so few that nobody waits for it."""


class Feeding:
    """Records each answer once: how far a round has been fed is kept in the same transaction."""

    def __init__(
        self, database: Database, shelf: Shelf, difficulties: Difficulties, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._difficulties = difficulties
        self._now = now

    async def feed(self, game: int, number: int) -> int:
        """Record what is left of a closed round; how many answers."""
        fed = 0
        while count := await self.some(game, number):
            fed += count
        return fed

    async def left(self, platform: str, before: datetime) -> tuple[tuple[int, int], ...]:
        """Rounds closed before that moment that were not fed to their end, as game and number."""
        query = (
            select(rounds.c.game, rounds.c.number)
            .join(games, games.c.id == rounds.c.game)
            .where(rounds.c.fed_at.is_(None), rounds.c.closed_at < before, games.c.platform == platform)
            .order_by(rounds.c.closed_at)
        )
        async with self._database.read() as connection:
            return tuple((row.game, row.number) for row in await connection.execute(query))

    async def some(self, game: int, number: int) -> int:
        """The next answers of a round, in the order of the learners' numbers; 0 when there are none left."""
        here = (rounds.c.game == game, rounds.c.number == number)
        now = self._now()
        async with self._database.write() as connection:
            query = select(rounds, games).join(games, games.c.id == rounds.c.game).where(*here)
            query = query.where(rounds.c.closed_at.is_not(None), rounds.c.fed_at.is_(None))
            if not self._database.embedded:
                query = query.with_for_update(of=rounds)
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return 0
            given = select(answers.c.learner, answers.c.response, answers.c.at).where(
                answers.c.game == game, answers.c.round == number, answers.c.learner > (row.fed_to or 0)
            )
            found = (await connection.execute(given.order_by(answers.c.learner).limit(AT_ONCE))).all()
            common = self._common(game_of(row), round_of(row), now)
            if not found or common is None:
                await connection.execute(update(rounds).where(*here).values(fed_at=now))
                return 0
            await record_all(connection, common, self._replies(common, found), self._database.embedded)
            is_end = len(found) < AT_ONCE
            fed = {"fed_to": found[-1].learner, "fed_at": now if is_end else None}
            await connection.execute(update(rounds).where(*here).values(fed))
        await self._difficulties.reconsider(common.question, now, len(found))
        return len(found)

    def _common(self, game: Game, round: Round, now: datetime) -> Common | None:
        question = self._shelf.question(round.question)
        if question is None:
            return None
        address, item = game.address, self._shelf.item(question.id)
        at = round.shown_at or now
        return Common(address.platform, address.chat, question.id, item, game.python, round.shown, at)

    def _replies(self, common: Common, found: object) -> list[Reply]:
        question = self._shelf.question(common.question)
        assert question is not None
        python = Python.named(common.python)
        replies = []
        for learner, response, at in found:  # type: ignore[attr-defined]
            keys = tuple(key for pick in picked(question, response) for key in pick.split())
            replies.append(Reply(learner, keys, marked(question, python, response).right, at))
        return replies
