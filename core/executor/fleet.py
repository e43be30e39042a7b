"""The slots of one interpreter: started when first wanted, renewed after every run, replaced when they die."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog

from core.executor.cgroup import Hierarchy
from core.executor.limits import Limits
from core.executor.model import Interpreter
from core.executor.slot import NoWall, Slot

log = structlog.get_logger(__name__)

_NEXT_TRY_SECONDS = 5.0


class Fleet:
    """Hands out ready slots. `broken` is the reason while not one slot is up or could be started."""

    def __init__(
        self,
        interpreter: Interpreter,
        size: int,
        first_number: int,
        limits: Limits,
        hierarchy: Hierarchy | None,
        packages: Path | None,
        changed: Callable[[], None],
    ) -> None:
        self.interpreter = interpreter
        self.broken: str | None = None
        self._slots = [Slot(interpreter, first_number + number, limits, hierarchy, packages) for number in range(size)]
        self._down = set(self._slots)
        self._ready: deque[Slot] = deque()
        self._changed = changed
        self._work: set[asyncio.Task[None]] = set()
        self._wanted: deque[asyncio.Future[Slot]] = deque()
        self._next_try = 0.0
        self._closing = False

    def wake(self) -> None:
        """Starts the slots that are down: all on first use, later those that could not be started some seconds ago."""
        now = asyncio.get_running_loop().time()
        if not self._down or now < self._next_try:
            return
        self._next_try = now + _NEXT_TRY_SECONDS
        self.broken = None
        down, self._down = self._down, set()
        for slot in down:
            self._in_background(self._bring_up(slot, slot.start))

    def process_ids(self) -> tuple[int, ...]:
        return tuple(slot.process_id for slot in self._slots if slot.process_id is not None)

    def has_ready(self) -> bool:
        while self._ready and not self._ready[0].is_ready():
            self.give_back(self._ready.popleft())
        return bool(self._ready)

    def take(self) -> Slot:
        return self._ready.popleft()

    async def next_ready(self) -> Slot:
        """The next slot to become ready, before anybody else's turn; raises NoWall when there is none to come."""
        if self.has_ready():
            return self.take()
        if self._closing:
            raise NoWall("closing")
        wanted: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        self._wanted.append(wanted)
        try:
            return await wanted
        except asyncio.CancelledError:
            if wanted.done() and not wanted.cancelled():
                self.give_back(wanted.result())
            raise

    def give_back(self, slot: Slot) -> None:
        """A used or dead slot comes back and is renewed in the background."""
        self._in_background(self._bring_up(slot, slot.renew))

    async def _bring_up(self, slot: Slot, how: Callable[[], Awaitable[None]]) -> None:
        try:
            await how()
        except NoWall as error:
            self._lost(slot, str(error))
            return
        self.broken = None
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                wanted.set_result(slot)
                return
        self._ready.append(slot)
        self._changed()

    def _lost(self, slot: Slot, reason: str) -> None:
        log.error("executor.no_wall", python=self.interpreter.label, reason=reason)
        self._down.add(slot)
        if len(self._down) == len(self._slots):
            self.broken = reason
            self._refuse_wanted(reason)
        self._changed()

    def _refuse_wanted(self, reason: str) -> None:
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                wanted.set_exception(NoWall(reason))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        if self._closing:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def close(self) -> None:
        self._closing = True
        self._refuse_wanted("closing")
        for task in list(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await asyncio.gather(*(slot.close() for slot in self._slots))
