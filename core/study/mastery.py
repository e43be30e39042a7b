"""How well a learner masters each cell of the curriculum: what they would remember now, weighed by evidence. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A competency at a level. `mastery` is from 0 to 1; `evidence` counts questions asked, `total` those there are."""

    competency: str
    level: int
    mastery: float
    evidence: int
    total: int
