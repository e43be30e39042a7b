"""The executor as a service of its own, behind a unix socket: what `kucha executor --listen SOCKET` runs."""

import asyncio
import contextlib
import socket
from pathlib import Path

import structlog
from pydantic import ValidationError

from core.executor import wire
from core.executor.model import Executor

log = structlog.get_logger(__name__)

_SOCKET_RIGHTS = 0o660
_REQUEST_SECONDS = 10.0


async def serve(executor: Executor, socket_path: Path) -> asyncio.Server:
    """Listens on the socket, in place of one that a killed service left; the caller closes server and executor."""
    connections = _Connections(executor)
    server = await asyncio.start_unix_server(connections.answer, sock=_listening(socket_path))
    log.info("executor.listening", pythons=[each.label for each in executor.pythons()])
    return server


def _listening(socket_path: Path) -> socket.socket:
    with contextlib.suppress(FileNotFoundError):
        socket_path.unlink()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(socket_path))
    socket_path.chmod(_SOCKET_RIGHTS)
    return listening


class _Connections:
    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            body = await asyncio.wait_for(wire.receive(reader, wire.LONGEST_REQUEST), _REQUEST_SECONDS)
            await self._run(wire.Request.model_validate_json(body), reader, writer)
        except (ValueError, ValidationError, asyncio.IncompleteReadError, TimeoutError, ConnectionError) as error:
            log.warning("executor.bad_request", kind=type(error).__name__)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _run(self, request: wire.Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pythons = tuple(self._executor.pythons())
        if request.snippet is None:
            await wire.send(writer, wire.Answer(pythons=pythons))
            return
        run = asyncio.ensure_future(self._executor.run(request.snippet))
        gone = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({run, gone}, return_when=asyncio.FIRST_COMPLETED)
        if run.done():
            gone.cancel()
            await wire.send(writer, wire.Answer(run=run.result(), pythons=pythons))
        else:
            run.cancel()
        await asyncio.gather(run, gone, return_exceptions=True)
