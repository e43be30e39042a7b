"""Work that many ask for at once, done together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Gathering(Generic[Task, Result]):
    """Gathers what is asked for while the last batch is being done, up to `most` at a time.

    `work` gives a result, or an exception to raise, for each of its tasks. A batch that breaks is done in halves, so
    that one bad task spoils nothing for the others.
    """

    def __init__(self, work: Callable[[Sequence[Task]], Awaitable[Sequence[Result | Exception]]], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: list[tuple[Task, asyncio.Future[Result]]] = []
        self._running: asyncio.Task[None] | None = None

    def put(self, task: Task) -> asyncio.Future[Result]:
        """Ask for something; what is returned is done when it is."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((task, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return future

    async def flush(self) -> None:
        """Wait until everything that was asked for so far is done."""
        waiting = [future for _, future in self._waiting]
        if self._running is not None and not waiting:
            await asyncio.shield(self._running)
        elif waiting:
            await asyncio.wait(waiting)

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._do(batch)
        finally:
            self._running = None

    async def _do(self, batch: Sequence[tuple[Task, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._work([task for task, _ in batch])
        except Exception as error:
            if len(batch) == 1:
                _settle(batch[0][1], error)
                return
            half = len(batch) // 2
            await self._do(batch[:half])
            await self._do(batch[half:])
            return
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result)


def _settle(future: asyncio.Future[Result], result: Result | Exception) -> None:
    """Hand a result over, unless whoever asked has gone."""
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
