"""Queries of how games go and how they ended."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from core.quiz.model import Final, Game, Mode
from core.quiz.scoring import ranked, team_scores
from core.quiz.store import GameStore
from core.quiz.titles import Answered, missed, suspects, titles
from core.storage.database import Database
from core.storage.quiz_tables import answers, games, players, rounds
from core.study.selection import Shelf


class FinalStore:
    """Reads the answers of games."""

    def __init__(self, database: Database, store: GameStore, shelf: Shelf) -> None:
        self._database = database
        self._store = store
        self._shelf = shelf

    async def progress(self, ids: Collection[int]) -> dict[int, tuple[int, int]]:
        """Answers of those who play to the round that is open, and how many play, by the game's number."""
        query = (
            select(players.c.game, func.count(answers.c.learner), func.count())
            .select_from(players.join(games, games.c.id == players.c.game))
            .outerjoin(
                answers,
                (answers.c.game == players.c.game)
                & (answers.c.round == games.c.round)
                & (answers.c.learner == players.c.learner),
            )
            .where(players.c.game.in_(sorted(ids)), players.c.out_round.is_(None), ~players.c.left)
            .group_by(players.c.game)
        )
        async with self._database.read() as connection:
            return {game: (answered, playing) for game, answered, playing in await connection.execute(query)}

    async def answered(self, game: int) -> tuple[Answered, ...]:
        """The answers of a game that were counted; those of skipped rounds were not."""
        columns = ("round", "learner", "response", "at", "after_ms", "right")
        query = (
            select(*(answers.c[name] for name in columns))
            .join(rounds, (rounds.c.game == answers.c.game) & (rounds.c.number == answers.c.round))
            .where(answers.c.game == game, answers.c.right.is_not(None), ~rounds.c.skipped)
        )
        async with self._database.read() as connection:
            return tuple(Answered(*row) for row in await connection.execute(query))

    async def suspects(self, game: int) -> frozenset[int]:
        """Those who answered at machine speed."""
        return suspects(await self.answered(game))

    async def final(self, game: Game, ratings: Mapping[int, tuple[int, int]], cancelled: bool) -> Final:
        """How a game ended."""
        given = await self.answered(game.id)
        played = {each.learner for each in given}
        crowd = [each for each in await self._store.players(game.id) if not each.left or each.learner in played]
        closed = [each for each in await self._store.rounds(game.id) if each.closed_at and not each.skipped]
        machines = suspects(given)
        shares = missed({each.number: each.question for each in closed}, given)
        return Final(
            game,
            tuple(ranked(game.rules.mode, crowd)),
            team_scores(crowd) if game.rules.mode is Mode.TEAMS else (),
            tuple((question, share) for id, share in shares if (question := self._shelf.question(id))),
            titles(crowd, given, len(closed)),
            ratings,
            cancelled,
            tuple(each for each in crowd if each.learner in machines),
        )

    async def weak_spot(self, game: int, learner: int) -> str | None:
        """The competency in which somebody was wrong most often in a game; None when they never were."""
        asked = {each.number: self._shelf.competency(each.question) for each in await self._store.rounds(game)}
        wrong: defaultdict[str, int] = defaultdict(int)
        for each in await self.answered(game):
            competency = asked.get(each.round)
            if each.learner == learner and competency:
                wrong[competency] += not each.right
        worst = max(wrong, key=lambda each: wrong[each], default=None)
        return worst if worst and wrong[worst] else None
