"""A tutor that remembers what it was told and answers as a test wants."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.chat.answer import Answer
from core.chat.catalogue import CATALOGUE, Catalogue
from core.chat.request import Command, Person, Platform, Press, Request, Words
from core.chat.tutor import Suggestion
from core.document import Document, Mono, paragraph


def words_of(request: Request) -> str:
    """What was said, in one line."""
    match request.said:
        case Command(name, arguments):
            return f"/{name} {arguments}".strip()
        case Press(token):
            return f"[{token}]"
        case Words(text):
            return text


async def echo(request: Request) -> Answer | None:
    """Repeat what was said."""
    return Answer(Document((paragraph("heard: ", Mono(words_of(request))),)))


@dataclass
class RecordingTutor:
    """A Tutor whose answers come from `answer`."""

    answer: Callable[[Request], Awaitable[Answer | None]] = echo
    requests: list[Request] = field(default_factory=list)
    moves: list[tuple[str, str]] = field(default_factory=list)
    reachable: list[tuple[str, bool]] = field(default_factory=list)
    suggestions: tuple[Suggestion, ...] = ()
    queries: list[str] = field(default_factory=list)
    polls: dict[str, int] = field(default_factory=dict)
    votes: list[tuple[str, str, tuple[int, ...]]] = field(default_factory=list)
    moments: list[datetime | None] = field(default_factory=list)
    wording: str = "about"
    catalogue: Catalogue = CATALOGUE

    def description(self, message: str, language: str | None) -> str:
        return f"{self.wording} {message} ({language})"

    async def handle(self, request: Request) -> Answer | None:
        self.requests.append(request)
        return await self.answer(request)

    async def suggest(self, query: str, person: Person, limit: int) -> tuple[Suggestion, ...]:
        self.queries.append(query)
        return self.suggestions[:limit]

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        self.moves.append((old, new))

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        self.reachable.append((chat, reachable))

    async def poll_opened(self, posting: int, poll: str) -> None:
        self.polls[poll] = posting

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        self.votes.append((person.id, poll, tuple(places)))
        self.moments.append(at)
        return poll in self.polls


@dataclass
class MemoryStore:
    """A MenuStore that lives as long as the test."""

    kept: dict[str, str] = field(default_factory=dict)

    async def get(self, key: str) -> str | None:
        return self.kept.get(key)

    async def set(self, key: str, value: str) -> None:
        self.kept[key] = value
