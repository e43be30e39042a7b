"""Small facts the tutor keeps about itself, such as which command menu a platform shows."""

from sqlalchemy import delete, insert, select

from core.storage.database import Database
from core.storage.tables import remembered


class Remembered:
    """Keys and values that survive a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """What is remembered under a key."""
        async with self._database.read() as connection:
            query = select(remembered.c.value).where(remembered.c.key == key)
            return (await connection.execute(query)).scalar_one_or_none()

    async def set(self, key: str, value: str) -> None:
        """Remember a value, in place of the old one."""
        async with self._database.write() as connection:
            await connection.execute(delete(remembered).where(remembered.c.key == key))
            await connection.execute(insert(remembered).values(key=key, value=value))
