"""Lines from a pipe or a file, whatever bytes they are."""

import asyncio
import os
import threading

LONGEST_LINE = 1_000_000
"""Bytes of one line that are kept; the rest of a runaway line is read and dropped."""

CHUNK = 65_536


class PipedLines:
    """Lines of a file descriptor; bytes that are no UTF-8 are replaced, the last line needs no newline.

    A descriptor is read in daemon threads, because not every file can be polled and a blocked read must not keep the
    program from ending.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._read = bytearray()
        self._ended = False

    async def read(self, prompt: str) -> str:
        """The next line; EOFError when there are none. Nothing shows the prompt: nobody is looking."""
        while b"\n" not in self._read and not self._ended:
            chunk = await self._chunk()
            self._ended = not chunk
            self._read += _shortened(chunk, max(LONGEST_LINE - len(self._read), 0))
        if not self._read:
            raise EOFError
        line, _, rest = bytes(self._read).partition(b"\n")
        self._read = bytearray(rest)
        return line.decode("utf-8", "replace").rstrip("\r")

    async def _chunk(self) -> bytes:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bytes] = loop.create_future()

        def settle(chunk: bytes) -> None:
            if not arrived.done():
                arrived.set_result(chunk)

        def read() -> None:
            chunk = os.read(self._descriptor, CHUNK)
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, chunk)

        threading.Thread(target=read, daemon=True).start()
        return await arrived


def _shortened(chunk: bytes, kept: int) -> bytes:
    """A chunk whose unfinished line keeps only that many bytes; what follows its end stays whole."""
    end = chunk.find(b"\n")
    return chunk[:kept] if end < 0 else chunk[: min(kept, end)] + chunk[end:]
