"""Holding a mock interview: the use case behind `/exam`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.study.asking import Asked, Study
from core.study.difficulty_store import Difficulties
from core.study.exam import (
    DURATION,
    MOST_GENERATED,
    QUESTIONS,
    RECALLED,
    Exam,
    Item,
    Paper,
    Result,
    can_be_credited,
    draw,
    is_passed,
    next_level,
    points,
    result,
)
from core.study.exam_store import ExamStore
from core.study.learner import Learner
from core.study.learners import Learners
from core.study.marking import mark_keys, mark_typed
from core.study.selection import Shelf, Wish
from core.study.store import Sheet, StudyStore

LATELY = 100
"""So many questions back none is taken while others are left: the last days of somebody who practises."""


@dataclass(frozen=True, slots=True)
class Put:
    """The question of a running exam that waits for its answer; `left` is the time for all that remain."""

    exam: Exam
    paper: Paper
    total: int
    left: timedelta

    @property
    def question(self) -> Question:
        """The question."""
        return self.paper.question

    @property
    def asked(self) -> Asked:
        """The question as `/ask` would put it."""
        return asked_of(self.exam, self.paper)


def asked_of(exam: Exam, paper: Paper) -> Asked:
    """A question of an exam as `/ask` would put it, on a sheet that is in no table."""
    sheet = Sheet(
        id=0,
        learner=exam.learner,
        chat=exam.chat,
        question=paper.item.question,
        python=exam.python,
        shown=paper.item.shown,
        picked=paper.item.picked,
        asked_at=exam.started_at,
        answered_at=None,
        right=None,
    )
    return Asked(sheet, paper.question)


Stage = Put | Result
"""Where an exam is: at a question, or at its end."""


class ExamError(Exception):
    """An exam in which nothing can be answered."""


class UnknownExamError(ExamError):
    """There is no such exam."""


class ForeignExamError(ExamError):
    """The exam is another learner's."""


class EndedExamError(ExamError):
    """The exam has its result already."""


class PassedQuestionError(ExamError):
    """The question has its answer; a second one does not count."""


class Examining:
    """Mock interviews. `now` and `random` are passed in, so that a test decides them."""

    def __init__(
        self,
        store: ExamStore,
        answers: StudyStore,
        study: Study,
        learners: Learners,
        shelf: Shelf,
        difficulties: Difficulties,
        now: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._store = store
        self._answers = answers
        self._study = study
        self._learners = learners
        self._shelf = shelf
        self._difficulties = difficulties
        self._now = now
        self._random = random

    async def size(self, learner: Learner, level: int) -> int:
        """How many questions an exam of that level would have; none where nothing can be asked."""
        return min(QUESTIONS, len(await self._written(learner, level)))

    async def running(self, learner: Learner) -> Stage | None:
        """Where the learner's exam is: its result when the time ran out meanwhile; None when there is none."""
        exam = await self._store.running(learner.id)
        return await self._stage(exam, learner) if exam else None

    async def start(self, learner: Learner, platform: str, chat: str, level: int) -> Stage | None:
        """Begin an exam, or go on with the one that runs; None when there is nothing to ask."""
        running = await self.running(learner)
        if running is not None:
            return running
        drawn = await self._drawn(learner, level)
        if not drawn:
            return None
        items = [Item(place, question.id, self._study.shown(question)) for place, question in enumerate(drawn)]
        now = self._now()
        exam = await self._store.start(learner.id, platform, chat, level, learner.python, items, now, now + DURATION)
        return await self._stage(exam, learner)

    async def look(self, learner: Learner, id: int) -> Stage:
        """Where that exam is. Raises ExamError when it is not the learner's."""
        return await self._stage(await self._own(learner, id), learner)

    async def open(self, learner: Learner, id: int, place: int) -> Stage:
        """The question at that place, or the result where the time is over.

        Raises ExamError when this learner cannot answer it any more.
        """
        exam = await self._own(learner, id)
        if exam.ended_at is not None:
            raise EndedExamError(id)
        stage = await self._stage(exam, learner)
        if isinstance(stage, Put) and stage.paper.item.place != place:
            raise PassedQuestionError(place)
        return stage

    async def tick(self, put: Put, key: str) -> Put:
        """Tick or untick an option or a point, or add the next item of an order."""
        item = put.paper.item
        untick = put.question.truth.kind is not Kind.ORDER
        picked = await self._store.tick(put.exam, item.place, key, untick)
        if picked is None:
            raise PassedQuestionError(item.place)
        return replace(put, paper=replace(put.paper, item=replace(item, picked=picked)))

    async def answer_keys(self, put: Put, learner: Learner, keys: Sequence[str]) -> Stage:
        """Take picked options as the answer."""
        marked = mark_keys(put.question, put.asked.python, keys)
        return await self._credited(put, learner, keys, float(marked.right))

    async def answer_typed(self, put: Put, learner: Learner, response: str) -> Stage:
        """Take typed text as the answer."""
        marked = mark_typed(put.question, put.asked.python, response)
        return await self._credited(put, learner, (), float(marked.right))

    async def answer_told(self, put: Put, learner: Learner) -> Stage:
        """Take the ticked points of the checklist as what was said."""
        count = len(points(put.question, learner.language))
        said = [key for key in put.paper.item.picked if int(key) < count]
        return await self._credited(put, learner, said, len(said) / count if count else 0.0)

    async def stop(self, learner: Learner, id: int) -> Result:
        """Give up: what was not answered counts as wrong. Raises ExamError when it is not the learner's."""
        exam = await self._own(learner, id)
        return await self._ended(exam, await self._papers(exam), learner)

    async def _credited(self, put: Put, learner: Learner, picked: Sequence[str], credit: float) -> Stage:
        now = self._now()
        right = credit > RECALLED
        memory = await self._study.graded(learner, put.question, right, now)
        local_date = learner.local(now).date()
        item = put.paper.item
        if not await self._store.answer(put.exam, item, picked, credit, right, memory, now, local_date):
            raise PassedQuestionError(item.place)
        await self._difficulties.reconsider(put.question.id, now)
        return await self._stage(put.exam, learner)

    async def _own(self, learner: Learner, id: int) -> Exam:
        exam = await self._store.exam(id)
        if exam is None:
            raise UnknownExamError(id)
        if exam.learner != learner.id:
            raise ForeignExamError(id)
        return exam

    async def _stage(self, exam: Exam, learner: Learner) -> Stage:
        papers = await self._papers(exam)
        waiting = next((paper for paper in papers if paper.item.credit is None), None)
        left = exam.deadline - self._now()
        if exam.ended_at is None and waiting and left > timedelta(0):
            return Put(exam, waiting, len(papers), left)
        return await self._ended(exam, papers, learner)

    async def _ended(self, exam: Exam, papers: Sequence[Paper], learner: Learner) -> Result:
        """The result, kept first if this is the moment when the exam ends; passing raises the learner's level."""
        if exam.ended_at is not None:
            return result(exam, papers, learner.level)
        passed, ended_at = is_passed(papers), min(self._now(), exam.deadline)
        level = next_level(exam.level, learner.level) if passed else learner.level
        raised_to = level if level != learner.level else None
        ended = replace(exam, ended_at=ended_at, passed=passed)
        if not await self._store.end(exam, passed, ended_at, raised_to):
            ended = await self._store.exam(exam.id) or ended
        elif raised_to is not None:
            await self._learners.change(replace(learner, level=raised_to))
        return result(ended, papers, level)

    async def _papers(self, exam: Exam) -> tuple[Paper, ...]:
        """The exam's questions; one that has left the bank meanwhile neither helps nor harms."""
        items = await self._store.items(exam.id)
        known = [(item, question) for item in items if (question := self._shelf.question(item.question))]
        return tuple(Paper(number, item, question) for number, (item, question) in enumerate(known, 1))

    async def _written(self, learner: Learner, level: int) -> list[Question]:
        set_aside = await self._difficulties.asked_no_more()
        return [
            question
            for cell in self._shelf.cells(Wish(level), level)
            for question in self._shelf.questions(cell)
            if question.truth.asked_on(learner.target) and question.id not in set_aside and can_be_credited(question)
        ]

    async def _drawn(self, learner: Learner, level: int) -> tuple[Question, ...]:
        written = await self._written(learner, level)
        if not written:
            return ()
        recent = await self._answers.recent(learner.id, LATELY)
        generated = self._generated(level, learner.target, await self._answers.generated(learner.id))
        return draw(written, generated, set(recent), self._random)

    def _generated(self, level: int, python: Python, known: Collection[str]) -> Sequence[Question]:
        """Questions that a generator makes, each of another competency, none of them known."""
        cells = list(self._shelf.cells(Wish(level), level))
        self._random.shuffle(cells)
        made = (self._shelf.generated(cell, python, self._random, known) for cell in cells)
        return list(islice((question for question in made if question is not None), MOST_GENERATED))
