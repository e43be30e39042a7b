"""Alembic's entry: runs the migrations on the database whose URL the caller hands over."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from core.storage.database import open_database
from core.storage.tables import metadata


def migrate(connection: Connection) -> None:
    """Run what is missing, all in one transaction."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_migrate() -> None:
    """Open the database, migrate it, close it."""
    database = open_database(context.config.attributes["url"])
    async with database.write() as connection:
        await connection.run_sync(migrate)
    await database.close()


asyncio.run(connect_and_migrate())
