"""PID 1 of a run: forks the program as PID 2, waits for it, and tells how it ended.

It does next to nothing, because every page it touches is a page copied. It never reads anything that the program
wrote, and the program cannot reach it: it ignores signals from its namespace, is not dumpable, and holds a descriptor
the program does not have. When it ends the kernel ends all that is left of the run.
"""

import os
from typing import Any

from core.executor.inside import kernel, program


def live(descriptors: tuple[int, ...], policy: dict[str, Any]) -> None:
    """Serves one run: `descriptors` are this process's socket, the program's socket, its stdout and its stderr.

    The last words are the program's wait status, four bytes.
    """
    mine, task, out, err = descriptors
    kernel.set_dumpable(False)
    pid = os.fork()
    if pid == 0:
        program.live(mine, task, out, err, policy)
    os.close(task)
    os.close(out)
    os.close(err)
    ended = 0
    while ended != pid:
        ended, status = os.waitpid(-1, 0)
    os.write(mine, status.to_bytes(4, "big"))
