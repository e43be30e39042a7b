"""The real process is killed again and again while it sends: what it had in hand is sent again, and nothing is lost."""

import asyncio
import shutil
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import func, insert, select

from bot.wiring import utc_now
from core.delivery.courier import AT_ONCE
from core.delivery.schedules import DAILY
from core.delivery.timetable import EVERY_DAY, days_mask
from core.storage.database import Database, open_database
from core.storage.tables import accounts, deliveries, learners, schedules
from tests.contract.telegram.lives import life
from tests.contract.telegram_server import BOT, PATIENCE

GREETING = "🕘"
KILLS = 20
LAST_MOMENT = 0.3
"""Seconds from there to the end, at most."""
LAST_LIFE = 600.0
"""Seconds in which the life that nobody ends sends all the rest, at most."""
SLOWEST_ANSWER = 0.03
"""Seconds from what the server accepts to its answer, at most."""


@dataclass(frozen=True)
class Load:
    """How many chats wait, how fast they are written to (0 for as fast as it goes), and when a life ends.

    It ends within the last moment after at most `before_a_kill` dailies were accepted: so many chats that all lives
    together cannot serve them.
    """

    chats: int
    per_second: int
    before_a_kill: int


AS_FAST_AS_IT_GOES = Load(chats=6000, per_second=0, before_a_kill=120)
AT_THE_PACE_OF_TELEGRAM = Load(chats=1000, per_second=25, before_a_kill=40)


@dataclass
class PostOffice:
    """A Bot API server that accepts everything, answers a little later, and counts the dailies of each life."""

    chance: Random
    lives: list[Counter[int]] = field(default_factory=lambda: [Counter()])
    url: str = ""
    _answering: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def accepted(self) -> Counter[int]:
        """How many dailies each chat has."""
        return sum(self.lives, Counter())

    def in_doubt(self, life: int) -> int:
        """How many chats got in this life what they got once more in a later one."""
        later = sum(self.lives[life + 1 :], Counter())
        return sum(chat in later for chat in self.lives[life])

    async def accept(self, enough: int) -> None:
        """Wait until so many dailies were accepted in this life."""
        await self.wait_until(lambda: self.lives[-1].total() >= enough)

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until what was accepted fulfils the condition."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(condition)

    async def settle(self) -> None:
        """Wait until everything that a killed process had still asked for is counted."""
        await asyncio.sleep(SLOWEST_ANSWER)
        await self.wait_until(lambda: not self._answering)

    async def answer(self, request: web.Request) -> web.Response:
        """Any request."""
        method = request.match_info["method"]
        if method == "getUpdates":
            await asyncio.sleep(1)
            return _result([])
        if not method.startswith("send"):
            return _result(BOT if method == "getMe" else True)
        self._answering += 1
        form = await request.post()
        chat = int(str(form["chat_id"]))
        self.lives[-1][chat] += any(GREETING in str(value) for value in form.values())
        await self._tell()
        await asyncio.sleep(self.chance.uniform(0, SLOWEST_ANSWER))
        self._answering -= 1
        await self._tell()
        return _result({"message_id": 1, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "text": "?"})

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _result(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def post_office(chance: Random) -> AsyncIterator[PostOffice]:
    """The server, on a port of its own."""
    office = PostOffice(chance)
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", office.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        office.url = "http://{}:{}".format(*runner.addresses[0][:2])
        yield office
    finally:
        await runner.cleanup()


async def everybody_wants_one(database: Database, chats: int) -> None:
    """Learners whose dailies are all due since a minute ago."""
    due = utc_now() - timedelta(minutes=1)
    numbers = range(1, chats + 1)
    taste = {"level": 1, "python": "3.14"}
    timetable = {"minute": due.hour * 60 + due.minute, "days": days_mask(EVERY_DAY), "zone": "UTC", "quiet": ""}
    moment = {"next_due": due, "next_date": due.date(), "changed_at": due}
    people = [{"id": number, "language": ("ru", "en")[number % 2], **taste} for number in numbers]
    places = [{"platform": "telegram", "chat": str(number), "topic": "", "slot": DAILY} for number in numbers]
    async with database.write() as connection:
        await connection.execute(insert(learners), [{**each, "zone": "UTC", "met_at": due} for each in people])
        await connection.execute(
            insert(accounts), [{"platform": "telegram", "person": str(each), "learner": each} for each in numbers]
        )
        await connection.execute(
            insert(schedules),
            [
                {**place, "learner": person["id"], "language": person["language"], **taste, **timetable, **moment}
                for place, person in zip(places, people, strict=True)
            ],
        )


async def attempts(database: Database) -> dict[int, int]:
    """How often each daily that has ended well was tried, by its chat."""
    query = select(deliveries.c.chat, deliveries.c.attempts).where(deliveries.c.outcome == "sent")
    async with database.read() as connection:
        return {int(row.chat): row.attempts for row in await connection.execute(query)}


async def all_recorded(database: Database, chats: int) -> None:
    """Wait until every daily is on record as sent."""
    sent = select(func.count()).where(deliveries.c.outcome == "sent")
    async with asyncio.timeout(LAST_LIFE):
        while True:
            async with database.read() as connection:
                if (await connection.execute(sent)).scalar_one() == chats:
                    return
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("load", [AS_FAST_AS_IT_GOES, AT_THE_PACE_OF_TELEGRAM], ids=["fast", "paced"])
async def test_every_chat_gets_its_daily_though_the_process_is_killed_twenty_times(
    load: Load, tmp_path: Path, migrated: Path, record_property: Callable[[str, object], None]
) -> None:
    shutil.copy(migrated, tmp_path)
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'kucha.sqlite3'}")
    await everybody_wants_one(database, load.chats)
    await database.close()
    chance = Random(2026)
    async with post_office(chance) as office:
        for _ in range(KILLS):
            enough = chance.randint(1, load.before_a_kill)
            async with life(office.url, tmp_path, load.per_second) as process:
                await office.accept(enough)
                await asyncio.sleep(chance.uniform(0, LAST_MOMENT))
                process.send_signal(signal.SIGKILL)
            await office.settle()
            office.lives.append(Counter())
        before_the_last = len(office.accepted)
        async with life(office.url, tmp_path, load.per_second) as process:
            await all_recorded(database, load.chats)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0, (tmp_path / "log").read_text()
    tried = await attempts(database)
    await database.close()
    accepted, doubts = office.accepted, [office.in_doubt(life) for life in range(KILLS)]
    doubled = sum(count > 1 for count in accepted.values())
    tried_again = sum(count > 1 for count in tried.values())
    told = f"{doubled} chats got it more than once, {tried_again} were tried again; doubts by kill: {doubts}"
    record_property("doubled", doubled)
    record_property("tried_again", tried_again)
    record_property("doubts", doubts)
    assert before_the_last < load.chats, f"everything was sent before the last kill; {told}"
    assert accepted.keys() == tried.keys() == set(range(1, load.chats + 1)), told
    assert all(count <= tried[chat] for chat, count in accepted.items()), told
    assert all(count == 1 for counted in office.lives for count in counted.values()), told
    assert max(doubts) <= AT_ONCE, told
    print(told, [each.total() for each in office.lives])
