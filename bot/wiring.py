"""The one place where the tutor is put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random, SystemRandom

import structlog

from bot.settings import Settings
from core.bank.loading import BUILT_IN, load
from core.bank.lookup import LookUp
from core.bank.model import Bank
from core.chat.app import App
from core.chat.awaiting import Awaiting
from core.chat.classroom import Classroom
from core.chat.texts import Texts
from core.delivery.chats import Chats
from core.delivery.pacing import Pacing
from core.storage.database import Database, open_database
from core.storage.remembered import Remembered
from core.storage.upgrade import upgrade
from core.study.asking import Study
from core.study.learners import Learners
from core.study.reporting import Reports
from core.study.store import StudyStore

log = structlog.get_logger()


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
    try:
        await upgrade(database)
        room = Classroom(
            bank=lessons.bank,
            look_up=lessons.look_up,
            texts=Texts(),
            learners=Learners(database),
            study=Study(lessons.bank, StudyStore(database), now, random or SystemRandom()),
            reports=Reports(database),
            awaiting=Awaiting(database),
            now=now,
        )
        yield Kucha(App(room, Chats(database), Pacing()), room, database, Remembered(database))
    finally:
        await database.close()
