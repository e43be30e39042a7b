"""How long the whole `/run` takes, from a request to a document, against starting the same Python bare, by turns."""

import asyncio
import statistics
import tempfile
from pathlib import Path
from random import Random

from benchmarks.executor import TEN_LINES, executable_of, start_bare, timed
from benchmarks.table import Row
from bot.settings import Settings
from bot.wiring import open_kucha
from core.chat.app import App
from core.chat.request import Command, Person, Place, Platform, Request
from core.delivery.chats import Chats
from core.delivery.pacing import Pacing

ROUNDS = 100


async def measure() -> list[Row]:
    """The median of a run through the tutor with its database and its own sandbox."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(_env_file=None, kucha_data=Path(data), kucha_executor=None)
        async with open_kucha(settings, random=Random(1)) as kucha:
            assert kucha.room.executor is not None
            app = App(kucha.room, Chats(kucha.database), Pacing(float("inf")))
            interpreter = kucha.room.executor.pythons()[0]
            executable = executable_of(interpreter)
            request = Request(
                Person(Platform.TERMINAL, "learner", "en"),
                Place("chat"),
                Command("run", f"--py {interpreter.label}\n{TEN_LINES}"),
            )

            async def run() -> None:
                answer = await app.handle(request)
                if answer is None or "Node" not in answer.document.plain():
                    raise RuntimeError("the tutor did not show the program's objects")

            for _ in range(20):
                await run()
            runs, starts = [], []
            for _ in range(ROUNDS):
                starts.append(await timed(lambda: asyncio.to_thread(start_bare, executable)))
                await asyncio.sleep(0.01)
                runs.append(await timed(run))
                await asyncio.sleep(0.01)
    ratio = statistics.median(runs) / statistics.median(starts)
    return [
        Row("/run through the tutor to a document, p50", round(statistics.median(runs), 2), "ms", "", True),
        Row("/run through the tutor ÷ bare start, p50", round(ratio, 3), "", "<= 0.7", ratio <= 0.7),
    ]
