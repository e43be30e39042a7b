"""How many games a platform has room for: it takes so many messages a second, and with more games all would lag."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from core.quiz.model import Game, Phase, Rules
from core.quiz.rules import READING

MESSAGES = 4
"""Messages of a round at most: the question, its program before it where a poll cannot hold that, the reveal, and the
question without its buttons. A podium stands where the next question would; counts of answers and lists of players are
sent when nothing else is.
"""
LATER = timedelta(seconds=15)
"""So long a game that should have ended is given, at least."""


def load(rules: Rules) -> float:
    """Messages a second that a game needs: a round's, in the time a round and the reading of its reveal take.

    A round of 20 seconds lasts 28 with its reveal, so it needs 1/7 of a message a second: 25 a second carry 175 such
    games, 40 a second 280. Only the question and the reveal must be in time, half of what is counted: the other half
    is for rounds that end early because everybody has answered, and for answers to people.
    """
    return MESSAGES / _round(rules).total_seconds()


def plan(running: Iterable[Game], waiting: Sequence[Game], per_second: float, now: datetime) -> dict[int, datetime]:
    """When each waiting game can start, by its number: in their order, so that a short one never overtakes a long one.

    `now` is for those there is room for. A game that alone needs more than there is starts when nothing else runs.
    """
    ends = [(_end(game, now), load(game.rules)) for game in running]
    heapify(ends)
    used, moment = sum(need for _, need in ends), now
    starts: dict[int, datetime] = {}
    for game in waiting:
        need = load(game.rules)
        while ends and round(used + need, 6) > per_second:
            end, freed = heappop(ends)
            used, moment = used - freed, max(moment, end)
        starts[game.id] = moment
        used += need
        heappush(ends, (moment + _round(game.rules) * game.rules.rounds, need))
    return starts


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
