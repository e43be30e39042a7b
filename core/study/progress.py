"""What a learner knows, and how steadily they learn. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core.bank.model import Bank
from core.bank.versions import Python
from core.study.memory import Memory


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """One competency: how many questions exist for the learner's Python, were asked, were right last time."""

    competency: str
    level: int
    total: int
    asked: int
    known: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything `/progress` shows. `due` questions wait to be asked again; a streak counts days with an answer."""

    topics: tuple[TopicProgress, ...]
    today: int
    today_right: int
    due: int
    streak: int

    def level(self, level: int) -> tuple[int, int]:
        """Known and total questions of a level's competencies."""
        topics = [topic for topic in self.topics if topic.level == level]
        return sum(topic.known for topic in topics), sum(topic.total for topic in topics)


def topics(bank: Bank, python: Python, memories: Mapping[str, Memory]) -> tuple[TopicProgress, ...]:
    """Progress per competency, in the order of the curriculum."""
    total: dict[str, int] = dict.fromkeys(bank.competencies, 0)
    asked, known = dict(total), dict(total)
    for question in bank.questions.values():
        if not question.truth.asked_on(python):
            continue
        total[question.competency] += 1
        memory = memories.get(question.id)
        asked[question.competency] += memory is not None
        known[question.competency] += memory is not None and memory.right
    return tuple(
        TopicProgress(slug, competency.truth.level, total[slug], asked[slug], known[slug])
        for slug, competency in bank.competencies.items()
    )


def streak(days: Collection[date], today: date) -> int:
    """Days with at least one answer, up to today, without a gap of two days.

    One missed day between two active ones is forgiven (a grace day, for travel and life); two in a row end the streak.
    """
    active: Sequence[date] = sorted({day for day in days if day <= today}, reverse=True)
    if not active or today - active[0] > timedelta(days=2):
        return 0
    length = 1
    for later, earlier in pairwise(active):
        if later - earlier > timedelta(days=2):
            break
        length += 1
    return length
