"""Learners are remembered between requests, and never longer than they are true."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

from core.storage.database import open_database
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
