"""Edits that may wait: a lobby's list of players, a count of answers."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from core.document import Document

log = structlog.get_logger()

Edit = Callable[[str, str, Document], Awaitable[float | None]]
"""Puts a document in the place of a chat's message; the seconds after which to try again, None when it is done with."""


class Mending:
    """Edits messages one after the other in a chat, each when it has its `turn` there.

    Of several edits of a message only the last is made.
    """

    def __init__(
        self,
        edit: Edit,
        turn: Callable[[str], Awaitable[None]],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._edit = edit
        self._turn = turn
        self._sleep = sleep
        self._waiting: dict[str, dict[str, Document]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def put(self, chat: str, message: str, document: Document) -> None:
        """Let the message show the document, as soon as there is room for the edit."""
        if chat not in self._waiting:
            self._waiting[chat] = {}
            worker = asyncio.create_task(self._serve(chat))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        self._waiting[chat][message] = document

    async def drain(self, seconds: float) -> None:
        """Make the edits that wait; what takes longer than that is given up."""
        if not self._workers:
            return
        _, unfinished = await asyncio.wait(self._workers, timeout=seconds)
        for worker in unfinished:
            worker.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    async def _serve(self, chat: str) -> None:
        waiting = self._waiting[chat]
        try:
            while waiting:
                await self._turn(chat)
                message = next(iter(waiting))
                document = waiting.pop(message)
                pause = await self._edit(chat, message, document)
                if pause is not None:
                    waiting.setdefault(message, document)
                    await self._sleep(pause)
        except Exception as error:
            log.error("mending_failed", error=type(error).__name__)
        finally:
            del self._waiting[chat]
