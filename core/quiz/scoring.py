"""Points, places, teams, and who is out. Pure.

The rule: a right answer brings 500 points and up to 500 more for speed, times 1, 1.25 or 1.5 by the question's level,
and 50 for each right answer in a row before it, at most 200; a wrong one brings nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean

from core.quiz.model import Gain, Mode, Player, TeamScore

BASE = 500
"""Points of a right answer, however late."""
SPEED = 500
"""Points on top for a right answer at once; they fall evenly to none at the end of the round."""
WEIGHT = {1: 1.0, 2: 1.25, 3: 1.5}
"""What a question's level multiplies both with."""
STREAK = 50
"""Points for each right answer in a row before this one."""
LONGEST_STREAK = 4
"""So many right answers in a row count."""
TEAMS = 2
"""So many teams play against each other."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A player's answer to a round: whether it is right, and how many milliseconds after the question it came."""

    right: bool
    after_ms: int


def points(level: int, seconds: int, after_ms: int, streak: int) -> int:
    """The points of a right answer; `streak` right ones came directly before it."""
    share = min(max(after_ms / (seconds * 1000), 0.0), 1.0)
    return round(WEIGHT[level] * (BASE + SPEED * (1 - share))) + STREAK * min(streak, LONGEST_STREAK)


def gain(player: Player, answer: Scored | None, level: int, seconds: int) -> Gain:
    """What a round brings a player who is in the game; None is no answer."""
    if answer is None or not answer.right:
        changed = player if player.streak == 0 else replace(player, streak=0)
        return Gain(changed, 0, answer is not None, False)
    won, streak = points(level, seconds, answer.after_ms, player.streak), player.streak + 1
    changed = Player(
        player.learner,
        player.name,
        player.team,
        player.joined_round,
        player.out,
        player.left,
        player.score + won,
        streak,
        max(streak, player.best_streak),
        player.right + 1,
    )
    return Gain(changed, won, True, True)


def knock_out(gains: Sequence[Gain], round: int) -> list[Gain]:
    """Put those out who were wrong or silent; where several played and nobody was right, they all stay."""
    in_game = [each for each in gains if is_in(each.player)]
    if len(in_game) > 1 and not any(each.right for each in in_game):
        return list(gains)
    return [
        each if each.right or not is_in(each.player) else replace(each, player=replace(each.player, out=round))
        for each in gains
    ]


def is_in(player: Player) -> bool:
    """Whether a player still plays."""
    return player.out is None and not player.left


def is_decided(mode: Mode, players: Iterable[Player]) -> bool:
    """Whether there is nothing left to play for: nobody is left, or, of several, the last one standing."""
    everybody = list(players)
    left = sum(map(is_in, everybody))
    return left == 0 or (mode is Mode.LAST and left == 1 and len(everybody) > 1)


def ranked(mode: Mode, players: Iterable[Player]) -> list[tuple[int, Player]]:
    """The players with their places from 1, best first; equals share a place and stand by name."""

    def worth(player: Player) -> tuple[float, int]:
        stood = float("inf") if player.out is None else player.out
        return (-stood if mode is Mode.LAST else 0.0, -player.score)

    ordered = sorted(players, key=lambda player: (worth(player), player.name.casefold(), player.learner))
    placed: list[tuple[int, Player]] = []
    for _, equals in groupby(ordered, worth):
        place = len(placed) + 1
        placed += [(place, player) for player in equals]
    return placed


def team_scores(players: Iterable[Player]) -> tuple[TeamScore, ...]:
    """The teams by their average, the best first; those who left do not count."""
    ordered = sorted((each for each in players if each.team is not None), key=lambda each: (each.team, -each.score))
    found = []
    for team, members in groupby(ordered, lambda each: each.team):
        crowd = tuple(members)
        counted = [each.score for each in crowd if not each.left] or [0]
        found.append(TeamScore(team or 0, fmean(counted), crowd))
    return tuple(sorted(found, key=lambda each: (-each.score, each.team)))


def balanced(players: Sequence[Player], strength: Mapping[int, float]) -> dict[int, int]:
    """A team for each player without one: the strongest first, each into the smallest, then the weakest team."""
    size = dict.fromkeys(range(1, TEAMS + 1), 0)
    sum_of = dict.fromkeys(size, 0.0)
    for player in players:
        if player.team in size:
            size[player.team] += 1
            sum_of[player.team] += strength.get(player.learner, 0.0)
    chosen: dict[int, int] = {}
    free = (player for player in players if player.team not in size)
    for player in sorted(free, key=lambda each: -strength.get(each.learner, 0.0)):
        team = min(size, key=lambda each: (size[each], sum_of[each], each))
        size[team] += 1
        sum_of[team] += strength.get(player.learner, 0.0)
        chosen[player.learner] = team
    return chosen
