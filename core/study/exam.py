"""A mock interview: which questions it holds, how they are credited, what comes of it. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from random import Random

from core.bank.markdown import blocks
from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.wording import Language
from core.document import Bullets, Paragraph, Quote, Spans, plain_spans

QUESTIONS = 12
"""Questions of an interview."""

DURATION = timedelta(minutes=20)
"""The time for all of them."""

PASS = 0.7
"""The share of the credit that passes."""

MOST_GENERATED = 2
"""Questions that a generator may make; the others were written by people."""

RECALLED = 0.5
"""A told answer counts as remembered when more than this share of its points was said."""

WEAK_SPOTS = 3
"""Competencies in the plan; a longer list would not be worked through."""

HIGHEST_LEVEL = 3


class Part(StrEnum):
    """The ways in which an interview asks."""

    CHOICE = "choice"
    ORDER = "order"
    TYPED = "typed"
    RECALL = "recall"


WANTED = {Part.RECALL: 3, Part.TYPED: 2, Part.ORDER: 1, Part.CHOICE: 6}
"""How many questions of each part, as far as there are any."""

_PARTS = {Kind.RECALL: Part.RECALL, Kind.NUMBER: Part.TYPED, Kind.WORD: Part.TYPED, Kind.ORDER: Part.ORDER}


@dataclass(frozen=True, slots=True)
class Exam:
    """One interview of one learner. It runs until `ended_at`, at the latest until its deadline."""

    id: int
    learner: int
    platform: str
    chat: str
    level: int
    python: str
    started_at: datetime
    deadline: datetime
    ended_at: datetime | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What is kept of a question of an exam: options in the order shown, what is picked, the credit from 0 to 1.

    For a told answer `picked` holds the places of the points that were said. `credit` is None until it is answered.
    """

    place: int
    question: str
    shown: tuple[str, ...]
    picked: tuple[str, ...] = ()
    credit: float | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A question of an exam and what came of it; `number` counts from 1."""

    number: int
    item: Item
    question: Question


@dataclass(frozen=True, slots=True)
class Share:
    """The credit for some of the questions: those of a part, or of a competency."""

    of: str
    credit: float
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an exam. `level` is the learner's own, after it.

    `missed` are the answered questions without full credit, `weak` the competencies to work on, the worst first.
    """

    exam: Exam
    level: int
    score: float
    total: int
    parts: tuple[Share, ...]
    missed: tuple[Paper, ...]
    weak: tuple[Share, ...]
    unanswered: int

    @property
    def percent(self) -> int:
        """The score in whole percent, never rounded up to a pass."""
        return int(self.score * 100 + 1e-9)


def part_of(question: Question) -> Part:
    """The part of an interview that a question belongs to."""
    return _PARTS.get(question.truth.kind, Part.CHOICE)


def can_be_credited(question: Question) -> bool:
    """Whether it can be in an exam: what is told needs points to tick, in every language."""
    return question.truth.kind is not Kind.RECALL or all(points(question, language) for language in Language)


def points(question: Question, language: Language) -> tuple[Spans, ...]:
    """The checklist of a told answer: its paragraphs and list items; a line that only names a list is no point."""
    answer = blocks(question.texts[language].answer)
    found: list[Spans] = []
    for block, below in pairwise((*answer, None)):
        if isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Paragraph | Quote) and not (isinstance(below, Bullets) and _names(block.spans)):
            found.append(block.spans)
    return tuple(found)


def _names(line: Spans) -> bool:
    return plain_spans(line).rstrip().endswith(":")


def draw(
    written: Iterable[Question], generated: Sequence[Question], recent: Collection[str], random: Random
) -> tuple[Question, ...]:
    """The questions of an exam, of all parts, in an order of chance.

    Spread over the competencies; what was asked lately comes only where nothing else is left. Some of the generated
    ones, if there are any, take the place of written ones.
    """
    chosen = list(generated[:MOST_GENERATED])
    pool = [question for question in written if question not in chosen]
    random.shuffle(pool)
    for part, count in WANTED.items():
        of_part = [question for question in pool if part_of(question) is part]
        while of_part and sum(part_of(question) is part for question in chosen) < count:
            _take(of_part, chosen, recent)
    rest = [question for question in pool if question not in chosen]
    while rest and len(chosen) < QUESTIONS:
        _take(rest, chosen, recent)
    random.shuffle(chosen)
    return tuple(chosen)


def _take(candidates: list[Question], chosen: list[Question], recent: Collection[str]) -> None:
    """Move the best candidate over: not asked lately, from the competency that has the fewest so far."""

    def reluctance(question: Question) -> tuple[bool, int]:
        return question.id in recent, sum(each.competency == question.competency for each in chosen)

    best = min(candidates, key=reluctance)
    candidates.remove(best)
    chosen.append(best)


def is_passed(papers: Sequence[Paper]) -> bool:
    """Whether the credit is enough; what was not answered counts as wrong."""
    return bool(papers) and _score(papers) >= PASS - 1e-9


def result(exam: Exam, papers: Sequence[Paper], level: int) -> Result:
    """What came of an ended exam."""
    answered = [paper for paper in papers if paper.item.credit is not None]
    missed = [paper for paper in answered if _credit(paper) < 1]
    topics = dict.fromkeys(paper.question.competency for paper in missed)
    weak = [_share(topic, [each for each in answered if each.question.competency == topic]) for topic in topics]
    weak.sort(key=lambda share: share.credit / share.total)
    parts = [_share(part, [each for each in papers if part_of(each.question) is part]) for part in Part]
    return Result(
        exam=exam,
        level=level,
        score=_score(papers),
        total=len(papers),
        parts=tuple(share for share in parts if share.total),
        missed=tuple(missed),
        weak=tuple(weak[:WEAK_SPOTS]),
        unanswered=len(papers) - len(answered),
    )


def next_level(exam_level: int, level: int) -> int:
    """The learner's level after passing: one up, unless the exam was below it."""
    return min(HIGHEST_LEVEL, level + 1) if exam_level >= level else level


def _share(of: str, papers: Sequence[Paper]) -> Share:
    return Share(of, sum(_credit(paper) for paper in papers), len(papers))


def _score(papers: Sequence[Paper]) -> float:
    return sum(_credit(paper) for paper in papers) / len(papers) if papers else 0.0


def _credit(paper: Paper) -> float:
    return paper.item.credit or 0.0
