"""`kucha migrate`: the newest layout for the database."""

import argparse

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


async def run(_arguments: argparse.Namespace) -> int:
    """Apply the missing migrations."""
    from core.storage.database import open_database
    from core.storage.upgrade import HEAD, upgrade

    database = open_database(Settings().database_url)
    try:
        changed = await upgrade(database)
    finally:
        await database.close()
    print(f"The database was brought to {HEAD}." if changed else f"The database is at {HEAD} already.")
    return 0
