"""A table for quizzes: the real bank, a real SQLite file, players, and a clock that a test moves."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from core.bank.generators.supply import Supply
from core.bank.model import Bank
from core.bank.wording import Language
from core.delivery.schedules import Address
from core.quiz.listening import Underway
from core.quiz.model import Game, Receipt, Round, Rules
from core.quiz.quizzes import Quizzes
from core.quiz.room import Pace
from core.storage.database import Database, open_database
from core.storage.quiz_tables import answers, players
from core.storage.tables import learners
from core.study.asking import Study
from core.study.difficulty_store import Difficulties
from core.study.learner import Learner
from core.study.selection import Shelf
from core.study.store import StudyStore

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CHAT = Address("telegram", "-100", "")


@dataclass
class Clock:
    """Time that moves when the test says so."""

    moment: datetime = EVENING

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def learner(number: int) -> Learner:
    return Learner(number, Language.EN, 1, "UTC", "3.14")


@dataclass
class Table:
    """Quizzes on a database; `again` is another process on the same one."""

    database: Database
    bank: Bank
    clock: Clock = field(default_factory=Clock)
    supply: Supply = field(default_factory=Supply)
    pace: dict[str, Pace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.bank, self.supply)
        self.quizzes = self.again()

    def again(self, database: Database | None = None) -> Quizzes:
        on = database or self.database
        difficulties, random = Difficulties(on), Random(7)
        study = Study(self.bank, StudyStore(on), self.clock, random, self.supply, difficulties)
        return Quizzes(study, self.shelf, on, difficulties, self.clock, random, Underway(0.2), self.pace)

    async def seat(self, last: int, first: int = 1) -> None:
        """Make learners known under these numbers."""
        row = {"language": "en", "level": 1, "zone": "UTC", "python": "3.14", "met_at": EVENING}
        async with self.database.write() as connection:
            await connection.execute(insert(learners), [{"id": number, **row} for number in range(first, last + 1)])

    async def game(self, people: int = 3, chat: str = "-100", rules: Rules | None = None, topic: str = "") -> Game:
        """A lobby with so many people in it; the first is the host."""
        address = Address("telegram", chat, topic)
        game = await self.quizzes.open(address, learner(1), "Player 1", rules or Rules(rounds=3), "en")
        for number in range(2, people + 1):
            await self.quizzes.join(game.id, learner(number), f"Player {number}")
        return game

    def right(self, game: Game, round: Round) -> tuple[int, ...] | str:
        """What is right, as somebody would tap or type it."""
        question = self.shelf.question(round.question)
        assert question is not None
        python = learner(1).target
        typed = question.truth.answer(python)
        return typed if typed is not None else tuple(round.shown.index(key) for key in question.right_keys(python))

    def wrong(self, game: Game, round: Round) -> tuple[int, ...] | str:
        """What is wrong."""
        right = self.right(game, round)
        if isinstance(right, str):
            return "surely not this"
        question = self.shelf.question(round.question)
        assert question is not None
        if question.truth.kind == "order":
            return right[::-1]
        return (next(place for place in range(len(round.shown)) if (place,) != right),)

    async def answer(self, game: Game, number: int, is_right: bool = True, after: float = 0.0) -> Receipt:
        """Somebody's answer to the round that runs, so many seconds from now on; `quizzes` is who takes it."""
        game = await self.quizzes.game(game.id)
        round = await self.quizzes.round(game.id, game.round)
        said = self.right(game, round) if is_right else self.wrong(game, round)
        at = self.clock() + timedelta(seconds=after)
        return await self.quizzes.answer(game.id, game.round, learner(number), said, at)

    async def rows(self, table: Any, **where: Any) -> list[dict[str, Any]]:
        """Rows as they stand in the database."""
        async with self.database.read() as connection:
            found = await connection.execute(select(table).filter_by(**where).order_by(*table.primary_key))
            return [dict(row._mapping) for row in found]

    async def scores(self, game: int) -> dict[int, int]:
        return {row["learner"]: row["score"] for row in await self.rows(players, game=game)}

    async def answers(self, game: int) -> list[dict[str, Any]]:
        return await self.rows(answers, game=game)


def open_table(folder: Path, migrated: Path, bank: Bank) -> Table:
    """A table on a copy of the empty database."""
    shutil.copy(migrated, folder)
    return Table(open_database(f"sqlite+aiosqlite:///{folder / migrated.name}"), bank)
