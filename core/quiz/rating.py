"""Ratings by openskill: how they change after a game, and how they are said. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openskill.models import BradleyTerryPart, PlackettLuce

from core.quiz.model import Mode, Player
from core.quiz.scoring import ranked, team_scores

MOST_COMPARED = 200
"""Up to so many sides all are compared with all, at a cost that grows with the square; beyond, only neighbours are."""
POINTS = 40
"""Points for one unit of openskill's scale."""
BEGIN = 1000
"""The points of somebody nobody knows anything of."""

_FEW, _MANY = PlackettLuce(), BradleyTerryPart()


@dataclass(frozen=True, slots=True)
class Skill:
    """What is believed of somebody's strength: a normal distribution in openskill's scale."""

    mu: float = 25.0
    sigma: float = 25.0 / 3

    @property
    def points(self) -> int:
        """The rating in whole points: what they play with near certainty, three deviations below the mean."""
        return max(round(BEGIN + POINTS * (self.mu - 3 * self.sigma)), 0)


def season_of(now: datetime) -> str:
    """The quarter of the year: `2026-4`."""
    return f"{now.year}-{(now.month + 2) // 3}"


def rated(mode: Mode, players: Sequence[Player], before: Mapping[int, Skill]) -> dict[int, Skill]:
    """Everybody's skill after a game; nothing changes in a game against nobody."""
    sides = _sides(mode, players)
    if len(sides) < 2:
        return {}
    model: Any = _FEW if len(sides) <= MOST_COMPARED else _MANY
    known = [[before.get(learner, Skill()) for learner in side] for _, side in sides]
    teams = [[model.rating(mu=skill.mu, sigma=skill.sigma) for skill in side] for side in known]
    after = model.rate(teams, ranks=[float(place) for place, _ in sides])
    return {
        learner: Skill(float(each.mu), float(each.sigma))
        for (_, side), ratings in zip(sides, after, strict=True)
        for learner, each in zip(side, ratings, strict=True)
    }


def winners(mode: Mode, players: Sequence[Player]) -> frozenset[int]:
    """Who won; nobody in a game against nobody, or where nobody scored."""
    sides = _sides(mode, players)
    scored = {player.learner for player in players if player.score}
    if len(sides) < 2:
        return frozenset()
    return frozenset(learner for place, side in sides if place == 1 and scored & set(side) for learner in side)


def _sides(mode: Mode, players: Sequence[Player]) -> list[tuple[int, tuple[int, ...]]]:
    """The places and the learners of those who play together."""
    if mode is not Mode.TEAMS:
        return [(place, (player.learner,)) for place, player in ranked(mode, players)]
    teams = team_scores(players)
    first = {score: place for place, score in reversed(list(enumerate((team.score for team in teams), 1)))}
    return [(first[team.score], tuple(player.learner for player in team.players)) for team in teams]
