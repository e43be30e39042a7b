"""The tutor on Discord: connects, reconnects, and stops without breaking off an answer."""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime

import discord
import structlog

from bot.platforms.discord.client import TutorClient
from bot.platforms.discord.connection import BROKEN, LONGEST_WAIT, asked_to_wait, point_at
from bot.platforms.discord.forms import Store
from bot.platforms.games import Games
from bot.wiring import utc_now
from core.chat.daily_letters import Rounds
from core.chat.tutor import Tutor

LAST_ANSWERS = 10.0
"""Seconds that answers already begun may take when the tutor stops."""
AUTHENTICATION_FAILED = 4004
EXPECTED = (*BROKEN, discord.HTTPException, discord.GatewayNotFound, discord.ConnectionClosed, AttributeError)
"""What needs no traceback in the log."""

log = structlog.get_logger()


class DiscordTokenRefused(Exception):
    """Discord does not accept the token: copy it again from the developer portal into DISCORD_TOKEN."""


class DiscordChat:
    """One bot account on Discord, or on the server that the two addresses name.

    discord.py gives up when logging in meets 500s or a 429 that no Discord server sent, and breaks with an
    AttributeError when the first connection to the gateway is refused; so whatever ends a client, the next one is
    tried. `wait` gives the seconds before the n-th attempt in a row, from 1.
    """

    def __init__(
        self,
        token: str,
        tutor: Tutor,
        store: Store,
        *,
        api_url: str | None = None,
        gateway_url: str | None = None,
        rounds: Rounds | None = None,
        games: Games | None = None,
        wait: Callable[[int], float] | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._token = token
        self._tutor = tutor
        self._store = store
        self._rounds = rounds
        self._games = games
        self._now = now
        self._wait = wait or growing_wait
        point_at(api_url, gateway_url)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what was begun.

        Raises DiscordTokenRefused, because no new attempt could succeed.
        """
        attempts = 0
        while not stop.is_set():
            client = TutorClient(self._tutor, self._store, self._rounds, self._games, self._now)
            fault = await self._serve(client, stop)
            if stop.is_set():
                return
            if _token_refused(fault):
                raise DiscordTokenRefused(DiscordTokenRefused.__doc__) from fault
            attempts = 1 if client.was_ready else attempts + 1
            pause = self._wait(attempts)
            if isinstance(fault, discord.HTTPException):
                pause = max(pause, min(asked_to_wait(fault), LONGEST_WAIT))
            log.warning(
                "discord.unreachable",
                reason=type(fault).__name__ if fault else "closed",
                attempt=attempts,
                retry_in=round(pause, 1),
                exc_info=None if isinstance(fault, EXPECTED) else fault,
            )
            await _wait_for(stop, pause)

    async def _serve(self, client: TutorClient, stop: asyncio.Event) -> Exception | None:
        """Stay connected until stopped or until something breaks that discord.py does not mend; says what."""
        async with client:
            serving = asyncio.create_task(client.start(self._token))
            stopping = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
                await client.finish(LAST_ANSWERS)
            finally:
                serving.cancel()
                stopping.cancel()
                ended, _ = await asyncio.gather(serving, stopping, return_exceptions=True)
        return ended if isinstance(ended, Exception) else None


def growing_wait(attempt: int) -> float:
    """One second, then about twice as long each time up to a minute, spread so that replicas do not march in step."""
    return min(LONGEST_WAIT, 2.0 ** (attempt - 1)) * random.uniform(0.75, 1.25)


def _token_refused(fault: Exception | None) -> bool:
    closed = isinstance(fault, discord.ConnectionClosed) and fault.code == AUTHENTICATION_FAILED
    return closed or isinstance(fault, discord.LoginFailure)


async def _wait_for(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
