"""Just enough HTTP over the loopback to be no bottleneck, for servers in processes of their own."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

Answering = Callable[[str, bytes], Awaitable[tuple[int, str]]]
"""What answers a request's path and body: with a status and JSON."""


class _Connection(asyncio.Protocol):
    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, rest = self._received[:end], self._received[end + 4 :]
            length = _length(head)
            if len(rest) < length:
                return
            self._received = rest[length:]
            task = asyncio.create_task(self._answer(head.split(b" ", 2)[1].decode(), rest[:length]))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def connection_lost(self, error: Exception | None) -> None:
        for task in self._tasks:
            task.cancel()

    async def _answer(self, path: str, body: bytes) -> None:
        status, words = await self._answering(path, body)
        content = words.encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        assert self._transport is not None
        self._transport.write(head.encode() + content)


def _length(head: bytes) -> int:
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return int(lengths[0]) if lengths else 0


def serve(server: Callable[[int], Answering]) -> None:
    """Print a port and answer there until killed; the command line's number, or 0, is given to the server."""
    asyncio.run(_serve(server(int(sys.argv[1]) if len(sys.argv) > 1 else 0)))


async def _serve(answering: Answering) -> None:
    serving = await asyncio.get_running_loop().create_server(lambda: _Connection(answering), "127.0.0.1", 0)
    print(serving.sockets[0].getsockname()[1], flush=True)
    await serving.serve_forever()
