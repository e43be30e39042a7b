"""Many rows at once are what the same rows are one by one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from core.storage.bulk import TOGETHER, BulkInsert, Moments
from core.storage.database import Database, open_database
from core.storage.instant import Instant

events = Table(
    "events", MetaData(), Column("kind", Integer, primary_key=True), Column("at", Instant), Column("note", Integer)
)
NOON = datetime(2026, 11, 21, 12, 0, 0, 5, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/events.sqlite3")
    async with database.write() as connection:
        await connection.run_sync(events.metadata.create_all)
    yield database
    await database.close()


@pytest.mark.parametrize("count", [0, 1, TOGETHER - 1, TOGETHER, TOGETHER * 2 + 1])
async def test_every_row_is_inserted(database: Database, count: int) -> None:
    adding = BulkInsert(database, sqlite.insert(events), ("note", "at", "kind"))
    moments = Moments(database)
    expected = [(kind, NOON + timedelta(milliseconds=kind), -kind) for kind in range(count)]
    async with database.write() as connection:
        await adding.run(connection, [(note, moments.stored(at), kind) for kind, at, note in expected])
        rows = (await connection.execute(select(events).order_by(events.c.kind))).all()
    assert [tuple(row) for row in rows] == expected


async def test_rows_that_are_there_are_changed(database: Database) -> None:
    new = sqlite.insert(events)
    changed = new.on_conflict_do_update(index_elements=("kind",), set_={"note": new.excluded.note})
    changing = BulkInsert(database, changed, ("kind", "note"))
    async with database.write() as connection:
        await connection.execute(insert(events), [{"kind": kind, "at": NOON, "note": 0} for kind in range(TOGETHER)])
        await changing.run(connection, [(kind, kind) for kind in range(TOGETHER + 2)])
        rows = (await connection.execute(select(events.c.at, events.c.note).order_by(events.c.kind))).all()
    assert rows == [(NOON if kind < TOGETHER else None, kind) for kind in range(TOGETHER + 2)]


def test_on_postgresql_all_values_of_a_statement_have_their_numbers_and_types() -> None:
    database = open_database("postgresql+asyncpg://nowhere/kucha")
    adding = BulkInsert(database, postgresql.insert(events).on_conflict_do_nothing(), ("kind", "at"))
    assert f"${TOGETHER * 2}::TIMESTAMP WITH TIME ZONE" in adding.statement
    assert Moments(database).stored(NOON) is NOON


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=11))])
@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
async def test_a_moment_is_kept_as_its_column_keeps_it(database: Database, zone: timezone, microsecond: int) -> None:
    moments, second = Moments(database), NOON.replace(microsecond=microsecond)
    adding = BulkInsert(database, sqlite.insert(events), ("kind", "at"))
    async with database.write() as connection:
        await connection.execute(insert(events).values(kind=1, at=second))
        await adding.run(connection, [(2, moments.stored(second.astimezone(zone)))])
        kept = (await connection.exec_driver_sql("SELECT DISTINCT at FROM events")).all()
    assert len(kept) == 1
