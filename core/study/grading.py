"""What an answer is worth to the memory: help and a second look on the same day make a right one a hard one. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.study.learner import Learner
from core.study.memory import Grade, Memory


class Eased(StrEnum):
    """What made a right answer easier than remembering."""

    HINT = "hint"
    SECOND_LOOK = "second-look"


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade that counts, and why it is not the one the answer alone would get; None when it is."""

    grade: Grade
    eased: Eased | None = None


def graded(grade: Grade, before: Memory | None, learner: Learner, today: date, helped: bool) -> Graded:
    """A right answer counts as HARD with help, or when the item's last answer was wrong, earlier the same local day."""
    if grade is Grade.AGAIN:
        return Graded(grade)
    if helped:
        return Graded(Grade.HARD, Eased.HINT)
    if before and not before.right and learner.local(before.reviewed_at).date() == today:
        return Graded(Grade.HARD, Eased.SECOND_LOOK)
    return Graded(grade)
