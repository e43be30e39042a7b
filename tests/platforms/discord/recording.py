"""A tutor that writes down what it was asked and answers what a test laid out for it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from core.chat.answer import Answer
from core.chat.catalogue import CATALOGUE, Catalogue
from core.chat.request import Person, Platform, Request
from core.chat.tutor import Suggestion
from core.document import Document, paragraph


class RecordingTutor:
    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer or Answer(Document((paragraph("Здравствуй"),)))
        self.requests: list[Request] = []
        self.queries: list[tuple[str, int]] = []
        self.moved: list[tuple[str, str]] = []
        self.reachable: list[tuple[str, bool]] = []
        self.silent = False
        self.breaks = False
        self.gate: asyncio.Event | None = None

    @property
    def catalogue(self) -> Catalogue:
        return CATALOGUE

    def description(self, message: str, language: str | None) -> str:
        return f"{message} ({language}) " + "x" * (150 if language == "ru" else 0)

    async def handle(self, request: Request) -> Answer | None:
        self.requests.append(request)
        if self.gate is not None:
            await self.gate.wait()
        if self.breaks:
            raise RuntimeError("the tutor broke")
        return None if self.silent else self.answer

    async def suggest(self, query: str, person: Person, limit: int) -> tuple[Suggestion, ...]:
        self.queries.append((query, limit))
        hits = (
            Suggestion(f"slug-{number}", f"{query} {number} " + "т" * 120, "summary", Document())
            for number in range(limit + 5)
        )
        return tuple(hits)

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        self.moved.append((old, new))

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        self.reachable.append((chat, reachable))

    async def poll_opened(self, posting: int, poll: str) -> None:
        """Discord has no polls with a right answer."""

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        return False


class RecordingStore:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.kept.get(key)

    async def set(self, key: str, value: str) -> None:
        self.kept[key] = value
