"""Bringing a database to the newest layout."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.storage.database import Database
from core.storage.tables import metadata

HEAD = "0003"
"""The newest migration; a test compares it with the migrations themselves. Reading it here spares Alembic's import."""

MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(database: Database) -> bool:
    """Bring the database to the newest layout; says whether there was anything to do.

    An empty database gets the newest tables at once, which is many times faster than the way through every migration;
    a test holds that both ways end in the same layout.
    """
    async with database.read() as connection:
        current = await connection.run_sync(revision)
    if current == HEAD:
        return False
    async with database.write() as connection:
        if await connection.run_sync(_create):
            return True
    await asyncio.to_thread(migrate, database.engine.url.render_as_string(hide_password=False))
    return True


def _create(connection: Connection) -> bool:
    """Every table of the newest layout; False, and nothing done, where there is a table already."""
    if inspect(connection).get_table_names():
        return False
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    return True


def revision(connection: Connection) -> str | None:
    """The migration a database is at; None for one without any."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(url: str) -> None:
    """Run the migrations that are missing, with Alembic."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")
