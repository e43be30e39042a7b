"""Work in order within a chat and at the same time across chats."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import structlog

from bot.platforms.telegram.errors import trace_of

log = structlog.get_logger()
Item = TypeVar("Item")

LANE_ITEMS = 100
"""How much one chat may have waiting; what a flooding chat sends beyond that is dropped."""
ALL_ITEMS = 5000
"""How much may wait altogether before no more is taken in."""


@dataclass(slots=True)
class _Lane(Generic[Item]):
    items: deque[Item] = field(default_factory=deque)
    dropped: int = 0


class Lanes(Generic[Item]):
    """A queue and a worker for each key that has something to do, so that no key waits for another."""

    def __init__(self, work: Callable[[Item], Awaitable[None]]) -> None:
        self._work = work
        self._lanes: dict[Hashable, _Lane[Item]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._total = 0
        self._room = asyncio.Event()
        self._room.set()

    def put(self, key: Hashable, item: Item, *, always: bool = False) -> None:
        """Queue the item; where the key's lane is full it is dropped, unless it has to be kept always."""
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
            worker = asyncio.create_task(self._serve(key, lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        if len(lane.items) >= LANE_ITEMS and not always:
            lane.dropped += 1
            return
        lane.items.append(item)
        self._count(+1)

    async def room(self) -> None:
        """Wait until more may be taken in."""
        await self._room.wait()

    async def pass_on(self, seconds: float) -> None:
        """Wait until what was queued so far is worked off, but not longer than that."""
        if self._workers:
            await asyncio.wait(set(self._workers), timeout=seconds)

    async def drain(self, seconds: float) -> bool:
        """Finish what was begun; what takes longer than that is given up. True when all was finished."""
        if not self._workers:
            return True
        _, unfinished = await asyncio.wait(self._workers, timeout=seconds)
        for worker in unfinished:
            worker.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return not unfinished

    async def _serve(self, key: Hashable, lane: _Lane[Item]) -> None:
        try:
            while lane.items:
                item = lane.items.popleft()
                try:
                    await self._work(item)
                except Exception as error:
                    log.error("telegram.update_failed", **trace_of(error))
                finally:
                    self._count(-1)
        finally:
            del self._lanes[key]
            if lane.dropped:
                log.warning("telegram.flood_dropped", updates=lane.dropped)

    def _count(self, change: int) -> None:
        self._total += change
        if self._total >= ALL_ITEMS:
            self._room.clear()
        else:
            self._room.set()
