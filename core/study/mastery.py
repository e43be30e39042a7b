"""How well a learner masters each cell of the curriculum: what they would remember now, weighed by evidence. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.study.memory import Memory, chance

Place: TypeAlias = tuple[int, str]
"""A level and a competency."""

DOUBT = 2
"""Items that a learner is taken to have failed before the first one: a single right answer proves little."""

MASTERED = 0.7
"""The mastery from which on a cell counts as mastered."""

ENOUGH = 4
"""Items that must have been asked before a cell counts as mastered, or all of them where there are fewer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A competency at a level. `mastery` is from 0 to 1; `evidence` counts items asked, `total` those there are.

    An item is a written question, or all the questions of one generator together.
    """

    competency: str
    level: int
    mastery: float
    evidence: int
    total: int


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What can be asked of one Python: where each item belongs, and how many each cell has.

    Both in the order of the curriculum.
    """

    places: Mapping[str, Place]
    totals: Mapping[Place, int]


def cells(syllabus: Syllabus, memories: Mapping[str, Memory], now: datetime) -> tuple[Cell, ...]:
    """Every cell of the curriculum, in its order."""
    found = touched(syllabus, memories, now)
    return tuple(
        found.get((level, competency)) or Cell(competency, level, 0.0, 0, total)
        for (level, competency), total in syllabus.totals.items()
    )


def touched(syllabus: Syllabus, memories: Mapping[str, Memory], now: datetime) -> Mapping[Place, Cell]:
    """The cells of which something was asked; the cost grows with the memories, not with the curriculum."""
    held: dict[Place, list[float]] = {}
    for item, memory in memories.items():
        place = syllabus.places.get(item)
        if place is not None:
            held.setdefault(place, []).append(chance(memory, now) if memory.right else 0.0)
    return {
        (level, competency): Cell(competency, level, mastery(kept, total), len(kept), total)
        for (level, competency), kept in held.items()
        for total in (syllabus.totals[level, competency],)
    }


def mastery(held: Iterable[float], total: int) -> float:
    """From 0 to 1: the sum of the chances of recall, each 0 after a wrong answer, shrunk by doubt and scaled by size.

    sum / (n + DOUBT) * (total + DOUBT) / total, with n items asked of `total`. The first factor is the mean of the
    chances with DOUBT failures added (the posterior mean of a share, with a prior that expects nothing); the second
    makes that 1 where all items were asked and each would be recalled for certain.
    """
    chances = tuple(held)
    return sum(chances) / (len(chances) + DOUBT) * (total + DOUBT) / total


def is_mastered(cell: Cell) -> bool:
    """Whether the learner knows a cell, as far as questions can tell."""
    return cell.mastery >= MASTERED and cell.evidence >= min(ENOUGH, cell.total)


def weakest(cells: Iterable[Cell], level: int) -> tuple[Cell, ...]:
    """The cells of a level, the weakest first; of equals the one with less evidence, so that each has its turn."""
    return tuple(
        sorted((cell for cell in cells if cell.level == level), key=lambda cell: (cell.mastery, cell.evidence))
    )
