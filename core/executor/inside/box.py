"""PID 1 of a run: builds the run's own namespaces, starts the program as PID 2, and tells how it ended.

It never reads anything that the program wrote, and the program cannot reach it: it ignores signals from its namespace, is
not dumpable, and holds descriptors the program does not have. When it ends the kernel ends all that is left of the run.
"""

import os
import signal
import socket
import struct
from typing import Any

from core.executor.inside import kernel, program

HOME = "/box/home"
LAST_WORDS = struct.Struct("!iB")
"""The wait status of the program, and whether it left no process behind."""


def live(descriptors: list[int], policy: dict[str, Any]) -> None:
    """Serves one run: `descriptors` are this process's socket, the program's socket, its stdout and its stderr."""
    mine, task, out, err = descriptors
    supervisor = socket.socket(fileno=mine)
    _separate(policy)
    pid = os.fork()
    if pid == 0:
        supervisor.close()
        program.live(task, out, err, policy)
    for descriptor in (task, out, err):
        os.close(descriptor)
    kernel.set_dumpable(False)
    box = os.open("/box", os.O_RDONLY | os.O_DIRECTORY)
    socket.send_fds(supervisor, [b"ready"], [os.pidfd_open(os.getpid()), box])
    ended = 0
    while ended != pid:
        ended, status = os.waitpid(-1, 0)
    supervisor.send(LAST_WORDS.pack(status, _is_alone()))


def _separate(policy: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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


def _is_alone() -> bool:
    """Orphans become children of PID 1, so that without a child there is nobody left."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False
