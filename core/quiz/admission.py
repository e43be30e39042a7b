"""Lets games begin as their platform has room for them; the others wait, and know until when."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.quiz import rules
from core.quiz.model import Game, Phase
from core.quiz.room import Pace, plan
from core.quiz.rows import game_of
from core.quiz.store import GameStore, Move
from core.storage.database import Database
from core.storage.quiz_tables import games

UNSURE = timedelta(seconds=15)
"""A start that is expected so little earlier or later is not worth a word."""


TICK = timedelta(microseconds=1)
"""Between the starts of games that are expected at once, so that their order stays."""


@dataclass(frozen=True, slots=True)
class Start:
    """A game that wants to begin; with a `worker` only if it is still theirs."""

    game: Game
    worker: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A game's place in the queue: when there is room for it, and until when it is told to wait."""

    game: Game
    start: datetime
    until: datetime


class Admission:
    """Counts the games of all processes, by their rows.

    `pace` is what each platform takes; one that is missing has room for everybody.
    """

    def __init__(
        self, database: Database, store: GameStore, pace: Mapping[str, Pace], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._store = store
        self._pace = pace
        self._now = now

    def is_limited(self, platform: str) -> bool:
        """Whether games may have to wait there."""
        return platform in self._pace

    async def begin(self, starts: Sequence[Start]) -> Sequence[Game | Exception]:
        """Begin games, or put their starts off; what a rule raises is the result of that game alone."""
        by_platform: defaultdict[str, list[Start]] = defaultdict(list)
        for start in starts:
            by_platform[start.game.address.platform].append(start)
        results: dict[int, Game | Exception] = {}
        async with self._database.write() as connection:
            for platform, some in by_platform.items():
                ids = [start.game.id for start in some]
                queue = await self._queue(connection, platform, ids)
                wanted = [Move(each.game.id, self._rule(queue.get(each.game.id)), worker=each.worker) for each in some]
                moved = await self._store.move_in(connection, [*wanted, *_shifts(queue, ids)])
                results |= dict(zip(ids, moved, strict=False))
        return [results[start.game.id] for start in starts]

    async def plan(self, platform: str) -> Sequence[int]:
        """Work out anew when waiting games start: the numbers of those for which that has changed."""
        if not self.is_limited(platform) or not await self._is_any_waiting(platform):
            return ()
        async with self._database.write() as connection:
            shifts = _shifts(await self._queue(connection, platform))
            await self._store.move_in(connection, shifts)
        return [move.game for move in shifts]

    async def _is_any_waiting(self, platform: str) -> bool:
        query = select(games.c.id).where(*_live(platform), games.c.phase == Phase.WAITING.value).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def _queue(
        self, connection: AsyncConnection, platform: str, newcomers: Sequence[int] = ()
    ) -> dict[int, Place]:
        """Everybody's place, by the game's number; newcomers come after those who wait already."""
        if not self._database.embedded:
            await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"quiz {platform}"))))
        query = select(games).where(
            *_live(platform),
            or_(games.c.begun_at.is_not(None), games.c.phase == Phase.WAITING.value, games.c.id.in_(newcomers)),
        )
        live = list(map(game_of, await connection.execute(query)))
        waiting = sorted((game for game in live if game.phase is Phase.WAITING), key=_turn)
        new = sorted((game for game in live if game.phase is Phase.LOBBY), key=lambda game: newcomers.index(game.id))
        running, now = [game for game in live if game.begun_at], self._now()
        return _places([*waiting, *new], plan(running, [*waiting, *new], self._pace[platform], now), now)

    def _rule(self, place: Place | None) -> Callable[[Game], Game]:
        now = self._now()
        if place is None or place.start <= now:
            return partial(rules.start, now=now)
        return partial(rules.put_off, start=place.until)


def _places(queue: Sequence[Game], starts: Mapping[int, datetime], now: datetime) -> dict[int, Place]:
    """Places whose times keep the order of the starts: what was said stays so, or else all is said anew."""
    stays = not any(game.phase is Phase.WAITING and _has_changed(game, starts[game.id], now) for game in queue)
    places: dict[int, Place] = {}
    last = now - TICK
    for game in sorted(queue, key=lambda game: starts[game.id]):
        start = starts[game.id]
        last = _turn(game)[0] if stays and game.phase is Phase.WAITING else max(start, last + TICK)
        places[game.id] = Place(game, start, last)
    return places


def _shifts(queue: Mapping[int, Place], besides: Sequence[int] = ()) -> list[Move]:
    """What is to be told to those who wait, `besides` some."""
    return [
        Move(id, partial(rules.put_off, start=place.until))
        for id, place in queue.items()
        if id not in besides and place.until != place.game.until
    ]


def _has_changed(game: Game, start: datetime, now: datetime) -> bool:
    until, _ = _turn(game)
    if until <= now or start <= now:
        return (until <= now) != (start <= now)
    return abs(start - until) >= UNSURE


def _turn(game: Game) -> tuple[datetime, int]:
    """By what waiting games are sorted."""
    return game.until or game.made_at, game.id


def _live(platform: str) -> tuple[ColumnElement[bool], ...]:
    return games.c.platform == platform, games.c.ended_at.is_(None)
