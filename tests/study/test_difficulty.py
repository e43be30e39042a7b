"""A question that the good miss and the weak hit is set aside; whatever else learners do, it is not."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from core.bank.model import Bank
from core.bank.versions import Python
from core.storage.database import Database, open_database
from core.study.asking import Study
from core.study.difficulty import Observation, difficulty, discrimination
from core.study.difficulty_store import Difficulties
from core.study.learner import Learner
from core.study.learners import Learners
from core.study.memory import Grade, reviewed
from core.study.selection import Shelf, Wish, next_question
from core.study.store import StudyStore
from tests.conftest import Clock

BACKWARDS, PLAIN = "weakref-count", "weakref-two-names"


def test_the_point_biserial_correlation_of_a_worked_example() -> None:
    right = [Observation(True, share) for share in (0.9, 0.8, 0.7)]
    wrong = [Observation(False, share) for share in (0.5, 0.4)]
    # (0.8 - 0.45) / 0.18547... * sqrt(0.6 * 0.4): the same as Pearson's r of the ten numbers.
    assert discrimination([*right, *wrong]) == pytest.approx(0.924473, abs=1e-6)


@pytest.mark.parametrize("answers", [[], [True] * 40, [False] * 40])
def test_nothing_is_told_where_nothing_differs(answers: list[bool]) -> None:
    seen = [Observation(right, number / 40) for number, right in enumerate(answers)]
    assert difficulty("q", seen).discrimination is None
    assert not difficulty("q", seen).misleads


def test_equally_good_learners_tell_nothing() -> None:
    assert discrimination([Observation(number % 2 == 0, 0.7) for number in range(40)]) is None


def learners(count: int, backwards: bool) -> Iterator[Observation]:
    for number in range(count):
        able = number / count
        yield Observation((able < 0.5) is backwards, able)


def test_few_answers_set_nothing_aside() -> None:
    assert not difficulty("q", learners(29, backwards=True)).misleads
    assert difficulty("q", learners(30, backwards=True)).misleads


def test_a_question_that_the_good_get_right_is_left_alone() -> None:
    judged = difficulty("q", learners(200, backwards=False))
    assert not judged.is_doubtful
    assert judged.share == 0.5


def test_a_question_answered_by_chance_is_hardly_ever_set_aside() -> None:
    random = Random(11)
    judged = [
        difficulty("q", [Observation(random.random() < 0.5, random.random()) for _ in range(60)]) for _ in range(1000)
    ]
    assert 300 < sum(each.is_doubtful for each in judged) < 700
    assert sum(each.misleads for each in judged) < 25


@pytest.fixture
async def database(migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path)}")
    yield opened
    await opened.close()


class Room:
    """Learners who answer what they are told to, over the real store."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.store, self.clock = StudyStore(database), clock
        self.learners, self.difficulties = Learners(database), Difficulties(database)

    async def learner(self, number: int) -> Learner:
        return await self.learners.meet("terminal", f"person-{number}", "en", self.clock())

    async def answer(self, learner: Learner, question: str, right: bool) -> bool:
        """One answer; whether the question was set aside by it."""
        now = self.clock()
        sheet = await self.store.put(learner.id, "terminal", "here", question, "3.14", (), now)
        memory = reviewed(question, None, Grade.GOOD if right else Grade.AGAIN, now)
        assert await self.store.answer(sheet, (), right, memory, now, now.date())
        return await self.difficulties.reconsider(question, now)


@pytest.fixture
def room(database: Database, clock: Clock) -> Room:
    return Room(database, clock)


async def a_class_of(room: Room, size: int) -> list[str]:
    """Every learner answers six other questions, as well as they can, then both; what was set aside meanwhile."""
    aside = []
    for number in range(size):
        learner = await room.learner(number)
        strength = number % 7
        for other in range(6):
            await room.answer(learner, f"other-{other}", other < strength)
        if await room.answer(learner, BACKWARDS, strength < 3):
            aside.append(BACKWARDS)
        if await room.answer(learner, PLAIN, strength >= 3):
            aside.append(PLAIN)
    return aside


async def test_it_is_set_aside_once_reported_and_asked_no_more(room: Room, database: Database, bank: Bank) -> None:
    assert await a_class_of(room, 40) == [BACKWARDS]
    [aside] = await room.difficulties.set_aside()
    assert (aside.question, aside.at) == (BACKWARDS, room.clock())
    assert "good learners miss it" in aside.reason
    assert "in 30 first answers" in aside.reason

    only = Bank(bank.competencies, {id: bank.questions[id] for id in (BACKWARDS, PLAIN)})
    study = Study(only, room.store, room.clock, Random(3), difficulties=room.difficulties)
    newcomer = await room.learner(1000)
    asked = [await study.ask(newcomer, "terminal", "here", Wish()) for _ in range(6)]
    assert {each.question.id for each in asked if each} == {PLAIN}
    assert len(asked) == 6


async def test_only_first_answers_count(room: Room) -> None:
    for number in range(40):
        learner = await room.learner(number)
        strength = number % 7
        for other in range(6):
            await room.answer(learner, f"other-{other}", other < strength)
        await room.answer(learner, PLAIN, strength >= 3)
        room.clock.forward(days=1)
        assert not await room.answer(learner, PLAIN, strength < 3)
    found = {each.question: each for each in await room.difficulties.all()}
    assert found[PLAIN].answers == 40
    assert found[PLAIN].share == pytest.approx(sum(number % 7 >= 3 for number in range(40)) / 40)
    assert (found[PLAIN].discrimination or 0) > 0.7


async def test_learners_who_answered_little_else_say_nothing(room: Room) -> None:
    for number in range(40):
        learner = await room.learner(number)
        await room.answer(learner, "other-0", number % 2 == 0)
        await room.answer(learner, BACKWARDS, number % 2 == 1)
    assert await room.difficulties.all() == ()
    assert await room.difficulties.set_aside() == ()


async def test_the_worst_comes_first(room: Room) -> None:
    await a_class_of(room, 30)
    assert (await room.difficulties.all())[0].question == BACKWARDS


def test_what_is_set_aside_is_not_asked_however_due_it_is(bank: Bank, clock: Clock) -> None:
    shelf = Shelf(Bank(bank.competencies, {id: bank.questions[id] for id in (BACKWARDS, PLAIN)}))
    memories = {
        id: reviewed(id, None, Grade.AGAIN, clock() - timedelta(days=days)) for id, days in ((BACKWARDS, 9), (PLAIN, 3))
    }

    def asked(*aside: str) -> str | None:
        found = next_question(
            shelf, Wish(), 2, Python.named("3.14"), memories, (), clock(), Random(1), frozenset(aside)
        )
        return found.id if found else None

    assert asked() == BACKWARDS
    assert asked(BACKWARDS) == PLAIN
    assert asked(BACKWARDS, PLAIN) is None
