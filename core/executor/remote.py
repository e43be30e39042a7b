"""The executor of another process, reached through its unix socket."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from core.executor import wire
from core.executor.model import Interpreter, Outcome, Run, Snippet


class RemoteExecutor:
    """Asks a service for every run; where it cannot be reached, runs are unavailable and say so."""

    def __init__(self, socket_path: Path) -> None:
        self._socket_path = socket_path
        self._pythons: tuple[Interpreter, ...] = ()

    async def refresh(self) -> bool:
        """Learns which interpreters the service has; False where it does not answer."""
        return await self._ask(wire.Request()) is not None

    def pythons(self) -> Sequence[Interpreter]:
        """What the service said last; empty until it has answered once."""
        return self._pythons

    async def run(self, snippet: Snippet) -> Run:
        answer = await self._ask(wire.Request(snippet=snippet))
        if answer is None or answer.run is None:
            return Run(outcome=Outcome.unavailable, reason="executor_unreachable", python=snippet.python or "")
        return answer.run

    async def _ask(self, request: wire.Request) -> wire.Answer | None:
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket_path)
        except OSError:
            return None
        try:
            await wire.send(writer, request)
            answer = wire.Answer.model_validate_json(await wire.receive(reader, wire.LONGEST_ANSWER))
        except (ValueError, ValidationError, asyncio.IncompleteReadError, OSError):
            return None
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
        self._pythons = answer.pythons
        return answer

    async def close(self) -> None:
        """Nothing to do: a connection lives as long as a run."""
