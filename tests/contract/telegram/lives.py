"""The real process of the bot, to be killed."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.contract.telegram_server import TOKEN

KUCHA = Path(sys.executable).with_name("kucha")


@asynccontextmanager
async def life(url: str, folder: Path, per_second: int) -> AsyncIterator[Process]:
    """One process of the bot before the server at that URL, from its start to whatever the block does to it."""
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_PER_SECOND": str(per_second),
        "DISCORD_TOKEN": "",
        "KUCHA_DATA": str(folder),
        "KUCHA_LEASE_SECONDS": "1",
        "KUCHA_EXECUTOR": str(folder / "nobody-listens.sock"),
    }
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            KUCHA, "serve", cwd=folder, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
