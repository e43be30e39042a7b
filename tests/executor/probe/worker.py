"""Runs programs under the probe, each in a fork of its own; started by another CPython, so standard library only.

Reads a task as JSON from each line of standard input, writes `{"frame", "stdout", "stderr"}` as JSON to each line of
standard output.
"""

import contextlib
import gc
import json
import os
import sys
import tempfile

sys.path.insert(0, sys.argv[1])

from core.executor.probe import frames, snippet


def serve() -> None:
    gc.freeze()
    tasks, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in tasks:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


def answer(task: dict[str, object]) -> dict[str, object]:
    pwrite, leave = os.pwrite, os._exit
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as frame:
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                pwrite(frame.fileno(), frames.encode(snippet.execute(task)), 0)
            leave(0)
        os.waitpid(child, 0)
        return {
            "frame": json.loads(os.pread(frame.fileno(), 2**24, 0) or b"null"),
            "stdout": os.pread(out.fileno(), 2**16, 0).decode(errors="replace"),
            "stderr": os.pread(err.fileno(), 2**16, 0).decode(errors="replace"),
        }


if __name__ == "__main__":
    serve()
