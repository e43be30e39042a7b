"""Closing rounds: everybody's points in one transaction, for many games at once, and what is told of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, false, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.bank.versions import Python
from core.quiz import rules
from core.quiz.intake import UNKNOWN
from core.quiz.model import Gain, Game, Mode, Phase, Player, Put, Reveal, Round
from core.quiz.putting import put_of
from core.quiz.responses import marked, picked
from core.quiz.rows import PLAYER, player_of, round_row, standing_of
from core.quiz.scoring import Scored, gain, is_decided, is_in, knock_out, ranked
from core.quiz.store import KEEP_ROUND, STAND, GameStore, NotOursError, UnknownGameError, current_rounds
from core.storage.bulk import Bulk
from core.storage.database import Database
from core.storage.quiz_tables import answers, players
from core.study.marking import Marked
from core.study.selection import Shelf

AT_ONCE = 100
"""Rounds closed in one transaction, at most: the first ones shall not wait for the last."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A round to be closed by the worker who looks after its game."""

    game: int
    round: int
    worker: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was kept. `points` are None until the round is closed."""

    learner: int
    response: str
    at: datetime
    after_ms: int
    points: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A game after its round was closed, and what to tell; nothing when the question has left the bank meanwhile."""

    game: Game
    reveal: Reveal | None


class Closing:
    """Closes rounds, and tells of closed ones again."""

    def __init__(self, database: Database, store: GameStore, shelf: Shelf) -> None:
        self._database = database
        self._store = store
        self._shelf = shelf
        self._right = Bulk(database, _RIGHT, ("won", "g", "r", "l"))
        self._gain = Bulk(database, _GAIN, ("sum", "run", "best", "hits", "gone", "g", "l"))

    async def close(self, closures: Sequence[Closure], now: datetime) -> list[Closed | Exception]:
        """Close rounds whose time is up. Each result is what to tell, or why its round was not closed."""
        async with self._database.write() as connection:
            found = await self._store.locked(connection, {closure.game for closure in closures})
            ready: dict[int, Closure | Exception] = {}
            for closure in closures:
                ready[closure.game] = _checked(closure, found)
            live = {id: found[id][0] for id, closure in ready.items() if isinstance(closure, Closure)}
            current = await current_rounds(connection, list(live.values()))
            crowd, given = await self._people(connection, list(current.values()))
            done = {id: self._score(live[id], current[id], crowd.get(id, []), given.get(id, {}), now) for id in current}
            await self._write(connection, list(done.values()))
        return [
            each if isinstance(each := ready[closure.game], Exception) else done[closure.game].closed
            for closure in closures
        ]

    async def reveal(self, game: Game) -> Reveal | None:
        """What was told of the game's closed round, told once more; None when its question has left the bank."""
        async with self._database.read() as connection:
            current = await current_rounds(connection, [game])
            if game.id not in current:
                return None
            round = current[game.id]
            put = put_of(self._shelf, game, round)
            crowd, given = await self._people(connection, [round])
        if put is None:
            return None
        answered = given.get(game.id, {})
        verdicts = {response: marked(put.question, put.asked.python, response) for response in _responses(answered)}
        gains = [
            Gain(
                player,
                (mine.points or 0) if mine else 0,
                mine is not None,
                mine is not None and verdicts[mine.response].right,
            )
            for player in crowd.get(game.id, [])
            if (mine := answered.get(player.learner)) or not player.left
        ]
        return _reveal(put, gains, answered, verdicts, game.round >= game.rules.rounds)

    async def _people(
        self, connection: AsyncConnection, of: Sequence[Round]
    ) -> tuple[dict[int, list[Player]], dict[int, dict[int, Given]]]:
        """The players of the rounds' games, and who answered what, each by the game's number."""
        crowd: dict[int, list[Player]] = {}
        given: dict[int, dict[int, Given]] = {}
        if not of:
            return crowd, given
        here = select(*PLAYER).where(players.c.game.in_([round.game for round in of]))
        for row in (await connection.execute(here)).all():
            crowd.setdefault(row[0], []).append(player_of(row))
        said = select(
            answers.c.game, answers.c.learner, answers.c.response, answers.c.at, answers.c.after_ms, answers.c.points
        ).where(tuple_(answers.c.game, answers.c.round).in_([(round.game, round.number) for round in of]))
        for row in (await connection.execute(said)).all():
            given.setdefault(row[0], {})[row[1]] = Given(*row[1:])
        return crowd, given

    async def _write(self, connection: AsyncConnection, done: Sequence["_Scored"]) -> None:
        """All answers as wrong ones, then the right ones by themselves; of the players those who changed."""
        if not done:
            return
        await connection.execute(STAND, [{"of": each.game.id, **standing_of(each.game)} for each in done])
        await connection.execute(KEEP_ROUND, [round_row(each.round) for each in done])
        await connection.execute(_WRONG, [{"g": each.game.id, "r": each.round.number} for each in done])
        right: list[tuple[int, ...]] = []
        gained: list[tuple[int | None, ...]] = []
        for each in done:
            game, number = each.game.id, each.round.number
            for it in each.gains:
                player = it.player
                if it.right:
                    right.append((it.points, game, number, player.learner))
                if player is not each.before[player.learner]:
                    gained.append(
                        (
                            player.score,
                            player.streak,
                            player.best_streak,
                            player.right,
                            player.out,
                            game,
                            player.learner,
                        )
                    )
        await self._right.run(connection, right)
        await self._gain.run(connection, gained)

    def _score(
        self, game: Game, round: Round, crowd: Sequence[Player], given: dict[int, Given], now: datetime
    ) -> "_Scored":
        closed = replace(round, closed_at=now)
        put = put_of(self._shelf, game, closed)
        if put is None:
            closed = replace(closed, skipped=True)
            after = rules.close(game, now, game.round >= game.rules.rounds)
            return _Scored(Closed(after, None), after, closed, (), {})
        verdicts = {response: marked(put.question, put.asked.python, response) for response in _responses(given)}
        level, seconds = put.question.truth.level, game.rules.seconds
        gains: list[Gain] = []
        for player in crowd:
            mine = given.get(player.learner)
            if mine is None and player.left:
                continue
            if closed.skipped or not is_in(player):
                gains.append(Gain(player, 0, mine is not None, mine is not None and verdicts[mine.response].right))
                continue
            scored = Scored(verdicts[mine.response].right, _after(mine, round)) if mine else None
            gains.append(gain(player, scored, level, seconds))
        if game.rules.mode is Mode.LAST and not closed.skipped:
            gains = knock_out(gains, game.round)
        is_last = game.round >= game.rules.rounds or is_decided(game.rules.mode, [each.player for each in gains])
        after = rules.close(game, now, is_last)
        put = replace(put, game=after)
        reveal = _reveal(put, gains, given, verdicts, is_last)
        return _Scored(Closed(after, reveal), after, closed, gains, {player.learner: player for player in crowd})


@dataclass(frozen=True, slots=True)
class _Scored:
    """A round's result and all that is to be written of it."""

    closed: Closed
    game: Game
    round: Round
    gains: Sequence[Gain]
    before: Mapping[int, Player]


def _checked(closure: Closure, found: dict[int, tuple[Game, str | None]]) -> Closure | Exception:
    game, worker = found.get(closure.game, (None, None))
    if game is None:
        return UnknownGameError(closure.game)
    if worker != closure.worker:
        return NotOursError(closure.game)
    if game.phase is not Phase.OPEN or game.round != closure.round:
        return rules.NotNowError(game)
    return closure


def _after(given: Given, round: Round) -> int:
    """Milliseconds from the question to the answer."""
    if given.after_ms != UNKNOWN or round.shown_at is None:
        return max(given.after_ms, 0)
    return max((given.at - round.shown_at) // timedelta(milliseconds=1), 0)


def _responses(given: dict[int, Given]) -> set[str]:
    return {each.response for each in given.values()}


def _reveal(
    put: Put, gains: Sequence[Gain], given: dict[int, Given], verdicts: dict[str, Marked], is_last: bool
) -> Reveal:
    python = Python.named(put.game.python)
    picks: Counter[str] = Counter()
    for response, count in Counter(each.response for each in given.values()).items():
        for pick in picked(put.question, response) or (verdicts[response].compared,):
            picks[pick] += count
    by_learner = {each.player.learner: each for each in gains}
    standing = tuple(
        (place, by_learner[player.learner])
        for place, player in ranked(put.game.rules.mode, [each.player for each in gains])
    )
    answered, right = sum(each.answered for each in gains), sum(each.right for each in gains)
    answer = put.question.truth.answer(python)
    return Reveal(put, put.question.right_keys(python), answer, picks, answered, right, standing, is_last)


_WRONG = (
    update(answers)
    .where(answers.c.game == bindparam("g"), answers.c.round == bindparam("r"))
    .values(right=false(), points=0)
)
_RIGHT = (
    update(answers)
    .where(answers.c.game == bindparam("g"), answers.c.round == bindparam("r"), answers.c.learner == bindparam("l"))
    .values(right=true(), points=bindparam("won"))
)
_GAIN = (
    update(players)
    .where(players.c.game == bindparam("g"), players.c.learner == bindparam("l"))
    .values(
        score=bindparam("sum"),
        streak=bindparam("run"),
        best_streak=bindparam("best"),
        right=bindparam("hits"),
        out_round=bindparam("gone"),
    )
)
