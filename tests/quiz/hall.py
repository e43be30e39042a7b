"""Where games are led in tests: a table with time, a board, and processes that come and go."""

import asyncio
from datetime import timedelta

from core.quiz.leases import LEASE
from core.quiz.model import Game, Phase, Reveal, Rules
from core.quiz.rules import LOBBY
from tests.quiz.play import CHAT, Table
from tests.quiz.stage import Board, Process, Time

ROUND = timedelta(seconds=21)
"""A round and the moment in which late answers arrive."""
TWO = Rules(rounds=2)


class Hall:
    """A table with time, a board, and processes that lead its games."""

    def __init__(self, table: Table) -> None:
        self.time = Time()
        table.clock = self.time
        table.quizzes = table.again()
        self.table = table
        self.board = Board(self.time)
        self.processes: list[Process] = []

    def begin(self, worker: str = "one", lease: timedelta = LEASE) -> Process:
        """A process that leads games; people's wishes go to it from now on."""
        process = Process(self.table, self.board, worker, self.time, lease)
        self.table.quizzes = process.quizzes
        self.processes.append(process)
        return process

    async def restart(self, worker: str = "two") -> Process:
        """Kill the process wherever it is; another one finds its games when the leases are over."""
        await self.processes[-1].kill()
        self.board.stuck = ""
        self.pass_(LEASE)
        return self.begin(worker)

    async def open(self, rules: Rules = TWO, people: int = 3, chat: str = CHAT.chat) -> Game:
        return await self.table.game(people, chat, rules)

    def pass_(self, span: timedelta) -> None:
        self.time.forward(seconds=span.total_seconds())

    async def is_in(self, game: Game, phase: Phase) -> Game:
        """The game, once it is in a phase."""
        for _ in range(10_000):
            current = await self.table.quizzes.game(game.id)
            if current.phase is phase:
                return current
            await asyncio.sleep(0.005)
        raise AssertionError(current.phase)

    async def opened(self, number: int = 1, rules: Rules = TWO) -> Game:
        """A game whose round takes answers."""
        game = await self.open(rules)
        await self.board.has("lobby")
        self.pass_(LOBBY)
        await self.board.has("ask", number)
        return await self.is_in(game, Phase.OPEN)

    async def revealed(self, number: int) -> Reveal:
        """What is told of a round once its time is up."""
        self.pass_(ROUND)
        reveal = await self.board.has("reveal", number)
        assert isinstance(reveal, Reveal)
        return reveal

    async def played_to_the_end(self, game: Game) -> Game:
        """The game after its end, with time passing as fast as things happen."""
        async with asyncio.timeout(60):
            while (current := await self.table.quizzes.game(game.id)).ended_at is None:
                self.pass_(timedelta(seconds=1))
                await asyncio.sleep(0.005)
        return current
