"""PID 2 of a run: confines itself, waits for a task, runs it, hands the report over and ends like an interpreter does."""

import fcntl
import gc
import json
import os
import resource
import signal
import struct
import sys

from core.executor.inside import kernel
from core.executor.probe import snippet

FILE_NAME = "snippet.py"
_HIGH_DESCRIPTOR = 200
"""The socket is kept out of the numbers a program meets, so that its first open() gives 3 as anywhere."""


def live(task, out, err, policy):
    """Never returns."""
    status = 1
    try:
        connection = fcntl.fcntl(task, fcntl.F_DUPFD_CLOEXEC, _HIGH_DESCRIPTOR)
        os.close(task)
        _take_places(out, err)
        _confine(policy)
        status = _work(connection, policy["frame_bytes"])
    finally:
        os._exit(status)


def _take_places(out, err):
    os.setsid()
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    nothing = os.open("/dev/null", os.O_RDONLY)
    if nothing != 0:
        os.dup2(nothing, 0)
        os.close(nothing)


def _confine(policy):
    kernel.set_dumpable(True)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(descriptor, b"1000")
    os.close(descriptor)
    for name, (soft, hard) in policy["rlimits"].items():
        resource.setrlimit(getattr(resource, name), (soft, hard))
    kernel.load_filter(policy["filter"])


def _work(connection, frame_bytes):
    task = _receive(connection)
    with open(FILE_NAME, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(task["code"])
    if task["stdin"]:
        _feed(task["stdin"])
    sys.argv = [FILE_NAME]
    gc.enable()
    frame = snippet.execute(task)
    _hand_over(connection, frame.get("report"), frame_bytes)
    status = frame.get("exit_status")
    return status & 0xFF if type(status) is int else 1


def _receive(connection):
    (length,) = struct.unpack("!I", _exactly(connection, 4))
    return json.loads(_exactly(connection, length))


def _exactly(connection, length):
    received = bytearray()
    while len(received) < length:
        part = os.read(connection, length - len(received))
        if not part:
            os._exit(1)
        received += part
    return bytes(received)


def _feed(text):
    """Standard input is a file that has no name any more, so that child processes can read it too."""
    name = "/box/stdin"
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    os.unlink(name)
    os.write(descriptor, text.encode("utf-8", "surrogatepass"))
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.dup2(descriptor, 0)
    os.close(descriptor)


def _hand_over(connection, report, largest, _encode=json.JSONEncoder(ensure_ascii=True).encode):
    """A report that cannot be written or is too long is left out: the run itself is still told."""
    try:
        body = _encode(report).encode("ascii")
        if len(body) <= largest:
            message = memoryview(struct.pack("!I", len(body)) + body)
            while message:
                message = message[os.write(connection, message) :]
    except BaseException:
        return
