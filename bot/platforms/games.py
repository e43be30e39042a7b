"""How a platform lets its games run."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from core.chat.request import Platform
from core.chat.venue import Venue

Games: TypeAlias = Callable[[Platform, Venue, asyncio.Event], Awaitable[None]]
"""Directs the games of a platform's chats in its venue until told to stop."""
