"""Requests under flood control."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter
from aiogram.methods import SendMessage

from bot.platforms.telegram.connection import ATTEMPTS, LONGEST_WAIT, Connection
from tests.contract.telegram_server import BAD_GATEWAY, TOKEN, TelegramServer, flood


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def connection(server: TelegramServer, clock: Clock) -> AsyncIterator[Connection]:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
    yield Connection(bot, sleep=clock.sleep, clock=clock)
    await bot.session.close()


def hello(chat: int) -> SendMessage:
    return SendMessage(chat_id=chat, text="hello")


async def test_only_the_flooded_chat_waits(server: TelegramServer, connection: Connection, clock: Clock) -> None:
    server.fail("sendMessage", flood(30))
    await connection.request(hello(7), chat=7)
    assert clock.now == 130
    await connection.request(hello(8), chat=8)
    assert clock.now == 130


async def test_a_pause_that_is_too_long_is_not_shortened(
    server: TelegramServer, connection: Connection, clock: Clock
) -> None:
    server.fail("sendMessage", flood(600))
    for _ in range(3):
        with pytest.raises(TelegramRetryAfter):
            await connection.request(hello(7), chat=7)
    assert len(server.made("sendMessage")) == 1
    clock.now += 600 - LONGEST_WAIT
    await connection.request(hello(7), chat=7)
    assert clock.now == 700
    assert len(server.made("sendMessage")) == 2


async def test_a_server_that_stays_broken_is_given_up(server: TelegramServer, connection: Connection) -> None:
    server.fail("sendMessage", *[BAD_GATEWAY] * ATTEMPTS)
    with pytest.raises(ClientDecodeError):
        await connection.request(hello(7), chat=7)
    assert len(server.made("sendMessage")) == ATTEMPTS
