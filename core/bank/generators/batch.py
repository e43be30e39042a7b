"""Many small programs in one run of the sandbox, each in a process of its own."""

import json
from collections.abc import Iterator, Sequence
from typing import TypeVar

PROGRAMS_A_RUN = 40
"""So many programs end within a run's wall time even on a busy machine; their text stays under the executor's limit."""

_Program = TypeVar("_Program")

_DRIVER = """
import atexit, json, os, sys, types
driver = sys.modules["__main__"]
answers = []
for code in json.loads({programs!r}):
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.dup2(theirs, 1)
            sys.modules["__main__"] = main = types.ModuleType("__main__")
            exec(compile(code, "snippet.py", "exec"), main.__dict__)
            atexit._run_exitfuncs()
            sys.stdout.flush()
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        printed = pipe.read().strip()
    _, status = os.waitpid(child, 0)
    answers.append(None if status else printed)
print(json.dumps(answers))
"""


def batches(programs: Sequence[_Program]) -> Iterator[Sequence[_Program]]:
    """The programs in portions for one run each."""
    for start in range(0, len(programs), PROGRAMS_A_RUN):
        yield programs[start : start + PROGRAMS_A_RUN]


def together(programs: Sequence[str]) -> str:
    """A program that runs programs one after another in forked processes and prints their answers as JSON.

    Exit functions run, the clearing of modules at exit does not: no generated program counts on that.
    """
    return _DRIVER.format(programs=json.dumps(list(programs)))


def apart(output: str, programs: Sequence[str]) -> dict[str, str | None]:
    """What each program printed, stripped; None for one that failed."""
    return dict(zip(programs, json.loads(output), strict=True))
