"""Bringing a database to the newest layout."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.storage.database import Database

HEAD = "0001"
"""The newest migration; a test compares it with the migrations themselves. Reading it here spares Alembic's import."""

MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(database: Database) -> bool:
    """Apply the migrations that are missing; says whether there were any."""
    async with database.read() as connection:
        current = await connection.run_sync(_revision)
    if current == HEAD:
        return False
    await asyncio.to_thread(_migrate, database.engine.url.render_as_string(hide_password=False))
    return True


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")
