"""How soon the terminal chat is there, against importing the two chat libraries that it does not need."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import Row

ROUNDS = 7
CHAT = (sys.executable, "-m", "bot.command_line", "chat")
IMPORTS = (sys.executable, "-c", "import aiogram, discord")


async def measure() -> list[Row]:
    """Medians of whole processes, taken in turns so that a busy moment of the machine meets both alike."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "KUCHA_DATA": data, "KUCHA_DATABASE": "", "LANG": "C.UTF-8"}
        await _seconds(CHAT, environment)
        await _seconds(IMPORTS, environment)
        chats, imports, fresh = [], [], []
        for number in range(ROUNDS):
            chats.append(await _seconds(CHAT, environment))
            imports.append(await _seconds(IMPORTS, environment))
            fresh.append(await _seconds(CHAT, {**environment, "KUCHA_DATA": str(Path(data, str(number)))}))
    chat, reference, new = statistics.median(chats), statistics.median(imports), statistics.median(fresh)
    return [
        Row("start: kucha chat </dev/null", round(chat, 2), "s", "", True),
        Row("start: import aiogram, discord", round(reference, 2), "s", "", True),
        Row("start: chat to import", round(chat / reference, 2), "ratio", "<= 1.0", chat <= reference),
        Row("start: chat on a new database to import", round(new / reference, 2), "ratio", "<= 1.0", new <= reference),
    ]


async def _seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """How long a process takes from its start to its end. Raises RuntimeError when it fails."""
    nothing = asyncio.subprocess.DEVNULL
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, stdin=nothing, stdout=nothing, env=environment)
    if await process.wait():
        raise RuntimeError(f"{' '.join(command)} failed; what it said is above")
    return time.perf_counter() - begun
