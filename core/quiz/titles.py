"""What is noticed at the end of a game: titles, what most got wrong, and who answered at machine speed. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.quiz.model import Player

FEW = 3
"""A title takes so many rounds, a suspicion so many coincidences."""
TOGETHER = timedelta(milliseconds=5)
"""Two accounts that answer closer than this answered at the same moment."""
INHUMAN = 150
"""Milliseconds in which nobody reads a question: the quickest reaction to a light is slower."""
NEIGHBOURS = 20
"""So many answers after one are compared with it: in a crowd, closeness says nothing."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of a finished game."""

    round: int
    learner: int
    response: str
    at: datetime
    after_ms: int
    right: bool


def titles(players: Sequence[Player], answers: Iterable[Answered], rounds: int) -> dict[int, tuple[str, ...]]:
    """`flawless` for everything right in a game of three rounds and more, `streak` for the longest streak of it."""
    right = Counter(each.learner for each in answers if each.right)
    longest = max((player.best_streak for player in players), default=0)
    found: dict[int, tuple[str, ...]] = {}
    for player in players:
        flawless = ("flawless",) if rounds >= FEW and right[player.learner] == rounds else ()
        streak = ("streak",) if longest >= FEW and player.best_streak == longest else ()
        if flawless or streak:
            found[player.learner] = flawless + streak
    return found


def missed(questions: Mapping[int, str], answers: Iterable[Answered]) -> list[tuple[str, float]]:
    """The questions that somebody got wrong with the share of wrong answers, the most missed first."""
    count: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    for each in answers:
        count[each.round] += 1
        wrong[each.round] += not each.right
    shares = [(questions[round], wrong[round] / count[round]) for round in sorted(count) if wrong[round]]
    return sorted(shares, key=lambda each: -each[1])


def suspects(answers: Iterable[Answered]) -> frozenset[int]:
    """Accounts that again and again answered the same within milliseconds of each other, or faster than people can.

    Both in three rounds at least, and in most rounds in which they answered.
    """
    rounds: defaultdict[int, list[Answered]] = defaultdict(list)
    for each in answers:
        rounds[each.round].append(each)
    pairs: Counter[tuple[int, int]] = Counter()
    quick: Counter[int] = Counter()
    played: Counter[int] = Counter()
    for given in rounds.values():
        given.sort(key=lambda each: each.at)
        for place, one in enumerate(given):
            played[one.learner] += 1
            quick[one.learner] += one.right and one.after_ms < INHUMAN
            for other in given[place + 1 : place + 1 + NEIGHBOURS]:
                if other.at - one.at > TOGETHER:
                    break
                if other.response == one.response:
                    pairs[min(one.learner, other.learner), max(one.learner, other.learner)] += 1
    found = {learner for learner, times in quick.items() if _again(times, played[learner])}
    for pair, times in pairs.items():
        if _again(times, max(played[learner] for learner in pair)):
            found |= set(pair)
    return frozenset(found)


def _again(times: int, of: int) -> bool:
    return times >= FEW and times > of / 2
