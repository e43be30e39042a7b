"""The one place where the tutor is put together."""

import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from uuid import uuid4

import structlog

from bot.settings import DISCORD_PER_SECOND, Settings
from core.bank.generators.supply import Supply
from core.bank.loading import BUILT_IN, load
from core.bank.lookup import LookUp
from core.bank.model import Bank
from core.chat.app import App
from core.chat.awaiting import Awaiting
from core.chat.classroom import Classroom
from core.chat.daily_letters import Rounds
from core.chat.quiz_nights import QuizNights
from core.chat.request import Platform
from core.chat.snippet_store import SnippetStore
from core.chat.texts import Texts
from core.delivery.chats import Chats
from core.delivery.flow import GROUP_SECONDS
from core.delivery.pacing import Pacing
from core.delivery.schedules import Schedules
from core.executor.embedded import ExecutorSettings, open_executor
from core.executor.model import Executor
from core.executor.remote import RemoteExecutor
from core.quiz.quizzes import Quizzes
from core.quiz.room import Pace
from core.storage.database import Database, open_database
from core.storage.remembered import Remembered
from core.storage.upgrade import upgrade
from core.study.asking import Study
from core.study.daily_asking import DailyAsking
from core.study.daily_store import DailyStore
from core.study.difficulty_store import Difficulties
from core.study.exam_store import ExamStore
from core.study.examining import Examining
from core.study.group_asking import GroupStudy
from core.study.group_standing import GroupStanding
from core.study.learners import Learners
from core.study.pause_store import Pauses
from core.study.reporting import Reports
from core.study.selection import Shelf
from core.study.store import StudyStore

log = structlog.get_logger()

PROJECT = Path(__file__).resolve().parents[1]
"""The folder that set-up fills."""


def utc_now() -> datetime:
    """The moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Kucha:
    """The tutor, ready to be put behind chats."""

    app: App
    room: Classroom
    database: Database
    remembered: Remembered
    rounds: Rounds
    quiz_nights: QuizNights


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is taught, with its index."""

    bank: Bank
    look_up: LookUp


def prepare(settings: Settings) -> Lessons:
    """Read the packs; what is wrong in them is logged and left out."""
    loaded = load((BUILT_IN, *settings.packs))
    for problem in loaded.problems:
        log.warning("content_left_out", problem=str(problem))
    return Lessons(loaded.bank, LookUp(loaded.bank))


@asynccontextmanager
async def open_kucha(
    settings: Settings,
    now: Callable[[], datetime] = utc_now,
    random: Random | None = None,
    lessons: Lessons | None = None,
) -> AsyncIterator[Kucha]:
    """The tutor on its database, brought to the newest layout; everything is closed at the end."""
    lessons = lessons or prepare(settings)
    database = open_database(settings.database_url)
    executor = await open_executor_of(settings)
    try:
        await upgrade(database)
        chance, supply = random or SystemRandom(), Supply()
        learners, answers, difficulties = Learners(database), StudyStore(database), Difficulties(database)
        pauses = Pauses(database)
        study = Study(lessons.bank, answers, now, chance, supply, difficulties, pauses)
        shelf = Shelf(lessons.bank, supply)
        pace: dict[str, Pace] = {Platform.DISCORD: Pace(DISCORD_PER_SECOND)}
        if settings.telegram_per_second:
            pace[Platform.TELEGRAM] = Pace(settings.telegram_per_second, 1 / GROUP_SECONDS)
        room = Classroom(
            bank=lessons.bank,
            look_up=lessons.look_up,
            texts=Texts(),
            learners=learners,
            study=study,
            daily_asking=DailyAsking(study, shelf, DailyStore(database), difficulties, now, chance),
            group_study=GroupStudy(lessons.bank, study, answers, database, now, chance, difficulties),
            schedules=Schedules(database),
            pauses=pauses,
            examining=Examining(ExamStore(database), answers, study, learners, shelf, difficulties, now, chance),
            standing=GroupStanding(database),
            quizzes=Quizzes(study, shelf, database, difficulties, now, chance, pace=pace),
            reports=Reports(database),
            awaiting=Awaiting(database),
            snippets=SnippetStore(database),
            now=now,
            executor=executor,
        )
        worker = worker_name()
        rounds = Rounds(room, database, worker, timedelta(seconds=settings.kucha_lease_seconds))
        app = App(room, Chats(database), Pacing())
        yield Kucha(app, room, database, Remembered(database), rounds, QuizNights(room, worker))
    finally:
        await executor.close()
        await database.close()


def worker_name() -> str:
    """A name that no other process has, nor this one after its next start."""
    return f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid4().hex[:12]}"


async def open_executor_of(settings: Settings) -> Executor:
    """The service behind a socket where one is set, else a sandbox of our own."""
    if settings.kucha_executor:
        remote = RemoteExecutor(settings.kucha_executor)
        if not await remote.refresh():
            log.warning("executor_unreachable")
        return remote
    return await open_executor(executor_settings())


def executor_settings() -> ExecutorSettings:
    """The sandbox with the learners' packages and the Pythons that set-up put beside the code."""
    return ExecutorSettings(roots=PROJECT / ".pythons", packages=PROJECT / ".learner")
