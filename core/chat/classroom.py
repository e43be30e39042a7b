"""Everything a command works with, put together once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from core.bank.lookup import LookUp
from core.bank.model import Bank
from core.chat.answer import Answer
from core.chat.awaiting import Awaiting
from core.chat.request import Request
from core.chat.snippet_store import SnippetStore
from core.chat.texts import Texts, Voice
from core.delivery.schedules import Schedules
from core.executor.model import Executor
from core.quiz.quizzes import Quizzes
from core.study.asking import Study
from core.study.daily_asking import DailyAsking
from core.study.examining import Examining
from core.study.group_asking import GroupStudy
from core.study.group_standing import GroupStanding
from core.study.learner import Learner
from core.study.learners import Learners
from core.study.pause_store import Pauses
from core.study.reporting import Reports


@dataclass(frozen=True, slots=True)
class Classroom:
    """The bank, the use cases, and the clock. Without an executor there is no /run, and everything else works."""

    bank: Bank
    look_up: LookUp
    texts: Texts
    learners: Learners
    study: Study
    daily_asking: DailyAsking
    group_study: GroupStudy
    schedules: Schedules
    pauses: Pauses
    examining: Examining
    standing: GroupStanding
    quizzes: Quizzes
    reports: Reports
    awaiting: Awaiting
    snippets: SnippetStore
    now: Callable[[], datetime]
    executor: Executor | None = None

    @property
    def runs(self) -> bool:
        """Whether programs can be run here."""
        return self.executor is not None and bool(self.executor.pythons())


@dataclass(frozen=True, slots=True)
class Turn:
    """One request being answered: who, in which words, and the classroom."""

    room: Classroom
    learner: Learner
    request: Request

    @property
    def voice(self) -> Voice:
        """The texts in the learner's language."""
        return self.room.texts.in_language(self.learner.language)


Handler = Callable[[Turn, str], Awaitable[Answer]]
"""Answers a command (given its arguments) or a press (given what follows the verb in its token)."""
