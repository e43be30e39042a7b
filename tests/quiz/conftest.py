"""A table to play at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.bank.model import Bank
from tests.quiz.hall import Hall
from tests.quiz.play import Table, open_table


@pytest.fixture
async def table(tmp_path: Path, migrated: Path, bank: Bank) -> AsyncIterator[Table]:
    opened = open_table(tmp_path, migrated, bank)
    await opened.seat(12)
    yield opened
    await opened.database.close()


@pytest.fixture
async def hall(table: Table) -> AsyncIterator[Hall]:
    opened = Hall(table)
    yield opened
    for process in opened.processes:
        if not process.database.dead:
            await process.stop()
