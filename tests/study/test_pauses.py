"""A pause sends nothing, keeps the streak asleep, and gives the backlog back in portions."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bank.model import Bank
from core.storage.database import Database, open_database
from core.study.asking import Study
from core.study.learner import Learner
from core.study.learners import Learners
from core.study.memory import Grade
from core.study.pause_store import Pauses
from core.study.pausing import DAILY, spread
from core.study.store import StudyStore
from core.study.streak import Pause
from tests.conftest import Clock

TODAY = date(2026, 11, 20)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@given(st.dictionaries(st.text(max_size=3), st.integers(-30, 60), max_size=60), st.integers(-30, 5), st.integers(0, 20))
def test_a_backlog_is_spread_in_its_order_and_fills_no_day(due: dict[str, int], since: int, until: int) -> None:
    dates = {item: ahead(days) for item, days in due.items()}
    moved = spread(dates, ahead(since), ahead(until))
    assert moved.keys() == {item for item, days in due.items() if since <= days < until}
    days = list(moved.values())
    assert days == sorted(days)
    assert [dates[item] for item in moved] == sorted(dates[item] for item in moved)
    assert all(day >= ahead(until) for day in days)
    anyway = Counter(day for item, day in dates.items() if item not in moved)
    assert all(anyway[day] + count <= DAILY for day, count in Counter(days).items())


@pytest.fixture
async def database(migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path)}")
    yield opened
    await opened.close()


class Room:
    """A learner with questions in their head."""

    def __init__(self, database: Database, bank: Bank, clock: Clock, learner: Learner) -> None:
        self.store, self.pauses, self.clock = StudyStore(database), Pauses(database), clock
        self.study = Study(bank, self.store, clock, Random(1), pauses=self.pauses)
        self.learner, self._ids = learner, list(bank.questions)

    @property
    def today(self) -> date:
        return self.learner.local(self.clock()).date()

    async def answered(self, count: int) -> None:
        """So many other questions, answered well right now."""
        for _ in range(count):
            asked = await self.study.ask_exactly(self.learner, "terminal", "here", self._ids.pop(0))
            assert asked is not None
            await self.study.grade(asked, self.learner, Grade.GOOD)

    async def due(self) -> dict[str, datetime]:
        return {item: memory.due for item, memory in (await self.store.memories(self.learner.id)).items()}


@pytest.fixture
async def room(database: Database, bank: Bank, clock: Clock) -> Room:
    return Room(database, bank, clock, await Learners(database).meet("terminal", "1", "ru", clock()))


async def test_reviews_wait_for_the_end_of_a_pause_and_come_ten_a_day(room: Room) -> None:
    await room.answered(25)
    until = room.today + timedelta(days=10)
    await room.pauses.begin(room.learner, room.today, until)
    days = Counter(room.learner.local(due).date() for due in (await room.due()).values())
    assert days == {until: DAILY, until + timedelta(days=1): DAILY, until + timedelta(days=2): 5}
    assert await room.pauses.paused_until(room.learner.id, room.today) == until
    assert await room.pauses.paused_until(room.learner.id, until - timedelta(days=1)) == until
    assert await room.pauses.paused_until(room.learner.id, until) is None
    room.clock.forward(days=9)
    progress = await room.study.progress(room.learner)
    assert (progress.due, progress.forecast[:4], progress.paused_until) == (0, (0, 10, 10, 5), until)


async def test_what_is_due_later_anyway_stays_where_it_is(room: Room) -> None:
    await room.answered(5)
    before = await room.due()
    await room.pauses.begin(room.learner, room.today, room.today + timedelta(days=1))
    assert await room.due() == before


async def test_a_pause_taken_back_at_once_changes_nothing(room: Room) -> None:
    await room.answered(15)
    room.clock.forward(days=30)
    before = await room.due()
    await room.pauses.begin(room.learner, room.today, room.today + timedelta(days=10))
    assert await room.due() != before
    assert await room.pauses.end(room.learner, room.today)
    assert await room.due() == before
    assert await room.pauses.of(room.learner.id) == ()
    assert not await room.pauses.end(room.learner, room.today)


async def test_a_pause_ended_early_gives_back_what_fell_due_from_today_on(room: Room) -> None:
    await room.answered(15)
    began = room.today
    await room.pauses.begin(room.learner, began, began + timedelta(days=30))
    room.clock.forward(days=8)
    assert await room.pauses.end(room.learner, room.today)
    assert await room.pauses.of(room.learner.id) == (Pause(began, room.today),)
    days = Counter(room.learner.local(due).date() for due in (await room.due()).values())
    assert days == {room.today: DAILY, room.today + timedelta(days=1): 5}


async def test_a_pause_can_be_made_longer_and_shorter(room: Room) -> None:
    await room.answered(3)
    began = room.today
    await room.pauses.begin(room.learner, began, began + timedelta(days=30))
    room.clock.forward(days=3)
    until = room.today + timedelta(days=5)
    await room.pauses.begin(room.learner, room.today, until)
    assert await room.pauses.of(room.learner.id) == (Pause(began, until),)
    assert {room.learner.local(due).date() for due in (await room.due()).values()} == {until}


async def test_an_answer_during_a_pause_counts_and_the_streak_sleeps(room: Room) -> None:
    await room.answered(1)
    room.clock.forward(days=1)
    await room.answered(1)
    await room.pauses.begin(room.learner, room.today, room.today + timedelta(days=10))
    assert (await room.study.progress(room.learner)).streak == 2
    room.clock.forward(days=5)
    await room.answered(1)
    progress = await room.study.progress(room.learner)
    assert (progress.streak, progress.today) == (2, 1)
    room.clock.forward(days=6)
    assert (await room.study.progress(room.learner)).streak == 2
    await room.answered(1)
    assert (await room.study.progress(room.learner)).streak == 3


async def test_somebody_elses_pause_is_theirs(room: Room, database: Database) -> None:
    await room.answered(3)
    before = await room.due()
    other = await Learners(database).meet("terminal", "2", "en", room.clock())
    await room.pauses.begin(other, room.today, room.today + timedelta(days=10))
    assert await room.due() == before
    assert await room.pauses.paused_until(room.learner.id, room.today) is None
