"""Which Discord to talk to, and how patient to be with it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

API_PATH = "/api/v10"
LONGEST_WAIT = 60.0
"""Seconds of the longest pause within one attempt at something."""
LONGEST_BAN = 3600.0
"""Seconds of patience that are believed to be asked for."""
QUICKLY = (0.1, 0.3, 0.6)
"""Pauses in seconds between attempts to acknowledge: all of them together stay below Discord's three seconds."""
PATIENTLY = (0.5, 1.0, 2.0, 4.0)
"""Pauses in seconds between attempts to deliver an answer."""

BROKEN = (OSError, aiohttp.ClientError, TimeoutError)
"""How a connection that never stood, or was cut, shows itself; discord.py retries only a part of these."""

Sleep = Callable[[float], Awaitable[object]]
_T = TypeVar("_T")


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Talk to another server than Discord's own; must be called before a client exists.

    discord.py has no public switch for this. An API address without a path gets `/api/v10`.
    """
    if api_url:
        base = yarl.URL(api_url)
        Route.BASE = str(base.with_path(API_PATH) if base.path in ("", "/") else base).rstrip("/")
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def asked_to_wait(refusal: discord.HTTPException) -> float:
    """Seconds that a 429 asks for, an hour at most; 0 when it says nothing, as proxies do."""
    try:
        return min(LONGEST_BAN, float(refusal.response.headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0


async def persist(attempt: Callable[[], Awaitable[_T]], pauses: Sequence[float], sleep: Sleep = asyncio.sleep) -> _T:
    """Attempt until it works or the pauses are used up, after a cut connection or a 429 that discord.py gives up on.

    A 429 that asks for more than `LONGEST_WAIT` is raised at once: further requests would only lengthen the ban.
    A cut may come after the request arrived, so it may arrive twice: that is harmless for an edit, an acknowledgement,
    and a message with a nonce; a follow-up, which can carry none, is better said twice than never.
    """
    for pause in pauses:
        try:
            return await attempt()
        except BROKEN:
            await sleep(pause)
        except discord.HTTPException as refusal:
            if refusal.status != 429 or asked_to_wait(refusal) > LONGEST_WAIT:
                raise
            await sleep(max(asked_to_wait(refusal), pause))
    return await attempt()
