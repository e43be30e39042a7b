"""PID 2 of a run: builds the run's box, locks itself in, waits for a task, runs it and hands the report over."""

# pathlib is not loaded behind the wall: it would cost every zygote a megabyte.
# ruff: noqa: PTH102, PTH108

import fcntl
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any, NoReturn

from core.executor.inside import kernel
from core.executor.probe import frames, pristine, snippet

__builtins__ = pristine.BUILTINS

HOME = "/box/home"
FILE_NAME = "snippet.py"
_HIGH_DESCRIPTOR = 200
"""The socket is kept out of the numbers a program meets, so that its first open() gives 3 as anywhere."""


def live(first: int, task: int, out: int, err: int, policy: dict[str, Any]) -> NoReturn:
    """`first` is PID 1's socket, `task` the one for the task and the report, `out` and `err` are pipes."""
    status = 1
    try:
        for start, length in policy["warm"]:
            kernel.copy_ahead(start, length)
        try:
            _build(policy)
            connection = fcntl.fcntl(task, fcntl.F_DUPFD_CLOEXEC, _HIGH_DESCRIPTOR)
            os.close(task)
            _take_places(out, err)
            _confine(policy)
        except OSError as error:
            os.write(first, str(error).encode())
            raise
        _announce(first)
        status = _work(connection, policy["frame_bytes"])
    finally:
        os._exit(status)


def _build(policy: dict[str, Any]) -> None:
    """Maps the user, then mounts the only writable file system and a /proc that knows this run alone."""
    kernel.set_dumpable(True)
    _write("/proc/self/setgroups", b"deny")
    _write("/proc/self/uid_map", policy["identity"])
    _write("/proc/self/gid_map", policy["identity"])
    kernel.mount(b"tmpfs", b"/box", b"tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, policy["tmpfs"])
    for folder in (HOME, "/box/tmp", "/box/shm"):
        os.mkdir(folder)
    kernel.mount(b"proc", b"/proc", b"proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    os.chdir(HOME)
    kernel.drop_capabilities()


def _write(path: str, text: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    os.write(descriptor, text)
    os.close(descriptor)


def _announce(first: int) -> None:
    """Tells the supervisor that the box is built, hands over PID 1 and the file system, lets the socket go."""
    with socket.socket(fileno=first) as supervisor:
        handed = [os.pidfd_open(1), os.open("/box", os.O_RDONLY | os.O_DIRECTORY)]
        socket.send_fds(supervisor, [b"ready"], handed)
        for descriptor in handed:
            os.close(descriptor)


def _take_places(out: int, err: int) -> None:
    os.setsid()
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    nothing = os.open("/dev/null", os.O_RDONLY)
    if nothing != 0:
        os.dup2(nothing, 0)
        os.close(nothing)


def _confine(policy: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _write("/proc/self/oom_score_adj", b"1000")
    for number, limits in policy["rlimits"]:
        resource.setrlimit(number, limits)
    kernel.load_filter(policy["filter"])


def _work(connection: int, frame_bytes: int) -> int:
    task = _receive(connection)
    _put(FILE_NAME, os.O_WRONLY, task["code"])
    if task["stdin"]:
        _feed(task["stdin"])
    sys.argv = [FILE_NAME]
    gc.enable()
    frame = snippet.execute(task)
    _hand_over(connection, frame.get("report"), frame_bytes)
    status = frame.get("exit_status")
    return status & 0xFF if type(status) is int else 1


def _receive(connection: int) -> dict[str, Any]:
    (length,) = struct.unpack("!I", _exactly(connection, 4))
    task: dict[str, Any] = json.loads(_exactly(connection, length))
    return task


def _exactly(connection: int, length: int) -> bytes:
    received = b""
    while len(received) < length:
        part = os.read(connection, length - len(received))
        if not part:
            os._exit(1)
        received += part
    return received


def _put(name: str, access: int, text: str) -> int:
    """Writes a file with the system's own calls, sparing the pages that Python's file objects would touch."""
    descriptor = os.open(name, access | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(descriptor, text.encode("utf-8", "surrogatepass"))
    if access == os.O_WRONLY:
        os.close(descriptor)
    return descriptor


def _feed(text: str) -> None:
    """Standard input is a file that has no name any more, so that child processes can read it too."""
    name = "/box/stdin"
    descriptor = _put(name, os.O_RDWR, text)
    os.unlink(name)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.dup2(descriptor, 0)
    os.close(descriptor)


def _hand_over(connection: int, report: object, largest: int) -> None:
    """A report that cannot be written or is too long is left out: the run itself is still told."""
    try:
        body = frames.encode(report)
        if len(body) <= largest:
            message = struct.pack("!I", len(body)) + body
            while message:
                message = message[os.write(connection, message) :]
    except BaseException:
        return
