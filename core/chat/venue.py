"""A platform as a quiz sees it: a place to show a letter, mend a message and close a poll."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.chat.letter import Letter
from core.delivery.schedules import Address
from core.document import Document


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter that is before its readers: since when, as the platform tells; its message; its poll, if it is one."""

    at: datetime
    message: str | None = None
    poll: str | None = None


class Venue(Protocol):
    """What each platform does for a game.

    Questions and answers to taps go before lobbies, scoreboards and dailies. A chat that has moved is followed.
    """

    async def show(self, address: Address, letter: Letter, seconds: int | None = None, nonce: str = "") -> Arrived:
        """Send a letter now; `seconds` is how long its poll is open, `nonce` names this very letter at every attempt.

        Raises `core.quiz.stage.NotShownError` when it may arrive later, `StageGoneError` when it never will.
        """

    async def mend(self, address: Address, message: str, document: Document) -> None:
        """Put a document in a message's place, as soon as the platform's limits allow; of several only the last one."""

    async def close(self, address: Address, message: str) -> None:
        """Close the poll in a message; one that is closed already is no fault."""
