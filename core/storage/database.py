"""The database: one engine, short reads, one writer at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util.concurrency import in_greenlet

BUSY_MILLISECONDS = 10_000
"""How long SQLite waits for another process's write before it says that the database is locked."""


class Database:
    """Where the tutor keeps what must survive a crash.

    SQLite runs with a write-ahead log, so that readers never wait, and syncs it at each commit, so that what was
    confirmed outlives a power cut. Its writes are taken one after another here, and `BEGIN IMMEDIATE` with a busy
    timeout keeps them apart from those of other processes. PostgreSQL needs none of that. `embedded` says that the
    database is a file of this machine.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.embedded = engine.dialect.name == "sqlite"
        self._writer = asyncio.Lock() if self.embedded else nullcontext()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries that change nothing."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back when the block raises."""
        async with self._writer, self.engine.connect() as connection:
            await connection.execution_options(kucha_writes=True)
            async with connection.begin():
                yield connection

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at that SQLAlchemy URL; a SQLite file's folder is made. Connects to nothing yet."""
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        parsed,
        pool_pre_ping=not sqlite,
        # Transactions end where they began, in `write`: SQLite is spared a rollback each time a connection goes back.
        pool_reset_on_return=None if sqlite else "rollback",
        hide_parameters=True,
    )
    if sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        event.listen(engine.sync_engine, "invalidate", _give_up)
    return Database(engine)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.close()


def _give_up(connection: Any, _record: object, _error: object) -> None:
    """End the transaction of a task that was cancelled: a closed connection keeps its locks while a cursor lives on."""
    if in_greenlet():
        # Cancelled once more meanwhile, it still has to be closed, which comes next.
        with suppress(Exception, asyncio.CancelledError):
            connection.rollback()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("kucha_writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
