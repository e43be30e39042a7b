"""How long a learner will remember: the FSRS algorithm, with time passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any

from fsrs import Card, Rating, Scheduler

from core.study.learner import DEFAULT_RETENTION

SOON = timedelta(minutes=10)
"""When a wrong answer is asked again; a right one waits for days, since a chat is opened once a day."""

EARLY = timedelta(hours=6)
"""So much before its minute a review of days counts as due, and a day as over.

The question that yesterday came at five past nine would else not be due at nine, and come a day late for ever.
"""

DAY = timedelta(days=1)


class Grade(IntEnum):
    """How well it was remembered: a wrong answer is AGAIN, a right one GOOD, with help or at the second look HARD.

    Recall lets people grade themselves.
    """

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """One item in one learner's head: the algorithm's card, when to ask again, and how the last answer went.

    `question` is the item's key: the id of a written question, the family's key for all that a generator makes.
    """

    question: str
    card: dict[str, Any]
    due: datetime
    right: bool

    @property
    def reviewed_at(self) -> datetime:
        """When it was answered last."""
        return datetime.fromisoformat(self.card["last_review"])

    @property
    def scheduled(self) -> datetime:
        """When the algorithm wants it asked again, whatever a pause has made of `due`."""
        return _due(Card.from_dict(self.card))  # type: ignore[arg-type]


@lru_cache
def _scheduler(retention: int) -> Scheduler:
    """The algorithm for a desired retention in percent."""
    steps = (SOON,)
    return Scheduler(
        desired_retention=retention / 100, learning_steps=steps, relearning_steps=steps, enable_fuzzing=False
    )


def reviewed(
    question: str, before: Memory | None, grade: Grade, now: datetime, retention: int = DEFAULT_RETENTION
) -> Memory:
    """The memory after a review at `now` (aware, UTC), asked again when the chance of recall falls to `retention` %."""
    card = Card.from_dict(before.card) if before else Card(card_id=1, due=now)  # type: ignore[arg-type]
    if card.last_review:
        card.last_review -= EARLY
    card, _log = _scheduler(retention).review_card(card, Rating(int(grade)), now)
    return Memory(question, dict(card.to_dict()), _due(card), grade is not Grade.AGAIN)


def chance(memory: Memory, now: datetime) -> float:
    """The chance from 0 to 1 that it is remembered at `now`."""
    card = Card.from_dict(memory.card)  # type: ignore[arg-type]
    return float(_scheduler(DEFAULT_RETENTION).get_card_retrievability(card, now))


def _due(card: Card) -> datetime:
    is_of_days = card.last_review is not None and card.due - card.last_review >= DAY
    return card.due - EARLY if is_of_days else card.due
