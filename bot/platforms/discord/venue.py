"""Where quizzes are played on Discord."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import uuid4

import discord
import structlog

from bot.platforms.discord.connection import asked_to_wait
from bot.platforms.discord.sender import REFUSALS, Delivery, Sender, undelivered
from bot.platforms.mending import Mending
from core.chat.letter import Letter
from core.chat.venue import Arrived
from core.delivery.schedules import Address
from core.document import Document
from core.quiz.stage import NotShownError, StageGoneError

log = structlog.get_logger()

BETWEEN_EDITS = 1.5
"""Seconds from one edit in a channel to the next: Discord allows five in five seconds, answers of players included."""
NONCE = 22
"""The longest name of a letter, in characters."""
AGAIN = 5.0
"""Seconds until an edit that met a broken line is tried again."""


class DiscordVenue:
    """Shows games as messages with buttons; a message's id says when it arrived, to the millisecond."""

    def __init__(
        self,
        client: discord.Client,
        sender: Sender,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._sender = sender
        self._now = now
        self._sleep = sleep
        self._mending = Mending(self._edit, self._room, sleep)

    async def show(self, address: Address, letter: Letter, seconds: int | None = None, nonce: str = "") -> Arrived:
        """Send a letter; of several attempts with a nonce Discord shows one. Native polls have
        no right answer, so a poll is shown as its document. Raises NotShownError, StageGoneError."""
        channel = self._client.get_partial_messageable(int(address.chat))
        try:
            sent = await self._sender.say(channel, letter.document, _short(nonce or uuid4().hex))
        except REFUSALS as refusal:
            raise _meant(refusal) from refusal
        return Arrived(self._at(sent), sent)

    async def mend(self, address: Address, message: str, document: Document) -> None:
        """Let a message show a document as soon as the channel has room for an edit."""
        self._mending.put(address.chat, message, document)

    async def close(self, address: Address, message: str) -> None:
        """There are no polls to close."""

    async def drain(self, seconds: float) -> None:
        """Make the edits that wait; what takes longer than that is given up."""
        await self._mending.drain(seconds)

    def _at(self, message: str | None) -> datetime:
        return discord.utils.snowflake_time(int(message)) if message else self._now()

    async def _room(self, chat: str) -> None:
        await self._sleep(BETWEEN_EDITS)

    async def _edit(self, chat: str, message: str, document: Document) -> float | None:
        channel = self._client.get_partial_messageable(int(chat))
        try:
            await self._sender.mend(channel.get_partial_message(int(message)), document)
        except REFUSALS as refusal:
            if undelivered(refusal) is Delivery.BROKEN:
                return max(AGAIN, _asked_for(refusal))
        return None


def _short(nonce: str) -> str:
    """The name of a letter within the 25 characters that Discord takes, the number of its message included."""
    return nonce if len(nonce) <= NONCE else hashlib.sha256(nonce.encode()).hexdigest()[:NONCE]


def _meant(refusal: Exception) -> Exception:
    """What a refusal means for a game."""
    if undelivered(refusal) in (Delivery.CLOSED, Delivery.FORBIDDEN):
        return StageGoneError()
    seconds = _asked_for(refusal)
    return NotShownError(timedelta(seconds=seconds) if seconds else None)


def _asked_for(refusal: Exception) -> float:
    return asked_to_wait(refusal) if isinstance(refusal, discord.HTTPException) else 0.0
