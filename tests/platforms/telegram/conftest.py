"""A running bot between a recording tutor and a local Bot API server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.platforms.telegram.answering import Pace
from bot.platforms.telegram.chat import TelegramChat
from tests.contract.telegram_server import TOKEN, TelegramServer
from tests.platforms.telegram.recording_tutor import MemoryStore, RecordingTutor


@dataclass
class Stage:
    """Everything around one running bot; `pauses` are the seconds it would have slept, while `time_passes`."""

    server: TelegramServer
    tutor: RecordingTutor
    store: MemoryStore = field(default_factory=MemoryStore)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    pauses: list[float] = field(default_factory=list)
    time_passes: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.time_passes.set()

    async def pause(self, seconds: float) -> None:
        """Sleep without taking time."""
        self.pauses.append(seconds)
        await asyncio.sleep(0)
        await self.time_passes.wait()

    @asynccontextmanager
    async def running(self, pace: Pace | None = None) -> AsyncIterator[None]:
        """The bot serves inside the block and has finished after it."""
        pace = pace or Pace(poll=5, tap=5, grace=5)
        chat = TelegramChat(TOKEN, self.tutor, self.store, api_url=self.server.url, pace=pace, sleep=self.pause)
        self.stop.clear()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(chat.run(self.stop))
            try:
                yield
            finally:
                self.stop.set()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with TelegramServer() as server:
        yield Stage(server, RecordingTutor())
