"""The whole tutor behind a bot that talks to a local Bot API server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.telegram.answering import Pace
from bot.platforms.telegram.chat import TelegramChat
from bot.settings import Settings
from bot.wiring import Kucha, Lessons, open_kucha, prepare, utc_now
from tests.contract.telegram_server import FIRST_MESSAGE, TOKEN, Call, TelegramServer
from tests.platforms.telegram.updates import from_bot, message, tap

SAYING = (
    "sendPoll",
    "sendMessage",
    "sendRichMessage",
    "sendDocument",
    "sendPhoto",
    "editMessageText",
    "editEphemeralMessageText",
)


@dataclass
class Talk:
    """A conversation: what is said to the bot, and what it says back."""

    server: TelegramServer
    heard: int = 0

    async def say(self, text: str, **fields: Any) -> Call:
        """Send a message and wait for the answer."""
        await self.server.push(message=message(text, **fields))
        return await self.answer()

    async def press(self, token: str, held: int, **fields: Any) -> Call:
        """Tap a button under the bot's message with that id and wait for the answer."""
        await self.server.push(callback_query=tap(token, from_bot(message_id=held), **fields))
        return await self.answer()

    async def choice(self, **fields: Any) -> Call:
        """The next question that is answered by tapping; questions of other kinds are passed over."""
        asked = await self.say("/ask", **fields)
        while not asked.tokens[0].startswith("pick:"):
            asked = await self.say("/ask", **fields)
        return asked

    @property
    def shown(self) -> int:
        """The id of the bot's newest message."""
        sent = [call for call in self.server.made(*SAYING) if call.refusal is None and call.method.startswith("send")]
        return FIRST_MESSAGE + len(sent) - 1

    async def answer(self) -> Call:
        """The next thing that the bot says."""
        self.heard += 1
        return (await self.server.wait_for(*SAYING, count=self.heard))[self.heard - 1]


@cache
def built_in_lessons() -> Lessons:
    """What is taught, read once for all tests."""
    return prepare(Settings(_env_file=None, kucha_packs=""))


@asynccontextmanager
async def tutor_on_telegram(server: TelegramServer, data: Path) -> AsyncIterator[Talk]:
    """The tutor serves inside the block, with its database in the folder."""
    async with kucha_on_telegram(server, data, utc_now):
        yield Talk(server, heard=len([call for call in server.made(*SAYING) if call.refusal is None]))


@asynccontextmanager
async def kucha_on_telegram(server: TelegramServer, data: Path, now: Callable[[], datetime]) -> AsyncIterator[Kucha]:
    """The tutor with a clock of the test's, for those who look at it from inside as well."""
    settings = Settings(_env_file=None, kucha_data=data, kucha_packs="")
    stop = asyncio.Event()
    async with open_kucha(settings, now, lessons=built_in_lessons()) as kucha:
        chat = TelegramChat(
            TOKEN, kucha.app, kucha.remembered, api_url=server.url, rounds=kucha.rounds, per_second=0, pace=Pace(poll=5)
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(chat.run(stop))
            try:
                yield kucha
            finally:
                stop.set()


@pytest.fixture(autouse=True)
def _one_executor_for_all(executor_socket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUCHA_EXECUTOR", str(executor_socket))


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def talk(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Talk]:
    async with tutor_on_telegram(server, tmp_path) as talk:
        yield talk
