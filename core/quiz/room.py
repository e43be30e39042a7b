"""How many games a platform has room for: it takes so many messages a second, and with more games all would lag."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from math import inf

from core.quiz.model import Game, Phase, Rules
from core.quiz.rules import READING

MESSAGES = 4
"""Messages of a round at most: the question, its program before it where a poll cannot hold that, the reveal, and the
question without its buttons. A podium stands where the next question would; counts of answers and lists of players are
sent when nothing else is.
"""
LATER = timedelta(seconds=15)
"""So long a game that should have ended is given, at least."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages a second a platform takes, in all its chats and in one of them, whatever its topics."""

    per_second: float
    in_chat: float = inf


def load(rules: Rules) -> float:
    """Messages a second that a game needs: a round's, in the time a round and the reading of its reveal take.

    A round of 20 seconds lasts 28 with its reveal, so it needs 1/7 of a message a second: 25 a second carry 175 such
    games, 40 a second 280. Only the question and the reveal must be in time, half of what is counted: the other half
    is for rounds that end early because everybody has answered, and for answers to people.
    """
    return MESSAGES / _round(rules).total_seconds()


def plan(running: Iterable[Game], waiting: Sequence[Game], pace: Pace, now: datetime) -> dict[int, datetime]:
    """When each waiting game can start, by its number: in their order, so that a short one never overtakes a long one.

    `now` is for those there is room for. A game that alone needs more than there is starts when nothing else runs. One
    that waits for games of its own chat holds up nobody elsewhere.
    """
    everywhere, chats = _Room(pace.per_second, now), defaultdict[str, _Room](lambda: _Room(pace.in_chat, now))
    for game in running:
        for room in (everywhere, chats[game.address.chat]):
            room.take(load(game.rules), _end(game, now))
    starts: dict[int, datetime] = {}
    for game in waiting:
        rooms, need = (everywhere, chats[game.address.chat]), load(game.rules)
        start = max(room.free(need) for room in rooms)
        for room in rooms:
            room.take(need, start + _round(game.rules) * game.rules.rounds)
        starts[game.id] = start
    return starts


class _Room:
    """So many messages a second, of which games take their share until they end."""

    def __init__(self, per_second: float, now: datetime) -> None:
        self._per_second = per_second
        self._used = 0.0
        self._ends: list[tuple[datetime, float]] = []
        self._moment = now

    def take(self, need: float, until: datetime) -> None:
        """Use it."""
        self._used += need
        heappush(self._ends, (until, need))

    def free(self, need: float) -> datetime:
        """From when on there is so much left, and for whoever comes later not earlier."""
        while self._ends and round(self._used + need, 6) > self._per_second:
            end, freed = heappop(self._ends)
            self._used, self._moment = self._used - freed, max(self._moment, end)
        return self._moment


def _end(game: Game, now: datetime) -> datetime:
    """When a game that has begun is expected to end: at its last reveal, or when nobody goes on with it."""
    until = game.until or now
    to_come = _round(game.rules) * (game.rules.rounds - game.round)
    match game.phase:
        case Phase.ASKING:
            end = until + _round(game.rules) + to_come
        case Phase.OPEN:
            end = until + READING + to_come
        case Phase.REVEAL:
            end = until + to_come
        case _:
            end = until
    return max(end, now + LATER)


def _round(rules: Rules) -> timedelta:
    return timedelta(seconds=rules.seconds) + READING
