"""A stage that keeps what was shown, time that a test moves, and a process that can be killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from core.quiz.director import Director
from core.quiz.leases import LEASE
from core.quiz.model import Final, Game, Notice, Player, Put, Reveal
from core.quiz.quizzes import Quizzes
from core.quiz.stage import Shown
from core.storage.database import Database, open_database
from tests.quiz.play import Clock, Table


@dataclass
class Time(Clock):
    """A clock by which one can wait: a wait ends when the test has moved it far enough."""

    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def forward(self, **span: float) -> None:
        super().forward(**span)
        self.moved.set()
        self.moved = asyncio.Event()

    async def wait(self, news: asyncio.Event, seconds: float | None) -> None:
        end = self.moment + timedelta(seconds=seconds) if seconds is not None else None
        while not news.is_set() and (end is None or self.moment < end):
            both = [asyncio.ensure_future(event.wait()) for event in (news, self.moved)]
            try:
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for waiting in both:
                    waiting.cancel()


@dataclass
class Board:
    """What all processes together have shown: the name of the call, and what it was given."""

    clock: Clock
    shown: list[tuple[str, Any]] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    stuck: str = ""

    async def put(self, call: str, what: Any) -> None:
        self.shown.append((call, what))
        async with self.news:
            self.news.notify_all()
        if faults := self.faults.get(call):
            raise faults.pop(0)
        if call == self.stuck:
            await asyncio.Event().wait()

    async def has(self, call: str, count: int = 1) -> Any:
        """Wait until a call was made so often; what it was given."""
        async with asyncio.timeout(60), self.news:
            await self.news.wait_for(lambda: len(self.of(call)) >= count)
        return self.of(call)[count - 1]

    def of(self, call: str) -> list[Any]:
        return [what for name, what in self.shown if name == call]

    @property
    def calls(self) -> list[str]:
        """The calls in their order, without those that may be left out."""
        return [name for name, _ in self.shown if not name.startswith("refresh")]


@dataclass
class Stage:
    """A stage that shows on the board, and asks under a new message each time."""

    board: Board

    async def open_lobby(self, game: Game, players: tuple[Player, ...]) -> str | None:
        await self.board.put("lobby", game)
        return "lobby"

    async def refresh_lobby(self, game: Game, players: tuple[Player, ...]) -> None:
        await self.board.put("refresh lobby", players)

    async def ask(self, put: Put) -> Shown:
        await self.board.put("ask", put)
        number = len(self.board.of("ask"))
        return Shown(self.board.clock(), f"m{number}", f"p{number}")

    async def refresh_round(self, put: Put, answered: int, players: int) -> None:
        await self.board.put("refresh round", (answered, players))

    async def reveal(self, reveal: Reveal) -> None:
        await self.board.put("reveal", reveal)

    async def finish(self, final: Final) -> None:
        await self.board.put("finish", final)

    async def say(self, game: Game, notice: Notice) -> None:
        await self.board.put(notice.value, game)


class MortalDatabase(Database):
    """Writes nothing any more after a kill."""

    dead = False

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        if self.dead:
            raise ConnectionError("killed")
        async with super().write() as connection:
            yield connection


class Process:
    """One process that leads games; its quizzes are the ones a test should use while it lives."""

    def __init__(self, table: Table, board: Board, worker: str, time: Time, lease: timedelta = LEASE) -> None:
        opened = open_database(table.database.engine.url.render_as_string(hide_password=False))
        self.database = MortalDatabase(opened.engine)
        self.quizzes: Quizzes = table.again(self.database)
        self.director = Director("telegram", self.quizzes, Stage(board), time, worker, lease=lease, wait=time.wait)
        self._stop = asyncio.Event()
        before = asyncio.all_tasks()
        self._task = asyncio.create_task(self.director.run(self._stop))
        self._before = before

    async def stop(self) -> None:
        """Let it end in good order."""
        self._stop.set()
        await self._task
        await self.database.close()

    async def kill(self) -> None:
        """End it wherever it is: nothing more is written, nothing said."""
        self.database.dead = True
        mine = {self._task, *self.director._tasks.values()}
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)
        await self.database.close()
