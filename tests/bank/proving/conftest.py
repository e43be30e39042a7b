"""One sandbox for the folder, and a small pack of one's own to break."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wiring import executor_settings
from core.bank.loading import BUILT_IN
from core.bank.proving.lockfile import Lock, read_lock
from core.bank.skeleton import make_skeleton
from core.executor.embedded import open_executor
from core.executor.model import Executor


@pytest.fixture(scope="session")
def lock() -> Lock:
    """What is recorded of the built-in content."""
    return read_lock(BUILT_IN)


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    opened = await open_executor(executor_settings())
    yield opened
    await opened.close()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of one competency, as `kucha content new` makes it."""
    make_skeleton(tmp_path / "pack", "names")
    return tmp_path / "pack"
