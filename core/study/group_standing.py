"""Who answered how much right in a chat this week, of those who want to be counted."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, func, insert, select

from core.storage.database import Database
from core.storage.tables import attempts, members, sheets

DAYS = 7
"""Local days that count, today among them."""
LONGEST_NAME = 64
"""Characters of a name that are kept."""
MARKS = 2
"""Combining marks kept on a letter: enough for people's names, too few to climb into the line above."""

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing, although Unicode does not count them as spaces."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part: their name, empty where there is none, and their right answers."""

    learner: int
    name: str
    right: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A member with a place, from 1; equals share one."""

    place: int
    member: Member


@dataclass(frozen=True, slots=True)
class Standing:
    """Everybody who takes part in a chat."""

    members: tuple[Member, ...]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Those with a right answer, best first; the others have no place, least of all the last one."""
        best = sorted((member for member in self.members if member.right), key=_order)
        first: dict[int, int] = {}
        for number, member in enumerate(best, 1):
            first.setdefault(member.right, number)
        return tuple(Placed(first[member.right], member) for member in best)

    def of(self, learner: int) -> Placed | None:
        """Somebody's own place; None without a right answer."""
        return next((each for each in self.placed if each.member.learner == learner), None)

    def has(self, learner: int) -> bool:
        """Whether somebody takes part."""
        return any(member.learner == learner for member in self.members)


def _order(member: Member) -> tuple[int, str, int]:
    return -member.right, member.name.casefold(), member.learner


class GroupStanding:
    """Lets people in and out of a chat's standing. Names are kept of nobody else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def join(self, platform: str, chat: str, learner: int, name: str | None, now: datetime) -> None:
        """Let somebody in under that name; who is in already gets the new name."""
        mine = (members.c.platform == platform, members.c.chat == chat, members.c.learner == learner)
        async with self._database.write() as connection:
            await connection.execute(delete(members).where(*mine))
            await connection.execute(
                insert(members).values(
                    platform=platform, chat=chat, learner=learner, name=presentable(name or ""), joined_at=now
                )
            )

    async def leave(self, platform: str, chat: str, learner: int) -> None:
        """Let somebody out and erase their name."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(members).where(
                    members.c.platform == platform, members.c.chat == chat, members.c.learner == learner
                )
            )

    async def standing(self, platform: str, chat: str, today: date) -> Standing:
        """Right answers given in that chat on the seven local days up to `today`.

        An answer has the date of the clock of who gave it, which may already be tomorrow's.
        """
        recent = and_(
            attempts.c.learner == members.c.learner,
            attempts.c.local_date > today - timedelta(days=DAYS),
            attempts.c.right,
        )
        here = and_(sheets.c.id == attempts.c.sheet, sheets.c.platform == platform, sheets.c.chat == chat)
        query = (
            select(members.c.learner, members.c.name, func.count(sheets.c.id).label("right"))
            .select_from(members.outerjoin(attempts, recent).outerjoin(sheets, here))
            .where(members.c.platform == platform, members.c.chat == chat)
            .group_by(members.c.learner, members.c.name)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return Standing(tuple(Member(row.learner, row.name, row.right) for row in rows))


def presentable(name: str) -> str:
    """A name that people gave themselves, fit to be read among others.

    Without what shows nothing or turns the line around (controls, zero-width and direction marks, lone surrogates),
    in one line of single spaces, with at most two marks on a letter, at most 64 characters long. Empty when nothing is
    left. Markup in it is left alone: that is for the renderers to escape.
    """
    spaced = " ".join("".join(_visible(unicodedata.normalize("NFC", name))).split())
    return spaced[:LONGEST_NAME].rstrip()


def _visible(name: str) -> Iterator[str]:
    marks = 0
    for letter in name:
        category = unicodedata.category(letter)
        marks = marks + 1 if category.startswith("M") else 0
        if letter.isspace() or letter in _BLANK_LETTERS:
            yield " "
        elif not category.startswith("C") and marks <= MARKS:
            yield letter
