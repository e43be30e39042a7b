"""Where a quiz is played, as the director sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.quiz.model import Final, Game, Notice, Player, Put, Reveal


@dataclass(frozen=True, slots=True)
class Shown:
    """A question that has arrived: when the platform says it did, its message, and its poll if it is one."""

    at: datetime
    message: str | None = None
    poll: str | None = None


class NotShownError(Exception):
    """A question could not be shown now; `pause` is the patience the platform asks for, if it does."""

    def __init__(self, pause: timedelta | None = None) -> None:
        super().__init__(pause)
        self.pause = pause


class StageGoneError(Exception):
    """The chat is gone, the topic closed, or the tutor may not write there any more: the game ends silently."""


class Stage(Protocol):
    """Shows a game in its chat.

    Only `ask` and `open_lobby` raise NotShownError and StageGoneError; the other methods do what they can, since a game
    does not wait for a scoreboard. All of them may be called again after a crash.
    """

    async def open_lobby(self, game: Game, players: tuple[Player, ...]) -> str | None:
        """Show the lobby; its message."""

    async def refresh_lobby(self, game: Game, players: tuple[Player, ...]) -> None:
        """Show who has joined. Called often: what is outdated before it is sent may be left out."""

    async def ask(self, put: Put) -> Shown:
        """Show a round's question."""

    async def refresh_round(self, put: Put, answered: int, players: int) -> None:
        """Show how many have answered. May be left out."""

    async def reveal(self, reveal: Reveal) -> None:
        """Close the round's message or poll, and show the answer and the standing."""

    async def finish(self, final: Final) -> None:
        """Show the podium."""

    async def say(self, game: Game, notice: Notice) -> None:
        """Tell the chat something."""
