"""The real process: `kucha serve` with a token, from its start to SIGTERM."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.contract.telegram.conftest import Talk
from tests.contract.telegram_server import TOKEN, TelegramServer

KUCHA = Path(sys.executable).with_name("kucha")


async def test_the_bot_serves_until_sigterm_and_ends_cleanly(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUCHA_EXECUTOR")
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "KUCHA_DATA": str(tmp_path / "data")}
    environment = {**os.environ, **settings, "DISCORD_TOKEN": ""}
    process = await asyncio.create_subprocess_exec(
        KUCHA,
        "serve",
        cwd=tmp_path,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        sent = await Talk(server).say("/start")
        process.send_signal(signal.SIGTERM)
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert sent.params["chat_id"] == 7
    assert process.returncode == 0, output.decode()
    assert TOKEN not in output.decode()
    assert server.confirmed == server.newest_update
