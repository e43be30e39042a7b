"""What a game shows beside its rounds, and may leave out."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


class Aside:
    """Shows what may be left out, so that no game waits for it: one thing at a time, and of several the last one."""

    def __init__(self) -> None:
        self._next: Callable[[], Awaitable[None]] | None = None
        self._task: asyncio.Task[None] | None = None

    def show(self, call: Callable[[], Awaitable[None]]) -> None:
        """Show it as soon as what is being shown stands there."""
        self._next = call
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._next is not None:
            call, self._next = self._next, None
            try:
                await call()
            except Exception as error:
                log.warning("quiz.not_refreshed", error=type(error).__name__)

    async def end(self) -> None:
        """Show nothing more."""
        self._next = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
