"""What a platform may ask of the tutor: the whole surface between `bot` and `core`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.chat.answer import Answer
from core.chat.catalogue import Catalogue
from core.chat.request import Person, Platform, Request
from core.document import Document


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A look-up's hit, ready to be offered: its slug, its title, its short answer, and the card to send when chosen."""

    slug: str
    title: str
    summary: str
    card: Document


class Tutor(Protocol):
    """The tutor as platforms see it. No method raises for anything a person can send."""

    @property
    def catalogue(self) -> Catalogue:
        """The commands."""

    def description(self, message: str, language: str | None) -> str:
        """The interface text of that Fluent id, for command menus and forms."""

    async def handle(self, request: Request) -> Answer | None:
        """Answer a request; None where silence is right (chatter in a group, a person being paced)."""

    async def suggest(self, query: str, person: Person, limit: int) -> tuple[Suggestion, ...]:
        """The best hits of a look-up, best first: for inline mode and autocompletion."""

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        """A chat got another id (a group became a supergroup): everything kept under the old id follows it."""

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        """The tutor was blocked in, removed from, or let back into a chat."""

    async def poll_opened(self, posting: int, poll: str) -> None:
        """A platform's poll, named by its own id, stands for a posting from now on."""

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        """A person picked options of a poll, by their places; False where nothing is known behind the poll.

        `at` is when the vote arrived, before anything made it wait.
        """
