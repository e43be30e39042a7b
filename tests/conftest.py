"""The real tutor for tests: the real bank, a real SQLite file, a clock that a test moves."""

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.settings import Settings
from bot.wiring import PROJECT, Kucha, Lessons, open_kucha
from core.bank.loading import Loaded, load
from core.bank.lookup import LookUp
from core.bank.model import Bank
from core.storage.database import open_database
from core.storage.upgrade import upgrade


@dataclass
class Clock:
    """Stands still until a test moves it."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The built-in content, as read."""
    return load()


@pytest.fixture(scope="session")
def bank(loaded: Loaded) -> Bank:
    return loaded.bank


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a fresh machine: nothing set, everything kept under a temporary folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return Settings(_env_file=None, kucha_data=tmp_path / "data")


@pytest.fixture(scope="session")
def lessons(bank: Bank) -> Lessons:
    """The built-in content with its index, read once for all tests."""
    return Lessons(bank, LookUp(bank))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database in the newest layout, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "kucha.sqlite3"

    async def migrate() -> None:
        database = open_database(f"sqlite+aiosqlite:///{path}")
        await upgrade(database)
        await database.close()

    asyncio.run(migrate())
    return path


@pytest.fixture(scope="session")
def executor_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real sandbox as its own service, started once for all tests that talk to the tutor."""
    socket = tmp_path_factory.mktemp("executor") / "executor.sock"
    command = [sys.executable, "-m", "bot.command_line", "executor", "--listen", str(socket)]
    service = subprocess.Popen(command, cwd=PROJECT)
    try:
        for _ in range(600):
            if socket.exists():
                break
            time.sleep(0.05)
        yield socket
    finally:
        service.terminate()
        service.wait(30)


@pytest.fixture
async def kucha(
    settings: Settings, clock: Clock, lessons: Lessons, migrated: Path, executor_socket: Path
) -> AsyncIterator[Kucha]:
    """The tutor, put together as in production, with this clock and a seeded chance."""
    settings.kucha_data.mkdir()
    shutil.copy(migrated, settings.kucha_data)
    settings.kucha_executor = executor_socket
    async with open_kucha(settings, clock, Random(7), lessons) as opened:
        yield opened


@pytest.fixture
def reopen(settings: Settings, clock: Clock, lessons: Lessons) -> Callable[[], AbstractAsyncContextManager[Kucha]]:
    """The tutor again on the same files, as after a restart."""
    return lambda: open_kucha(settings, clock, Random(8), lessons)
