"""Quizzes through the Telegram adapter, against a Bot API server in a process of its own: how soon taps are
acknowledged, whether votes are all counted, and how many games keep their times under Telegram's limits."""

import asyncio
import gc
import json
import statistics
import subprocess
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import structlog
from aiohttp import ClientSession
from sqlalchemy import func, insert, select

from benchmarks.table import Row
from bot.platforms.telegram.chat import TelegramChat
from bot.settings import Settings
from bot.wiring import Kucha, Lessons, open_kucha, prepare, utc_now
from core.chat.quiz_nights import QuizNights
from core.chat.request import Platform
from core.delivery.schedules import Address
from core.quiz.model import Rules
from core.storage.quiz_tables import answers, players, rounds
from core.storage.tables import accounts, learners

TOKEN = "42:benchmark"
CLUB = -100
TAPPERS, VOTERS = 1_000, 5_000
BURST = 2.0
"""Seconds within which all of them answer."""
SECONDS = 20
"""A round's, where games are counted."""
GAMES = (200, 250, 300)
"""Games begun at once under Telegram's limits."""
LIMIT = 30
"""Messages a second that the server takes."""
LATE = 1.0
"""Seconds after which a reveal is late."""
Sent = list[Any]


@dataclass
class Stage:
    """The bot, serving, and its server."""

    kucha: Kucha
    url: str
    session: ClientSession

    async def told(self) -> dict[str, Any]:
        """What the server counted."""
        async with self.session.get(f"{self.url}/told") as answer:
            told: dict[str, Any] = json.loads(await answer.text())
            return told

    async def play(self, kind: str, people: int, seconds: float, **about: Any) -> None:
        """Let people act."""
        said = {"kind": kind, "people": people, "seconds": seconds, "chat": CLUB, **about}
        async with self.session.post(f"{self.url}/play", data=json.dumps(said)) as answer:
            await answer.read()

    async def until(self, found: Callable[[dict[str, Any]], Any]) -> Any:
        """What is found in what the server tells, as soon as it is there."""
        async with asyncio.timeout(90):
            while not (seen := found(await self.told())):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return seen

    async def asked(self, number: int) -> Sent:
        """A round's question."""
        token, start = f"tap:1:{number}:", f"{number}/"
        return list(
            await self.until(
                lambda told: next(
                    (each for each in told["sent"] if token in each[4] or (each[1] == "sendPoll" and start in each[4])),
                    None,
                )
            )
        )

    async def begin(self, wish: str) -> None:
        """The first of the crowd opens a game and starts it."""
        await self.play("say", 1, 0, text=f"/quiz@kucha_bot level 1, {wish}", message=1)
        lobby = await self.until(lambda told: next((each for each in told["sent"] if "quiz:join:1" in each[4]), None))
        await self.play("tap", 1, 0, data="quiz:start:1", message=lobby[3])

    async def skip(self, question: Sent, number: int) -> None:
        """The host passes a question over, and its reveal."""
        for _ in range(2):
            await self.play("tap", 1, 0, data="quiz:skip:1", message=question[3])
            await asyncio.sleep(0.3)


@asynccontextmanager
async def stage(lessons: Lessons, people: int, limit: int = 0) -> AsyncIterator[Stage]:
    """A bot whose learners are known already, before a server of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.quiz_api", str(limit), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    url = f"http://127.0.0.1:{int(await process.stdout.readline())}"
    stop = asyncio.Event()
    with _ended(process), tempfile.TemporaryDirectory() as data:
        settings = Settings(_env_file=None, kucha_data=Path(data))
        async with open_kucha(settings, utc_now, Random(1), lessons) as kucha, ClientSession() as session:
            await meet(kucha, people, Platform.TELEGRAM)
            nights = QuizNights(kucha.room, "bench")
            per_second = 25.0 if limit else 0.0
            chat = TelegramChat(TOKEN, kucha.app, kucha.remembered, api_url=url, games=nights, per_second=per_second)
            serving = asyncio.create_task(chat.run(stop))
            try:
                yield Stage(kucha, url, session)
            finally:
                stop.set()
                await serving


@contextmanager
def _ended(process: Process) -> Iterator[None]:
    """Whatever happens, the server does not outlive the block."""
    try:
        yield
    finally:
        process.kill()


async def measure() -> list[Row]:
    """Taps, votes, and games under limits."""
    lessons = prepare(Settings(_env_file=None))
    return [*await _taps(lessons), *await _votes(lessons), *[await _limited(lessons, games) for games in GAMES]]


async def _taps(lessons: Lessons) -> list[Row]:
    """A thousand people tap a button: people never met before, then a thousand new to the game, then as its players."""
    rows = []
    async with stage(lessons, TAPPERS + 1) as played:
        await played.begin("20 rounds by 30 seconds, changing")
        number = 0
        for who, first in (("people never met", TAPPERS + 2), ("newcomers", 2), ("players", 2)):
            while True:
                number += 1
                question = await played.asked(number)
                if f"tap:1:{number}:p" in question[4] or f"tap:1:{number}:l" in question[4]:
                    break
                await played.skip(question, number)
            how = "p" if f"tap:1:{number}:p" in question[4] else "l"
            gc.collect()
            before = len((await played.told())["waits"])
            await played.play(
                "tap", TAPPERS, BURST, first=first, data=f"tap:1:{number}:{how}*", options=2, message=question[3]
            )
            told = await played.until(partial(_with_waits, before + TAPPERS))
            slow = _p99(told["waits"][before:])
            counted = await _counted(played.kucha, number)
            rows += [
                Row(
                    f"quiz: {TAPPERS:,} taps in 2 s of {who}, acknowledged, p99",
                    slow / 1000,
                    "s",
                    "<= 1.5",
                    slow <= 1500,
                ),
                Row(f"quiz: of these counted, {who}", counted, "answers", f"= {TAPPERS}", counted == TAPPERS),
            ]
            await played.skip(question, number)
    return rows


async def _votes(lessons: Lessons) -> list[Row]:
    """Five thousand people vote in a poll that all of them play."""
    async with stage(lessons, VOTERS + 1) as played:
        await played.begin("20 rounds by 30 seconds")
        number = 0
        while True:
            number += 1
            question = await played.asked(number)
            if question[1] == "sendPoll":
                break
            await played.skip(question, number)
        await _enter(played.kucha, VOTERS)
        await played.play("vote", VOTERS, BURST, first=2, poll=question[3], options=2)
        reveal = await played.until(lambda told: _after(told["sent"], question, 25))
        counted = await _counted(played.kucha, number)
        late = reveal[0] - question[0] - 30
    return [
        Row(f"quiz: {VOTERS:,} votes in 2 s, counted", counted, "answers", f"= {VOTERS}", counted == VOTERS),
        Row("quiz: the reveal after them, late by", round(late, 2), "s", "<= 1", late <= LATE),
    ]


async def _limited(lessons: Lessons, games: int) -> Row:
    """So many games begun at once, two rounds each, on a server with Telegram's limits."""
    async with stage(lessons, games, LIMIT) as played:
        host = (await played.kucha.room.learners.of_ids([1]))[1]
        rules = Rules(level=1, rounds=2, seconds=SECONDS)
        for game in range(1, games + 1):
            await played.kucha.room.quizzes.open(Address("telegram", str(-game)), host, "P1", rules, "ru", timedelta(0))
        asked = select(func.count()).select_from(rounds).where(rounds.c.closed_at.is_not(None))
        async with asyncio.timeout(240):
            while await _one(played.kucha, asked) < 2 * games:  # noqa: ASYNC110
                await asyncio.sleep(0.5)
        await asyncio.sleep(3)
        told = await played.told()
        ends = select(rounds.c.message, rounds.c.closes_at, rounds.c.game, rounds.c.number)
        async with played.kucha.database.read() as connection:
            closing = (await connection.execute(ends)).all()
    sent: dict[str, list[Sent]] = {}
    for each in told["sent"]:
        sent.setdefault(each[2], []).append(each)
    late = 0
    for row in closing:
        end = row.closes_at.timestamp() if row.closes_at else 0.0
        after = [each[0] for each in sent.get(str(-row.game), []) if each[0] >= end and each[1].startswith("send")]
        late += not after or after[0] - end > LATE
    told_of = f"quiz: {games} games at once under Telegram's limits, reveals late by over 1 s"
    return Row(told_of, late / (2 * games), f"share, {told['refused']} refused", "", True)


def _with_waits(count: int, told: dict[str, Any]) -> dict[str, Any] | None:
    return told if len(told["waits"]) >= count else None


def _after(sent: list[Sent], question: Sent, seconds: float) -> Sent | None:
    return next((each for each in sent if each[0] > question[0] + seconds and each[1].startswith("send")), None)


async def meet(kucha: Kucha, people: int, platform: Platform) -> None:
    """Let the tutor know everybody."""
    numbers = range(1, people + 1)
    about = {"language": "en", "level": 1, "zone": "UTC", "python": "3.14", "met_at": utc_now()}
    async with kucha.database.write() as connection:
        await connection.execute(insert(learners), [{"id": number, **about} for number in numbers])
        await connection.execute(
            insert(accounts), [{"platform": platform, "person": str(each), "learner": each} for each in numbers]
        )


async def _enter(kucha: Kucha, people: int) -> None:
    """Let everybody into the game, as if they had joined in the lobby."""
    row = {"game": 1, "joined_round": 0, "left": False, "score": 0, "streak": 0, "best_streak": 0, "right": 0}
    async with kucha.database.write() as connection:
        await connection.execute(
            insert(players), [{**row, "learner": number, "name": f"P{number}"} for number in range(2, people + 2)]
        )


async def _counted(kucha: Kucha, number: int) -> int:
    return await _one(kucha, select(func.count()).select_from(answers).where(answers.c.round == number))


async def _one(kucha: Kucha, query: Any) -> int:
    async with kucha.database.read() as connection:
        return int((await connection.execute(query)).scalar_one())


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]
