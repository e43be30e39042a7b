"""PID 1 of a run: forks the program as PID 2, waits for it, and tells how it ended.

It does next to nothing, because every page it touches is a page copied. It never reads anything that the program
wrote, and the program cannot reach it: it ignores signals from its namespace, is not dumpable, and holds a descriptor
the program does not have. When it ends the kernel ends all that is left of the run.
"""

import os
import struct
from typing import Any

from core.executor.inside import kernel, program

LAST_WORDS = struct.Struct("!iB")
"""The wait status of the program, and whether it left no process behind."""


def live(descriptors: list[int], policy: dict[str, Any]) -> None:
    """Serves one run: `descriptors` are this process's socket, the program's socket, its stdout and its stderr."""
    mine, task, out, err = descriptors
    kernel.set_dumpable(False)
    pid = os.fork()
    if pid == 0:
        program.live(mine, task, out, err, policy)
    for descriptor in (task, out, err):
        os.close(descriptor)
    ended = 0
    while ended != pid:
        ended, status = os.waitpid(-1, 0)
    os.write(mine, LAST_WORDS.pack(status, _is_alone()))


def _is_alone() -> bool:
    """Orphans become children of PID 1, so that without a child there is nobody left."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False
