"""Learners are remembered between requests, and never longer than they are true."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from core.bank.wording import Language
from core.storage.database import Database, open_database
from core.storage.tables import accounts, learners
from core.study.learner import Learner
from core.study.learners import Learners
from tests.conftest import Clock


async def test_a_look_during_a_change_leaves_nothing_outdated_behind(
    migrated: Path, tmp_path: Path, clock: Clock
) -> None:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path)}")
    learners = Learners(database)
    for number in range(20):
        who = ("telegram", str(number))
        met = await learners.meet(*who, "en", clock())
        changed = replace(met, level=met.level + 1, met=False)
        await asyncio.gather(learners.find(*who), learners.change(changed), learners.find(*who))
        assert await learners.find(*who) == changed
        await asyncio.gather(*(learners.find(*who) for _ in range(3)), learners.forget(changed), learners.find(*who))
        assert await learners.find(*who) is None
    await database.close()


async def counted(database: Database) -> tuple[int, int]:
    """How many learners there are, and how many accounts."""
    async with database.read() as connection:
        people = (await connection.execute(select(func.count()).select_from(learners))).scalar_one()
        return people, (await connection.execute(select(func.count()).select_from(accounts))).scalar_one()


async def test_a_crowd_nobody_knows_is_met_at_once_each_of_them_once(
    migrated: Path, tmp_path: Path, clock: Clock
) -> None:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path)}")
    crowd = Learners(database)
    known = await crowd.meet("telegram", "7", "en", clock())

    async def meet(number: int) -> Learner:
        return await crowd.meet("telegram", str(number), "ru" if number % 2 else "en", clock())

    met = await asyncio.gather(*(meet(number // 2) for number in range(2_400)))
    assert [first.id == again.id for first, again in zip(met[::2], met[1::2], strict=True)] == [True] * 1_200
    assert {number for number in range(1_200) if met[2 * number].met} == set(range(1_200)) - {7}
    assert not any(again.met for again in met[1::2])
    assert met[14] == replace(known, met=False)
    assert met[2].language is Language.RU
    assert met[4].language is Language.EN
    assert await counted(database) == (1_200, 1_200)
    assert await crowd.find("telegram", "1199") == replace(met[-1], met=False)
    await database.close()


async def test_two_processes_that_meet_the_same_people_make_them_known_once(
    migrated: Path, tmp_path: Path, clock: Clock
) -> None:
    file = shutil.copy(migrated, tmp_path)
    databases = [open_database(f"sqlite+aiosqlite:///{file}") for _ in range(2)]
    processes = [Learners(database) for database in databases]
    numbers = range(300)
    one, two = await asyncio.gather(
        *(
            asyncio.gather(*(process.meet("telegram", str(number), "en", clock()) for number in order))
            for process, order in zip(processes, (numbers, numbers[::-1]), strict=True)
        )
    )
    assert [each.id for each in one] == [each.id for each in two[::-1]]
    assert [first.met + second.met for first, second in zip(one, two[::-1], strict=True)] == [1] * len(numbers)
    assert await counted(databases[0]) == (300, 300)
    for database in databases:
        await database.close()
