"""How fast dailies go out, and what it costs those who ask meanwhile, against a Bot API server in its own process."""

import asyncio
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from sqlalchemy import delete, func, select, update

from benchmarks.crowd import NOW, gather, gather_chats
from benchmarks.table import Row
from benchmarks.telegram_at_hand import TOKEN, Clock, Server, server, tutor
from bot.platforms.telegram.chat import TelegramChat
from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.mailbox import TelegramMailbox
from bot.platforms.telegram.renderer import render
from bot.platforms.telegram.sender import Sender
from bot.platforms.telegram.stencils import PrintingSession
from bot.wiring import Kucha
from core.chat.letter import Letter
from core.chat.request import Platform
from core.delivery.claims import Claims, Ended, Outcome, Parcel
from core.delivery.courier import AT_ONCE, Mailbox
from core.delivery.flow import Flow, Limits
from core.storage.database import open_database
from core.storage.tables import deliveries, schedules
from core.storage.upgrade import upgrade

BLOCK = 3_000
"""Dailies a turn, and messages of the bare loop."""
TURNS = 7
HOT = 1_000
MANY = 100_000
"""Dailies over which memory is watched."""
LIMITED = 10_000
"""Dailies sent to the server that keeps Telegram's limits of 30 a second."""
PIECES = 10
IDLE_ASKS, BUSY_ASKS = 40, 80
"""Questions asked in each piece: while nothing else goes on, and while dailies go out."""
PAUSE = 0.45
"""Seconds between two askers: with the dailies' 25 a second they stay below the server's limit."""
ASKERS = 50


@dataclass
class Counting:
    """A mailbox that knows when so many letters were accepted."""

    inner: Mailbox[Letter]
    left: int
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Send and count."""
        ended = await self.inner.post(parcel, letter)
        self.left -= ended.outcome is Outcome.SENT
        if not self.left:
            self.done.set()
        return ended

    async def tell(self, person: str, letter: Letter) -> None:
        """Nobody is told anything here."""


@dataclass
class Sample:
    """The last letter that was sent, for the bare loop to send the same."""

    inner: Mailbox[Letter]
    letter: Letter | None = None

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Send and remember."""
        self.letter = letter
        return await self.inner.post(parcel, letter)

    async def tell(self, person: str, letter: Letter) -> None:
        """Nobody is told anything here."""


async def measure() -> list[Row]:
    """Throughput, growth with the schedules, memory, limits, and a learner's wait."""
    return [await _throughput(), await _picking(), await _memory(), *await _limited()]


async def _throughput() -> Row:
    clock = Clock()
    async with server() as api, tutor(clock) as kucha, _mailbox(api, kucha) as mailbox:
        people = HOT + TURNS * BLOCK
        await gather(
            kucha.database,
            people,
            kucha.room.bank,
            lambda n: NOW + timedelta(minutes=0 if n <= HOT else 1 + (n - HOT - 1) // BLOCK),
        )
        sample = Sample(mailbox)
        await _send_due(kucha, sample, HOT)
        assert sample.letter is not None
        bare = _bare(api, sample.letter)
        await bare(HOT)
        ratios = []
        for _ in range(TURNS):
            clock.moment += timedelta(minutes=1)
            ours = await _timed(lambda: _send_due(kucha, mailbox, BLOCK))
            ratios.append(await _timed(lambda: bare(BLOCK)) / ours)
        told = await api.told()
        assert (told["refused"], told["sent"]) == (0, people + HOT + TURNS * BLOCK), told
    ratio = statistics.median(ratios)
    return Row("dailies a second ÷ a bare loop of send_message", round(ratio, 2), "", ">= 0.8", ratio >= 0.8)


@asynccontextmanager
async def _mailbox(api: Server, kucha: Kucha) -> AsyncIterator[TelegramMailbox]:
    bot = Bot(TOKEN, session=PrintingSession(api=TelegramAPIServer.from_base(api.url)))
    connection = Connection(bot, flow=Flow(Limits(0)))
    try:
        yield TelegramMailbox(connection, kucha.app, Sender(connection, kucha.app))
    finally:
        await bot.session.close()


async def _send_due(kucha: Kucha, mailbox: Mailbox[Letter], count: int) -> None:
    """Let the courier send so many dailies and record them."""
    counting, stop = Counting(mailbox, count), asyncio.Event()
    running = asyncio.create_task(kucha.rounds.courier(Platform.TELEGRAM, counting).run(stop))
    await counting.done.wait()
    stop.set()
    await running


def _bare(api: Server, letter: Letter) -> Callable[[int], Awaitable[None]]:
    """A loop of aiogram alone that sends the same message with the same formatting and buttons."""
    (passage,) = render(letter.document)
    text: str = passage.texts[0].text  # type: ignore[union-attr]
    entities: list[MessageEntity] | None = passage.texts[0].entities()  # type: ignore[union-attr]
    keyboard: InlineKeyboardMarkup | None = passage.keyboard

    async def loop(count: int) -> None:
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api.url)))
        chats = iter(range(1, count + 1))

        async def work() -> None:
            for chat in chats:
                await bot.send_message(chat, text, entities=entities, reply_markup=keyboard)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        await bot.session.close()

    return loop


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    gc.collect()
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


async def _picking() -> Row:
    """Claiming the thousand that are due, by turns among a million schedules and among ten thousand."""
    with tempfile.TemporaryDirectory() as data:
        databases = []
        for chats in (10_000, 1_000_000):
            database = open_database(f"sqlite+aiosqlite:///{data}/{chats}.sqlite3")
            await upgrade(database)
            await gather_chats(database, chats, lambda n: NOW + timedelta(minutes=0 if n <= 1_000 else 1 + n % 1_000))
            databases.append(database)
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(2 + 15):
            for database, taken in zip(databases, times, strict=True):
                claims = Claims(database, "benchmark")
                start = time.perf_counter()
                picked = 0
                while parcels := await claims.claim("telegram", NOW, 128):
                    picked += len(parcels)
                if turn >= 2:
                    taken.append(time.perf_counter() - start)
                assert picked == 1_000
                async with database.write() as connection:
                    due = {"next_due": NOW, "next_date": NOW.date(), "last_date": None}
                    await connection.execute(update(schedules).where(schedules.c.id <= 1_000).values(due))
                    await connection.execute(delete(deliveries))
        for database in databases:
            await database.close()
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    return Row("picking 1,000 due of 1,000,000 schedules ÷ of 10,000", round(ratio, 2), "", "<= 2", ratio <= 2)


async def _memory() -> Row:
    clock = Clock()
    async with server() as api, tutor(clock) as kucha, _mailbox(api, kucha) as mailbox:
        await gather(kucha.database, HOT + MANY, kucha.room.bank, lambda n: NOW + timedelta(minutes=n > HOT))
        await _send_due(kucha, mailbox, HOT)
        clock.moment += timedelta(minutes=1)
        gc.collect()
        before = highest = _resident()
        sending = asyncio.create_task(_send_due(kucha, mailbox, MANY))
        while not sending.done():
            await asyncio.wait((sending,), timeout=0.5)
            highest = max(highest, _resident())
        await sending
    grown = (highest - before) / 2**20
    return Row("memory growth while 100,000 dailies go out", round(grown, 1), "MB", "<= 50", grown <= 50)


async def _limited() -> list[Row]:
    """With the server's limits on: refusals provoked, and how long `/ask` takes beside a broadcast and alone."""
    clock, stop = Clock(), asyncio.Event()
    async with server(per_second=30) as api, tutor(clock) as kucha:
        piece = LIMITED // PIECES
        await gather(kucha.database, LIMITED, kucha.room.bank, lambda n: NOW + timedelta(minutes=1 + (n - 1) // piece))
        chat = TelegramChat(TOKEN, kucha.app, kucha.remembered, api_url=api.url, rounds=kucha.rounds)
        serving = asyncio.create_task(chat.run(stop))
        await _ask(api, 20)
        warm = len((await api.told())["answered"])
        idle: list[float] = []
        busy: list[float] = []
        for number in range(1, PIECES + 1):
            idle += await _ask(api, IDLE_ASKS)
            clock.moment += timedelta(minutes=1)
            kucha.room.schedules.announce()
            busy += await _ask(api, BUSY_ASKS)
            await _all_sent(kucha, number * piece)
        told = await api.told()
        stop.set()
        await serving
    lost = LIMITED - (told["chats"] - ASKERS)
    refused = told["refused"] * 10_000 / LIMITED
    assert len(told["answered"]) == warm + PIECES * (IDLE_ASKS + BUSY_ASKS)
    ratio = _p99(busy) / _p99(idle)
    return [
        Row("429 provoked by 10,000 dailies, the server keeping its limits", refused, "", "<= 5", refused <= 5),
        Row("dailies lost or sent twice meanwhile", lost + told["twice"] - ASKERS, "", "<= 0", lost == 0),
        Row("/ask beside dailies, p99", round(_p99(busy), 2), "ms", "", True),
        Row("/ask beside dailies ÷ on an idle bot, p99", round(ratio, 2), "", "<= 3", ratio <= 3),
    ]


async def _ask(api: Server, count: int) -> list[float]:
    """So many questions by people in turn; the milliseconds each waited for the answer."""
    before = len((await api.told())["answered"])
    for number in range(count):
        await api.say(10_000_000 + number % ASKERS)
        await asyncio.sleep(PAUSE)
    answered: list[float] = (await api.told())["answered"]
    return answered[before:]


async def _all_sent(kucha: Kucha, count: int) -> None:
    sent = select(func.count()).where(deliveries.c.outcome == "sent")
    while True:
        async with kucha.database.read() as connection:
            if (await connection.execute(sent)).scalar_one() >= count:
                return
        await asyncio.sleep(0.2)


def _resident() -> int:
    """This process's memory, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]
