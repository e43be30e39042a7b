"""The standard streams of a snippet."""

import io
import sys

from core.executor.probe import pristine
from core.executor.probe.ordered import OrderedPipe

__builtins__ = pristine.BUILTINS

_TextIOWrapper, _BytesIO = io.TextIOWrapper, io.BytesIO


def open_streams(stdin: str) -> None:
    """Give the program unbuffered stdout and stderr (as `python -u` does, so that a killed run keeps what it printed)
    and the learner's lines as its input."""
    sys.stdin = _TextIOWrapper(_BytesIO(stdin.encode("utf-8", "surrogatepass")), encoding="utf-8")
    sys.stdout = unbuffered(1, "strict")
    sys.stderr = unbuffered(2, "backslashreplace")


def unbuffered(descriptor: int, errors: str) -> io.TextIOWrapper:
    """A text stream that writes through to a file descriptor."""
    raw = OrderedPipe(descriptor, 3 - descriptor)
    return _TextIOWrapper(raw, encoding="utf-8", errors=errors, write_through=True)
