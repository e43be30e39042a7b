"""Transactions end, whatever becomes of those who began them."""

import asyncio
import sqlite3
from pathlib import Path
from random import Random

from sqlalchemy import text

from core.storage.database import Database, open_database

ROWS = [{"number": number, "value": 2} for number in range(500)]


async def write(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("UPDATE things SET value = :value WHERE number = :number"), ROWS)


async def test_a_cancelled_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    database, chance = open_database(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"), Random(1)
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE things (number INTEGER PRIMARY KEY, value INTEGER)"))
        await connection.execute(text("INSERT INTO things (number) VALUES (:number)"), ROWS)
    cancelled = []
    for _ in range(100):
        writer = asyncio.create_task(write(database))
        await asyncio.sleep(chance.uniform(0, 0.01))
        writer.cancel()
        await asyncio.wait((writer,))
        cancelled.append(writer)
        other = sqlite3.connect(tmp_path / "x.sqlite3", timeout=0, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
    assert any(writer.cancelled() for writer in cancelled)
    await database.close()
