"""Asking a question and taking its answer: the use case behind `/ask`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from core.bank.generators.supply import Supply
from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.study.difficulty_store import Difficulties
from core.study.grading import Eased, graded
from core.study.learner import Learner
from core.study.marking import Marked, mark_keys, mark_typed
from core.study.mastery import cells
from core.study.memory import Grade, Memory, reviewed
from core.study.pause_store import Pauses
from core.study.progress import Progress, calendar, forecast
from core.study.selection import WINDOW, Shelf, Wish, next_question
from core.study.store import Sheet, StudyStore
from core.study.streak import streak


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its sheet."""

    sheet: Sheet
    question: Question

    @property
    def python(self) -> Python:
        """The Python the question is asked about."""
        return Python.named(self.sheet.python)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an answer.

    `memory` says when it comes back; `compared` is the typed text that was compared; `eased` why a right answer counts
    as a hard one.
    """

    asked: Asked
    right: bool
    picked: tuple[str, ...]
    memory: Memory
    compared: str = ""
    eased: Eased | None = None


class SheetError(Exception):
    """A sheet that cannot be answered."""


class UnknownSheetError(SheetError):
    """There is no such sheet, or its question has left the bank."""


class ForeignSheetError(SheetError):
    """The sheet is another learner's."""


class AnsweredSheetError(SheetError):
    """The sheet has its answer; a second one does not count."""


class Study:
    """Questions for learners. `now` and `random` are passed in, so that a test decides them."""

    def __init__(
        self,
        bank: Bank,
        store: StudyStore,
        now: Callable[[], datetime],
        random: Random,
        supply: Supply | None = None,
        difficulties: Difficulties | None = None,
        pauses: Pauses | None = None,
    ) -> None:
        self._shelf = Shelf(bank, supply)
        self._store = store
        self._now = now
        self._random = random
        self._difficulties = difficulties
        self._pauses = pauses

    async def ask(self, learner: Learner, platform: str, chat: str, wish: Wish) -> Asked | None:
        """Put the next question before a learner; None when nothing fits the wish."""
        memories = await self._store.memories(learner.id)
        recent = await self._store.recent(learner.id, WINDOW * 2)
        set_aside = await self._difficulties.asked_no_more() if self._difficulties else frozenset()
        question = next_question(
            self._shelf,
            wish,
            learner.level,
            learner.target,
            memories,
            recent,
            self._now(),
            self._random,
            set_aside,
            await self._store.generated(learner.id),
        )
        return await self._put(learner, platform, chat, question) if question else None

    async def ask_exactly(self, learner: Learner, platform: str, chat: str, id: str) -> Asked | None:
        """Put that very question before a learner; None when the bank has no such question."""
        question = self._shelf.question(id)
        return await self._put(learner, platform, chat, question) if question else None

    def question(self, id: str) -> Question | None:
        """A question by its id; None when there is no such question."""
        return self._shelf.question(id)

    def knows(self, id: str) -> bool:
        """Whether there is such a question, written or generated."""
        return self._shelf.competency(id) is not None

    async def last_question(self, learner: Learner) -> str:
        """The id of the question asked last; empty when there was none."""
        return next(iter(await self._store.recent(learner.id, 1)), "")

    async def _put(self, learner: Learner, platform: str, chat: str, question: Question) -> Asked:
        shown = self.shown(question)
        sheet = await self._store.put(learner.id, platform, chat, question.id, learner.python, shown, self._now())
        return Asked(sheet, question)

    def shown(self, question: Question) -> tuple[str, ...]:
        """The options in the order in which they are shown: shuffled, except true before false."""
        keys = list(question.keys())
        if question.truth.kind is Kind.TRUTH:
            return tuple(keys)
        self._random.shuffle(keys)
        if question.truth.kind is Kind.ORDER and tuple(keys) == question.keys():
            keys.reverse()
        return tuple(keys)

    async def open(self, sheet_id: int, learner: Learner) -> Asked:
        """The question of a sheet. Raises SheetError when this learner cannot answer it any more."""
        sheet = await self._store.sheet(sheet_id)
        question = self._shelf.question(sheet.question) if sheet else None
        if sheet is None or question is None:
            raise UnknownSheetError(sheet_id)
        if sheet.learner != learner.id:
            raise ForeignSheetError(sheet_id)
        if sheet.answered_at is not None:
            raise AnsweredSheetError(sheet_id)
        return Asked(sheet, question)

    async def help(self, asked: Asked) -> None:
        """Note that the learner was helped: a right answer will count as a hard one. Raises AnsweredSheetError."""
        if not await self._store.help(asked.sheet.id):
            raise AnsweredSheetError(asked.sheet.id)

    async def pick(self, asked: Asked, key: str) -> Asked:
        """Tick or untick an option of a question with several right ones, or add the next item of an order."""
        picked = list(asked.sheet.picked)
        if key in picked:
            picked.remove(key)
        elif key in asked.sheet.shown:
            picked.append(key)
        if not await self._store.pick(asked.sheet.id, picked):
            raise AnsweredSheetError(asked.sheet.id)
        return replace(asked, sheet=replace(asked.sheet, picked=tuple(picked)))

    async def answer_keys(self, asked: Asked, learner: Learner, keys: Sequence[str]) -> Verdict:
        """Take picked options as the answer."""
        marked = mark_keys(asked.question, asked.python, keys)
        return await self._record(asked, learner, tuple(keys), marked, Grade.GOOD if marked.right else Grade.AGAIN)

    async def answer_typed(self, asked: Asked, learner: Learner, response: str) -> Verdict:
        """Take typed text as the answer."""
        marked = mark_typed(asked.question, asked.python, response)
        return await self._record(asked, learner, (), marked, Grade.GOOD if marked.right else Grade.AGAIN)

    async def grade(self, asked: Asked, learner: Learner, grade: Grade) -> Verdict:
        """Take the learner's own grade for a recalled answer."""
        return await self._record(asked, learner, (), Marked(grade is not Grade.AGAIN), grade)

    async def graded(self, learner: Learner, question: Question, right: bool, now: datetime) -> Memory:
        """The memory after a right or wrong answer to a question that was put elsewhere; nothing is kept."""
        item = self._shelf.item(question.id)
        before = await self._store.memory(learner.id, item)
        counted = graded(Grade.GOOD if right else Grade.AGAIN, before, learner, learner.local(now).date(), False)
        return reviewed(item, before, counted.grade, now, learner.retention)

    async def _record(
        self, asked: Asked, learner: Learner, picked: tuple[str, ...], marked: Marked, grade: Grade
    ) -> Verdict:
        now, item = self._now(), self._shelf.item(asked.question.id)
        today = learner.local(now).date()
        before = await self._store.memory(learner.id, item)
        counted = graded(grade, before, learner, today, asked.sheet.helped)
        memory = reviewed(item, before, counted.grade, now, learner.retention)
        if not await self._store.answer(asked.sheet, picked, marked.right, memory, now, today):
            raise AnsweredSheetError(asked.sheet.id)
        if self._difficulties:
            await self._difficulties.reconsider(asked.question.id, now)
        return Verdict(asked, marked.right, picked, memory, marked.compared, counted.eased)

    async def progress(self, learner: Learner) -> Progress:
        """What a learner knows, and how today went."""
        now, syllabus = self._now(), self._shelf.syllabus(learner.target)
        kept = await self._store.memories(learner.id)
        memories = {item: memory for item, memory in kept.items() if item in syllabus.places}
        days = await self._store.days(learner.id)
        pauses = await self._pauses.of(learner.id) if self._pauses else ()
        today = learner.local(now).date()
        current = next((day for day in days if day.date == today), None)
        return Progress(
            current.answers if current else 0,
            current.right if current else 0,
            sum(memory.due <= now for memory in memories.values()),
            streak([day.date for day in days], today, pauses),
            cells(syllabus, memories, now),
            calendar({day.date: day.answers for day in days}, today),
            forecast([learner.local(memory.due).date() for memory in memories.values()], today),
            next((pause.until for pause in pauses if pause.covers(today)), None),
        )
