"""A quiz through the Discord adapter, against a Discord in a process of its own: how soon taps are acknowledged."""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import structlog
from aiohttp import ClientSession
from sqlalchemy import func, select

from benchmarks.quiz_chat import BURST, TAPPERS, meet
from benchmarks.table import Row
from bot.platforms.discord.chat import DiscordChat
from bot.settings import Settings
from bot.wiring import Kucha, Lessons, open_kucha, prepare, utc_now
from core.chat.quiz_nights import QuizNights
from core.chat.request import Platform
from core.storage.quiz_tables import answers

GAME = {"level": "1", "rounds": "15r", "seconds": "30s"}
PATIENCE = 3.0
"""Seconds after which Discord takes no acknowledgement."""
Told = dict[str, Any]


@dataclass
class Stage:
    """The bot, serving, and its Discord."""

    kucha: Kucha
    url: str
    session: ClientSession

    async def play(self, people: int = 1, seconds: float = 0, first: int = 1, **about: Any) -> None:
        """Let people act."""
        said = {"people": people, "seconds": seconds, "first": first, **about}
        async with self.session.post(f"{self.url}/api/v10/play", json=said) as answer:
            await answer.read()

    async def tap(self, post: dict[str, Any], button: str, people: int = 1, seconds: float = 0, first: int = 1) -> None:
        """Let people tap the buttons whose ids hold that."""
        buttons = [each for each in ids(post) if button in each]
        await self.play(people, seconds, first, buttons=buttons, components=post["components"])

    async def until(self, found: Callable[[Told], Any]) -> Any:
        """What is found in what the server tells, as soon as it is there."""
        async with asyncio.timeout(90):
            while True:
                async with self.session.get(f"{self.url}/api/v10/told") as answer:
                    if seen := found(json.loads(await answer.text())):
                        return seen
                await asyncio.sleep(0.05)

    async def post(self, token: str) -> dict[str, Any]:
        """The message with such a button."""
        return dict(await self.until(partial(_with_button, token)))

    async def choice(self, number: int) -> tuple[int, dict[str, Any]]:
        """The next round from that number on in which one tap answers; others are passed over."""
        while True:
            question = await self.post(f"tap:1:{number}:")
            await asyncio.sleep(1)
            if any(f"tap:1:{number}:p" in each for each in ids(question)):
                return number, question
            await self.skip()
            number += 1

    async def skip(self) -> None:
        """The host passes a question over, and its reveal."""
        for _ in range(2):
            await self.play(command="quiz", options={"action": "skip"})
            await asyncio.sleep(1)


def ids(post: dict[str, Any]) -> list[str]:
    """The ids of a message's buttons."""
    return [item.get("custom_id", "") for row in post.get("components") or [] for item in row["components"]]


def _with_button(token: str, told: Told) -> dict[str, Any] | None:
    return next((post for post in told["posts"] if any(token in each for each in ids(post))), None)


def _with_waits(count: int, told: Told) -> Told | None:
    return told if min(len(told["acknowledged"]), len(told["answered"])) >= count else None


@asynccontextmanager
async def stage(lessons: Lessons, people: int) -> AsyncIterator[Stage]:
    """A bot whose learners are known already, before a Discord of its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.discord_api", stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    url, gateway = f"http://127.0.0.1:{port}", f"ws://127.0.0.1:{port}/gateway"
    stop = asyncio.Event()
    try:
        with tempfile.TemporaryDirectory() as data:
            settings = Settings(_env_file=None, kucha_data=Path(data))
            async with open_kucha(settings, utc_now, Random(1), lessons) as kucha, ClientSession() as session:
                await meet(kucha, people, Platform.DISCORD)
                nights = QuizNights(kucha.room, "bench")
                chat = DiscordChat(
                    "token", kucha.app, kucha.remembered, api_url=url, gateway_url=gateway, games=nights, now=utc_now
                )
                serving = asyncio.create_task(chat.run(stop))
                yield Stage(kucha, url, session)
                stop.set()
                await serving
    finally:
        process.kill()
        await process.wait()


async def measure() -> list[Row]:
    """A thousand people tap a button: people never met before, then a thousand new to the game, then as its players."""
    rows = []
    async with stage(prepare(Settings(_env_file=None)), TAPPERS + 1) as played:
        await played.until(lambda told: told)
        await asyncio.sleep(3)
        await played.play(command="quiz", options=GAME)
        await played.tap(await played.post("quiz:start:1"), "quiz:start:1")
        number = 0
        for who, first in (("people never met", TAPPERS + 2), ("newcomers", 2), ("players", 2)):
            number, question = await played.choice(number + 1)
            told = await played.until(lambda told: told)
            acknowledged, answered = len(told["acknowledged"]), len(told["answered"])
            gc.collect()
            await played.tap(question, f"tap:1:{number}:p", TAPPERS, BURST, first)
            told = await played.until(partial(_with_waits, max(acknowledged, answered) + TAPPERS))
            slowest = max(told["acknowledged"][acknowledged:]) / 1000
            word = max(told["answered"][answered:]) / 1000
            counted = await _counted(played.kucha, number)
            rows += [
                Row(
                    f"quiz: {TAPPERS:,} taps in 2 s on Discord of {who}, the slowest acknowledgement",
                    round(slowest, 2),
                    "s",
                    f"<= {PATIENCE:.0f}",
                    slowest <= PATIENCE,
                ),
                Row("quiz: the slowest word to who tapped", round(word, 2), "s", "", True),
                Row(f"quiz: of these counted, {who}", counted, "answers", f"= {TAPPERS}", counted == TAPPERS),
            ]
            await played.skip()
    return rows


async def _counted(kucha: Kucha, number: int) -> int:
    query = select(func.count()).select_from(answers).where(answers.c.round == number)
    async with kucha.database.read() as connection:
        return int((await connection.execute(query)).scalar_one())
