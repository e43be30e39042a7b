"""What the one who leads a game does to it: ask, close, go on, finish. People's own wishes are in `quizzes`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.quiz import rules
from core.quiz.admission import Admission, Start
from core.quiz.closing import AT_ONCE, Closed, Closing, Closure
from core.quiz.final_store import FinalStore
from core.quiz.intake import Intake
from core.quiz.leases import LEASE, Leases
from core.quiz.model import Final, Game, Mode, Phase, Player, Put, Reveal, Round
from core.quiz.putting import put_of
from core.quiz.rating import season_of
from core.quiz.rating_store import Ratings
from core.quiz.room import Pace
from core.quiz.rules import NotNowError
from core.quiz.scoring import balanced
from core.quiz.store import GameStore, Move, UnknownGameError
from core.storage.database import Database
from core.storage.gathering import Gathering
from core.study.selection import Shelf


class Playing:
    """Moves games by their rows, those of many games in one transaction. `admission` says who may begin.

    A move with a `worker` raises NotOursError when another one has taken the game over, each NotNowError when the game
    has meanwhile been moved otherwise.
    """

    def __init__(
        self,
        database: Database,
        store: GameStore,
        shelf: Shelf,
        intake: Intake,
        ratings: Ratings,
        now: Callable[[], datetime],
        pace: Mapping[str, Pace],
    ) -> None:
        self._database = database
        self._store = store
        self._shelf = shelf
        self._intake = intake
        self._ratings = ratings
        self._now = now
        self._finals = FinalStore(database, store, shelf)
        self._rounds = Closing(database, store, shelf)
        self._closing = Gathering(self._close, AT_ONCE)
        self._moving = Gathering(store.move, AT_ONCE)
        self.admission = Admission(database, store, pace, now)
        self._beginning = Gathering(self.admission.begin, AT_ONCE)

    def leases(self, worker: str, lease: timedelta = LEASE) -> Leases:
        """The games of a worker."""
        return Leases(self._database, worker, lease)

    async def game(self, id: int) -> Game:
        """A game as it stands. Raises UnknownGameError."""
        game = await self._store.game(id)
        if game is None:
            raise UnknownGameError(id)
        return game

    async def players(self, game: int) -> tuple[Player, ...]:
        """Who plays."""
        return tuple(player for player in await self._store.players(game) if not player.left)

    async def rounds(self, game: Game) -> dict[int, Round]:
        """The rounds of a game by their numbers, also those to come."""
        return {round.number: round for round in await self._store.rounds(game.id)}

    def put(self, game: Game, round: Round) -> Put | None:
        """A round with its question; None when that has left the bank."""
        return put_of(self._shelf, game, round)

    async def move(self, move: Move) -> Game:
        """Change a game by a rule."""
        return await self._moving.put(move)

    async def begin(self, game: Game, worker: str | None = None) -> Game:
        """From the lobby to the first question; whoever has no team gets one. Where there is no room, put it off."""
        if game.rules.mode is Mode.TEAMS:
            crowd = await self.players(game.id)
            season = season_of(self._now())
            strength = await self._ratings.strength(game.address.platform, season, [each.learner for each in crowd])
            await self._store.assign(game.id, balanced(crowd, strength))
        if self.admission.is_limited(game.address.platform):
            return await self._beginning.put(Start(game, worker))
        return await self.move(Move(game.id, lambda each: rules.start(each, self._now()), worker=worker))

    async def keep_lobby(self, game: Game, message: str | None, worker: str) -> Game:
        """Note in which message people join."""
        return await self.move(Move(game.id, lambda each: replace(each, lobby=message), worker=worker))

    async def delivered(self, game: Game, at: datetime, message: str | None, poll: str | None, worker: str) -> Game:
        """The question has arrived."""
        closes_at = at + timedelta(seconds=game.rules.seconds)

        def arrive(current: Game) -> Game:
            if current.round != game.round:
                raise NotNowError(current)
            return rules.shown(current, at)

        def touch(_before: Game, _after: Game, round: Round) -> Round:
            return replace(round, message=message, poll=poll, shown_at=at, closes_at=closes_at)

        return await self.move(Move(game.id, arrive, touch, worker))

    async def postpone(self, game: Game, again: datetime, worker: str) -> Game:
        """The question did not arrive; try again at that moment."""
        return await self.move(Move(game.id, lambda each: rules.not_shown(each, again), worker=worker))

    async def pass_over(self, game: Game, worker: str) -> Game:
        """The question cannot be shown: on to the next one, or to the end."""
        now = self._now()
        return await self.move(Move(game.id, lambda each: rules.pass_over(each, now), closed_unseen(now), worker))

    async def close(self, game: Game, worker: str) -> Closed:
        """The round's time is up: points for everybody. What was offered before is counted first."""
        await self._intake.flush()
        return await self._closing.put(Closure(game.id, game.round, worker))

    async def _close(self, closures: Sequence[Closure]) -> Sequence[Closed | Exception]:
        return await self._rounds.close(closures, self._now())

    async def reveal(self, game: Game) -> Reveal | None:
        """What was told of the round that was closed last, told once more."""
        return await self._rounds.reveal(game)

    async def go_on(self, game: Game, worker: str) -> Game:
        """To the next question, or to the end."""
        return await self.move(Move(game.id, lambda each: rules.go_on(each, self._now()), worker=worker))

    async def final(self, game: Game) -> Final:
        """Rate the players, once, and tell how a game that is over ended."""
        cancelled = rules.is_cancelled(game)
        ratings = {} if cancelled else await self._ratings.settle(game, self._now())
        return await self._finals.final(game, ratings, cancelled)

    async def everybody_answered(self, game: Game) -> Game:
        """End the round now."""
        now = self._now()

        def hasten(current: Game) -> Game:
            if current.round != game.round or current.phase is not Phase.OPEN:
                raise NotNowError(current)
            return rules.hasten(current, now)

        return await self.move(Move(game.id, hasten))

    async def stop(self, game: Game, worker: str) -> Game:
        """Nobody goes on with a paused game."""
        return await self.move(Move(game.id, rules.stop, closed_unseen(self._now()), worker))

    async def end(self, game: Game, worker: str | None = None) -> Game:
        """The podium was shown: the place is free for another game."""
        return await self.move(Move(game.id, lambda each: rules.end(each, self._now()), worker=worker))

    async def cancel(self, game: Game) -> Game:
        """Its chat is gone: the game ends, and nothing is shown."""
        now = self._now()

        def finish(current: Game) -> Game:
            return rules.end(current if current.phase is Phase.OVER else rules.stop(current), now)

        return await self.move(Move(game.id, finish, closed_unseen(now)))

    async def progress(self, ids: Collection[int]) -> dict[int, tuple[int, int]]:
        """How many of those who play have answered the rounds that games are in, and how many play."""
        return await self._finals.progress(ids)


def closed_unseen(now: datetime) -> Callable[[Game, Game, Round], Round]:
    """What becomes of a round that ends without its points: closed, unless it is, and skipped."""

    def touch(_before: Game, _after: Game, round: Round) -> Round:
        return round if round.closed_at else replace(round, closed_at=now, skipped=True)

    return touch
