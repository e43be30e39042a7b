"""A box that waits behind the wall for its one task, seen from outside."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from core.executor.limits import Limits
from core.executor.model import Stream
from core.executor.transcript import Transcript

_STATUS_BYTES = 4
_READ = 65536
_END_SECONDS = 2.0


class SpareLost(Exception):
    """The box or its zygote died without the program having anything to do with it."""


class NeverStarted(SpareLost):
    """The box was gone before it took its task, so that trying again costs nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a task left. The exit status is PID 1's word, negative for a signal, None where PID 1 was killed."""

    exit_status: int | None
    timed_out: bool
    transcript: Transcript
    frame: bytes | None
    milliseconds: float


@dataclass(slots=True)
class _Progress:
    transcript: Transcript
    over: asyncio.Future[None]
    frame: bytearray = field(default_factory=bytearray)
    taken: bool = True
    exit_status: int | None = None
    timed_out: bool = False


class Spare:
    """Owns the near ends of a box: PID 1's socket, the program's socket and two pipes. Used once, then closed."""

    def __init__(self, loop: asyncio.AbstractEventLoop, limits: Limits) -> None:
        self._loop = loop
        self._limits = limits
        self._watch, far_watch = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._task, far_task = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._out, far_out = os.pipe()
        self._err, far_err = os.pipe()
        self._first: int | None = None
        self.folder: int | None = None
        """A descriptor of the run's only writable file system."""
        self.far_ends: tuple[int, ...] = (far_watch.detach(), far_task.detach(), far_out, far_err)
        for descriptor in (self._watch.fileno(), self._task.fileno(), self._out, self._err):
            os.set_blocking(descriptor, False)

    def close_far_ends(self) -> None:
        for descriptor in self.far_ends:
            os.close(descriptor)
        self.far_ends = ()

    async def ready(self, seconds: float) -> None:
        """Waits until the box is built; raises SpareLost with the reason where it is not."""
        message, descriptors = await self._next_message(seconds)
        if message != b"ready" or len(descriptors) != 2:
            raise SpareLost(message.decode("utf-8", "replace") or "the box ended before it was ready")
        self._first, self.folder = descriptors

    async def _next_message(self, seconds: float) -> tuple[bytes, tuple[int, ...]]:
        if not await readable(self._loop, self._watch.fileno(), seconds):
            raise SpareLost("the box was not ready in time")
        return self._receive()

    def _receive(self) -> tuple[bytes, tuple[int, ...]]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._watch, _READ, 16)
        except OSError:
            return b"", ()
        return message, tuple(descriptors)

    def is_alive(self) -> bool:
        """Whether PID 1 still waits: its socket has nothing to read until then."""
        try:
            self._watch.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return self._first is not None
        except OSError:
            return False
        return False

    async def run(self, task: dict[str, Any]) -> Finding:
        """Hands the task over and waits for its end, at most `wall_seconds`. Raises SpareLost where no program ran."""
        progress = _Progress(Transcript(self._limits.output_bytes), self._loop.create_future())
        body = json.dumps(task).encode("ascii")
        started = self._loop.time()
        try:
            await self._loop.sock_sendall(self._task, struct.pack("!I", len(body)) + body)
        except OSError:
            raise NeverStarted("the box did not take its task") from None
        self._listen(progress)
        clock = self._loop.call_later(self._limits.wall_seconds, self._time_is_up, progress)
        try:
            await progress.over
        except asyncio.CancelledError:
            self.kill()
            raise
        finally:
            clock.cancel()
            self._stop_listening()
        milliseconds = (self._loop.time() - started) * 1000
        self._drain(progress)
        if not progress.taken:
            raise NeverStarted("the program was gone before it took its task")
        return Finding(
            progress.exit_status,
            progress.timed_out,
            progress.transcript,
            _whole_frame(progress.frame, self._limits.frame_bytes),
            milliseconds,
        )

    def _listen(self, progress: _Progress) -> None:
        self._loop.add_reader(self._watch.fileno(), self._hear_last_words, progress)
        self._loop.add_reader(self._task.fileno(), self._hear_frame, progress)
        self._loop.add_reader(self._out, self._hear_output, progress, Stream.stdout, self._out)
        self._loop.add_reader(self._err, self._hear_output, progress, Stream.stderr, self._err)

    def _stop_listening(self) -> None:
        for source in (self._watch.fileno(), self._task.fileno(), self._out, self._err):
            self._loop.remove_reader(source)

    def _hear_last_words(self, progress: _Progress) -> None:
        message, _ = self._receive()
        if len(message) == _STATUS_BYTES:
            progress.exit_status = os.waitstatus_to_exitcode(int.from_bytes(message, "big"))
        self._loop.remove_reader(self._watch.fileno())
        _settle(progress.over)

    def _hear_frame(self, progress: _Progress) -> None:
        if not self._read_frame(progress):
            self._loop.remove_reader(self._task.fileno())

    def _read_frame(self, progress: _Progress) -> bool:
        """Takes what is there, up to the limit; False at the end. A reset says that the task was never read."""
        try:
            data = self._task.recv(_READ)
        except ConnectionResetError:
            progress.taken = False
            return False
        except OSError:
            return False
        progress.frame += data
        return bool(data) and len(progress.frame) <= self._limits.frame_bytes + 4

    def _hear_output(self, progress: _Progress, stream: Stream, descriptor: int) -> None:
        data = _read(descriptor)
        if not data:
            self._loop.remove_reader(descriptor)
        progress.transcript.add(stream, data)
        if progress.transcript.overflowed:
            self._loop.remove_reader(descriptor)
            self.kill()

    def _time_is_up(self, progress: _Progress) -> None:
        progress.timed_out = True
        self.kill()
        self._loop.call_later(_END_SECONDS, _settle, progress.over)

    def _drain(self, progress: _Progress) -> None:
        """What was written before the end is in the pipes still."""
        for stream, descriptor in ((Stream.stdout, self._out), (Stream.stderr, self._err)):
            while not progress.transcript.overflowed and (data := _read(descriptor)):
                progress.transcript.add(stream, data)
        while len(progress.frame) <= self._limits.frame_bytes + 4 and self._read_frame(progress):
            pass

    def kill(self) -> None:
        """SIGKILL to PID 1 of the box, which takes its whole namespace along."""
        if self._first is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)

    async def gone(self) -> bool:
        """Waits until no process of the box is left; False where that takes too long."""
        if self._first is None:
            return True
        return await readable(self._loop, self._first, _END_SECONDS)

    def close(self) -> None:
        self.kill()
        self.close_far_ends()
        self._watch.close()
        self._task.close()
        for descriptor in (self._out, self._err, self._first, self.folder):
            if descriptor is not None:
                os.close(descriptor)
        self._first = self.folder = None


def _settle(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)


async def readable(loop: asyncio.AbstractEventLoop, descriptor: int, seconds: float) -> bool:
    """Waits for something to read; False when the time is up. Several times cheaper than asyncio.wait_for."""
    heard: asyncio.Future[bool] = loop.create_future()

    def hear(is_there: bool) -> None:
        if not heard.done():
            heard.set_result(is_there)

    clock = loop.call_later(seconds, hear, False)
    loop.add_reader(descriptor, hear, True)
    try:
        return await heard
    finally:
        loop.remove_reader(descriptor)
        clock.cancel()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _READ)
    except OSError:
        return b""


def _whole_frame(data: bytearray, largest: int) -> bytes | None:
    """The one frame in `data`; None for none, a cut one, one that is too long, or one with something behind it."""
    if len(data) < 4:
        return None
    (length,) = struct.unpack("!I", data[:4])
    return bytes(data[4:]) if length <= largest and len(data) == 4 + length else None
