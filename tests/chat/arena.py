"""Where quizzes are played in tests: the real director leads them, what it shows is kept, conversations answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.wiring import Kucha
from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.chat.answer import Answer
from core.chat.letter import Letter
from core.chat.request import Person, Platform
from core.chat.venue import Arrived
from core.delivery.schedules import Address
from core.document import Document
from core.quiz.model import Game, Round
from core.storage.quiz_tables import answers, rounds
from tests.chat.conversation import Conversation
from tests.conftest import Clock

GROUP = "-500"
PYTHON = Python.named("3.14")


@dataclass(frozen=True)
class Sent:
    """Something that was shown."""

    address: Address
    letter: Letter
    seconds: int | None
    nonce: str
    message: str
    poll: str | None

    @property
    def text(self) -> str:
        return self.letter.document.plain()

    @property
    def tokens(self) -> list[str]:
        return [button.token for row in self.letter.document.buttons for button in row]


@dataclass
class Arena:
    """A venue that keeps everything; `has_polls` is whether its platform has polls of its own."""

    kucha: Kucha
    clock: Clock
    has_polls: bool = False
    sent: list[Sent] = field(default_factory=list)
    mended: dict[str, Document] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    _read: int = 0

    async def show(self, address: Address, letter: Letter, seconds: int | None = None, nonce: str = "") -> Arrived:
        message = str(len(self.sent) + 1)
        poll = f"poll{message}" if letter.poll and self.has_polls else None
        self.sent.append(Sent(address, letter, seconds, nonce, message, poll))
        return Arrived(self.clock(), message, poll)

    async def mend(self, address: Address, message: str, document: Document) -> None:
        self.mended[message] = document

    async def close(self, address: Address, message: str) -> None:
        self.closed.append(message)

    async def wait(self, news: asyncio.Event, seconds: float | None) -> None:
        """Wait by the test's clock."""
        end = self.clock() + timedelta(seconds=seconds) if seconds is not None else None
        while not news.is_set() and (end is None or self.clock() < end):  # noqa: ASYNC110  the clock tells nobody
            await asyncio.sleep(0.002)

    async def next(self) -> Sent:
        """What is shown next; its buttons can be pressed."""
        await self.until(lambda: len(self.sent) > self._read)
        self._read += 1
        return self.sent[self._read - 1]

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not is_so():  # noqa: ASYNC110  what is waited for happens in many places
                await asyncio.sleep(0.002)

    async def ended(self, sent: Sent) -> None:
        """Until the game of what was shown is over, and its place free."""
        async with asyncio.timeout(20):
            while not (await self.kucha.room.quizzes.game(self.game_of(sent))).ended_at:  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    async def reveal(self) -> Sent:
        """The reveal of a round in which everybody has answered: a round is closed a moment after."""
        async with asyncio.timeout(20):
            while len(self.sent) == self._read:
                self.clock.forward(seconds=0.01)
                await asyncio.sleep(0.005)
        return await self.next()

    async def question(self, seconds: float = 0) -> Sent:
        """The next question, once it takes answers; `seconds` pass before."""
        self.clock.forward(seconds=seconds)
        sent = await self.next()
        while not sent.seconds:
            sent = await self.next()
        game = self.game_of(sent)
        async with asyncio.timeout(20):
            while (await self.kucha.room.quizzes.game(game)).phase != "open":  # noqa: ASYNC110
                await asyncio.sleep(0.002)
        return sent

    def game_of(self, sent: Sent) -> int:
        return int(sent.nonce.removeprefix("quiz").partition(":")[0])

    async def round(self, sent: Sent) -> tuple[Game, Round, Question]:
        """The game as it stands, its round, and the question."""
        game = await self.kucha.room.quizzes.game(self.game_of(sent))
        round = await self.kucha.room.quizzes.round(game.id, game.round)
        question = self.kucha.room.study.question(round.question)
        assert question is not None
        return game, round, question

    async def answers(self, sent: Sent) -> list[Any]:
        """The answers that were kept of a game."""
        async with self.kucha.database.read() as connection:
            query = select(answers).where(answers.c.game == self.game_of(sent)).order_by(answers.c.round)
            return list(await connection.execute(query))

    async def put(self, game: int, number: int, kind: Kind) -> Question:
        """Let a round ask a written question of that kind instead of what chance drew."""
        bank = self.kucha.room.bank
        question = next(
            each for each in bank.questions.values() if each.truth.kind is kind and each.truth.asked_on(PYTHON)
        )
        async with self.kucha.database.write() as connection:
            await connection.execute(
                update(rounds)
                .where(rounds.c.game == game, rounds.c.number == number)
                .values(question=question.id, shown=list(question.keys()))
            )
        return question


@asynccontextmanager
async def playing(kucha: Kucha, clock: Clock, has_polls: bool = False) -> AsyncIterator[Arena]:
    """An arena with its director at work."""
    arena, stop = Arena(kucha, clock, has_polls), asyncio.Event()
    director = kucha.quiz_nights.director(Platform.TELEGRAM, arena, arena.wait)
    running = asyncio.create_task(director.run(stop))
    try:
        yield arena
    finally:
        stop.set()
        await running


def player(
    kucha: Kucha, person: str, name: str, language: str = "en", manages: bool = False, chat: str = GROUP
) -> Conversation:
    """Somebody in the group."""
    return Conversation(kucha, language, person, chat, private=False, name=name, manages=manages)


def looks_at(talk: Conversation, sent: Sent) -> None:
    """Let a conversation's next press be on that message."""
    talk.answer = Answer(sent.letter.document)


async def right_tap(arena: Arena, sent: Sent, is_right: bool = True) -> str:
    """The token of a button that is right, or wrong, for a question that one tap answers."""
    _, round, question = await arena.round(sent)
    right = question.right_keys(PYTHON)
    place = next(place for place, key in enumerate(round.shown) if (key in right) is is_right)
    return next(token for token in sent.tokens if token.rpartition(":")[2][1:] == str(place))


async def vote(arena: Arena, person: str, sent: Sent, place: int, at: Any = None) -> bool:
    """Answer a poll as the platform would tell of it."""
    assert sent.poll is not None
    return await arena.kucha.app.voted(Person(Platform.TELEGRAM, person, "en"), sent.poll, (place,), at)
