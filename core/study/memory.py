"""How long a learner will remember: the FSRS algorithm, with time passed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from fsrs import Card, Rating, Scheduler

_SCHEDULER = Scheduler(enable_fuzzing=False)


class Grade(IntEnum):
    """How well it was remembered: a wrong answer is AGAIN, a right one GOOD; recall lets people grade themselves."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """One question in one learner's head: the algorithm's card, when to ask again, and how the last answer went."""

    question: str
    card: dict[str, Any]
    due: datetime
    right: bool


def reviewed(question: str, before: Memory | None, grade: Grade, now: datetime) -> Memory:
    """The memory after a review at `now` (aware, UTC)."""
    card = Card.from_dict(before.card) if before else Card(card_id=1, due=now)  # type: ignore[arg-type]
    card, _log = _SCHEDULER.review_card(card, Rating(int(grade)), now)
    return Memory(question, dict(card.to_dict()), card.due, grade is not Grade.AGAIN)


def chance(memory: Memory, now: datetime) -> float:
    """The chance from 0 to 1 that it is remembered at `now`."""
    return float(_SCHEDULER.get_card_retrievability(Card.from_dict(memory.card), now))  # type: ignore[arg-type]
