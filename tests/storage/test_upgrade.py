"""Migrations make exactly the tables the queries expect, in SQLite as it is used."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from core.storage.database import Database, open_database
from core.storage.tables import learners, metadata
from core.storage.upgrade import HEAD, MIGRATIONS, migrate, revision, upgrade


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'deep' / 'kucha.sqlite3'}"


async def test_a_new_database_gets_every_table(url: str) -> None:
    database = open_database(url)
    assert await upgrade(database)
    assert not await upgrade(database)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def layout(url: str) -> dict[str, object]:
    """Every table with its columns, keys and indexes, as the database itself describes them."""
    database = open_database(url)

    def read(connection: Connection) -> dict[str, object]:
        seen = inspect(connection)
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(name)],
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted((str(key["name"]), str(key)) for key in seen.get_foreign_keys(name)),
                sorted(
                    (str(index["name"]), index["unique"], index["column_names"], str(partial.get("sqlite_where")))
                    for index in seen.get_indexes(name)
                    if (partial := index.get("dialect_options", {})) is not None
                ),
            )
            for name in seen.get_table_names()
        }

    async with database.read() as connection:
        found = await connection.run_sync(read)
    await database.close()
    return found


async def test_the_short_way_and_the_migrations_end_in_the_same_layout(url: str, tmp_path: Path) -> None:
    fresh = open_database(url)
    await upgrade(fresh)
    await fresh.close()
    grown = f"sqlite+aiosqlite:///{tmp_path / 'grown.sqlite3'}"
    await asyncio.to_thread(migrate, grown)
    assert await layout(url) == await layout(grown)


async def test_a_database_from_before_is_migrated_and_keeps_its_rows(url: str) -> None:
    database = open_database(url)
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE notes (words TEXT)"))
        await connection.execute(text("INSERT INTO notes VALUES ('kept')"))
    assert await upgrade(database)
    async with database.read() as connection:
        assert await connection.run_sync(revision) == HEAD
        assert (await connection.execute(text("SELECT words FROM notes"))).scalar_one() == "kept"
    await database.close()


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def learner(now: datetime) -> dict[str, object]:
    return {"language": "ru", "level": 1, "zone": "UTC", "python": "3.14", "met_at": now}


async def insert_twice(database: Database, row: dict[str, object]) -> None:
    """One transaction with the same row two times."""
    async with database.write() as connection:
        await connection.execute(insert(learners).values(**row))
        await connection.execute(insert(learners).values(**row))


async def test_moments_come_back_aware(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    async with database.write() as connection:
        await connection.execute(insert(learners).values(**learner(moment)))
    async with database.read() as connection:
        assert (await connection.execute(select(learners.c.met_at))).scalar_one() == moment
    with pytest.raises(StatementError):
        await insert_twice(database, learner(moment.replace(tzinfo=None)))
    await database.close()


async def test_two_processes_write_at_the_same_time_and_nothing_is_locked_or_lost(url: str) -> None:
    first, second = open_database(url), open_database(url)
    await upgrade(first)
    now = datetime(2026, 1, 1, tzinfo=UTC)

    async def write(database: Database) -> None:
        for _ in range(40):
            async with database.write() as connection:
                await connection.execute(insert(learners).values(**learner(now)))

    await asyncio.gather(write(first), write(second), write(first), write(second))
    async with first.read() as connection:
        assert len((await connection.execute(select(learners.c.id))).all()) == 160
    await first.close()
    await second.close()


async def test_a_failed_transaction_leaves_nothing(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    row = learner(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError):
        await insert_twice(database, {**row, "id": 1})
    async with database.read() as connection:
        assert (await connection.execute(select(learners.c.id))).all() == []
    await database.close()
