"""Whose turn it is: one run a learner, turns between chats, a queue that has an end."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class QueueFull(Exception):
    """Too many are waiting; `place` is the place that one more would have had."""

    def __init__(self, place: int) -> None:
        super().__init__(f"place {place}")
        self.place = place


class Turns(Generic[T]):
    """Tickets wait a chat at a time: the chat that was served goes behind the others.

    A ticket without learner or chat keeps its own turn.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._waiting: OrderedDict[object, deque[tuple[str, T]]] = OrderedDict()
        self._running: dict[int, str] = {}

    def __len__(self) -> int:
        return sum(len(tickets) for tickets in self._waiting.values())

    def enter(self, ticket: T, learner: str, chat: str) -> None:
        """Raises QueueFull with the place in the queue when `capacity` tickets wait already."""
        if len(self) >= self._capacity:
            raise QueueFull(len(self) + 1)
        self._waiting.setdefault(chat or id(ticket), deque()).append((learner, ticket))

    def take(self, servable: Callable[[T], bool]) -> T | None:
        """The next ticket that can be served and whose learner has nothing running; it counts as running from here."""
        busy = set(self._running.values())
        for chat, tickets in self._waiting.items():
            for learner, ticket in tickets:
                if (learner and learner in busy) or not servable(ticket):
                    continue
                tickets.remove((learner, ticket))
                self._waiting.move_to_end(chat)
                if not tickets:
                    del self._waiting[chat]
                if learner:
                    self._running[id(ticket)] = learner
                return ticket
        return None

    def leave(self, ticket: T) -> None:
        """The ticket's run is over, or its owner does not wait any more."""
        self._running.pop(id(ticket), None)
        for chat, tickets in list(self._waiting.items()):
            kept = deque(each for each in tickets if each[1] is not ticket)
            if not kept:
                del self._waiting[chat]
            elif len(kept) < len(tickets):
                self._waiting[chat] = kept

    def waiting(self) -> list[T]:
        return [ticket for tickets in self._waiting.values() for _, ticket in tickets]
