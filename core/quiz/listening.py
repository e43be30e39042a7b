"""Who hears of what happens to games, and of polls that are on their way."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.quiz.model import Round

POLL_PATIENCE = 3.0
"""Seconds for which an answer to an unknown poll is kept while a question is on its way: it may be that poll."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears of games, by their numbers: one was moved or its players changed, or some got answers."""

    changed: Callable[[int], None]
    answered: Callable[[set[int]], None]


class Listeners:
    """Everybody who listens."""

    def __init__(self) -> None:
        self._all: list[Listener] = []

    def add(self, listener: Listener) -> None:
        """Tell the listener of everything from now on."""
        self._all.append(listener)

    def remove(self, listener: Listener) -> None:
        """Tell it no more."""
        self._all.remove(listener)

    def changed(self, game: int) -> None:
        """A game was moved, or its players changed."""
        for listener in self._all:
            listener.changed(game)

    def answered(self, games: set[int]) -> None:
        """Games got answers."""
        for listener in self._all:
            listener.answered(games)


class Underway:
    """Questions on their way to chats: answers to their polls may be quicker than the news that they have arrived."""

    def __init__(self, patience: float = POLL_PATIENCE) -> None:
        self._patience = patience
        self._count = 0
        self._arrived = asyncio.Event()

    @contextmanager
    def one(self) -> Iterator[None]:
        """While a question is being sent, and until its poll is known."""
        self._count += 1
        try:
            yield
        finally:
            self._count -= 1
            self._arrived.set()
            self._arrived = asyncio.Event()

    async def find(self, look_up: Callable[[], Awaitable[Round | None]]) -> Round | None:
        """What the look-up finds, now or when one of the questions has arrived."""
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    arrived = self._arrived
                    found = await look_up()
                    if found is not None or not self._count:
                        return found or await look_up()
                    await arrived.wait()
        except TimeoutError:
            return None
