"""The chats the tutor may write to."""

from datetime import datetime

from sqlalchemy import Delete, delete, insert, select, update

from core.storage.database import Database
from core.storage.quiz_tables import games, ratings
from core.storage.tables import awaited, chats, deliveries, exams, members, postings, schedules, sheets, snippets

_OF_A_CHAT = {
    chats: (),
    awaited: ("learner",),
    schedules: ("topic", "slot"),
    deliveries: ("topic", "slot", "local_date"),
    postings: ("topic", "local_date"),
    members: ("learner",),
    ratings: ("season", "learner"),
}
"""What has one row a chat, or one a chat and these columns."""


class Chats:
    """Which chats can be reached, and what a chat is called now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark(self, platform: str, chat: str, reachable: bool, now: datetime) -> None:
        """Note that a chat can, or can no longer, be written to."""
        async with self._database.write() as connection:
            await connection.execute(delete(chats).where(chats.c.platform == platform, chats.c.chat == chat))
            await connection.execute(
                insert(chats).values(platform=platform, chat=chat, reachable=reachable, changed_at=now)
            )

    async def reachable(self, platform: str, chat: str) -> bool:
        """Whether a chat can be written to, as far as anybody knows."""
        query = select(chats.c.reachable).where(chats.c.platform == platform, chats.c.chat == chat)
        async with self._database.read() as connection:
            known = (await connection.execute(query)).scalar_one_or_none()
        return known is not False

    async def move(self, platform: str, old: str, new: str) -> None:
        """Give everything kept under a chat's old id its new one, in one transaction; twice does no harm.

        Where both ids have a row of the same kind, the old one's stays: it is the longer history.
        """
        async with self._database.write() as connection:
            for table, key in _OF_A_CHAT.items():
                rival = table.alias()
                same = [rival.c[name] == table.c[name] for name in ("platform", *key)]
                await connection.execute(
                    delete(table).where(
                        table.c.platform == platform,
                        table.c.chat == new,
                        select(rival.c.chat).where(rival.c.chat == old, *same).exists(),
                    )
                )
            await connection.execute(_rival_games(platform, old, new))
            for table in (*_OF_A_CHAT, games, sheets, snippets, exams):
                await connection.execute(
                    update(table).where(table.c.platform == platform, table.c.chat == old).values(chat=new)
                )


def _rival_games(platform: str, old: str, new: str) -> Delete:
    """Games that run under the new id where one runs under the old: a place has one, the one that began first."""
    running = games.alias()
    first = select(running.c.id).where(
        running.c.platform == platform,
        running.c.chat == old,
        running.c.topic == games.c.topic,
        running.c.ended_at.is_(None),
    )
    return delete(games).where(
        games.c.platform == platform, games.c.chat == new, games.c.ended_at.is_(None), first.exists()
    )
