"""The tutor, with a clock moved by hand, and a Bot API server in a process of its own."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientSession

from benchmarks.crowd import NOW
from bot.settings import Settings
from bot.wiring import Kucha, open_kucha, prepare

TOKEN = "42:benchmark"


@dataclass
class Clock:
    """The tutor's clock, moved by hand."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Server:
    """The Bot API server, and what it tells."""

    url: str

    async def told(self) -> dict[str, Any]:
        """Its counts."""
        async with ClientSession() as session, session.get(f"{self.url}/told") as answer:
            told: dict[str, Any] = json.loads(await answer.text())
            return told

    async def say(self, person: int) -> None:
        """Somebody types /ask."""
        async with ClientSession() as session, session.post(f"{self.url}/say", data=str(person)) as answer:
            await answer.read()


@asynccontextmanager
async def server(per_second: int = 0) -> AsyncIterator[Server]:
    """A server process; 0 for one without limits."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bot_api", str(per_second), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield Server(f"http://127.0.0.1:{int(await process.stdout.readline())}")
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def tutor(clock: Clock) -> AsyncIterator[Kucha]:
    """The tutor on a database of its own."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(_env_file=None, kucha_data=Path(data))
        async with open_kucha(settings, clock, Random(1), prepare(settings)) as kucha:
            yield kucha
