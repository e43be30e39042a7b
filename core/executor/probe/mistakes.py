"""Uncaught exceptions, shown with the learner's own lines only."""

import linecache
import sys
import traceback
from types import TracebackType

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

HINT = "input() found nothing to read: write what it should read below a line `--- stdin`."


def remember_source(code: str, filename: str) -> None:
    """Let tracebacks, warnings and the `inspect` module find the snippet's lines."""
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)


def own_frames(first: TracebackType | None, filename: str) -> TracebackType | None:
    """The traceback from the snippet's first frame on, or None when the snippet has none in it."""
    while first is not None and first.tb_frame.f_code.co_filename != filename:
        first = first.tb_next
    return first


def show(error: BaseException, filename: str) -> None:
    """Print a traceback to stderr the way Python does, or hand the error to the `sys.excepthook` that the snippet set.

    Formatting asks the exception for its text, which is the learner's code: whatever goes wrong there costs the text.
    """
    kind = type(error)
    if wanted_input(error):
        error.add_note(HINT)
    first = own_frames(error.__traceback__, filename)
    try:
        if sys.excepthook is not sys.__excepthook__:
            sys.excepthook(kind, error, first)
            return
        told = traceback.TracebackException(kind, error, first, compact=True)
        keep_own_lines(told, filename)
        text = "".join(told.format())
    except BaseException:
        text = f"{pristine.type_name(kind)}: <its text cannot be told>\n"
    write(text)


def wanted_input(error: BaseException) -> bool:
    """Whether this is what `input()` raises at the end of its input."""
    return type(error) is EOFError and error.args == ("EOF when reading a line",)


def keep_own_lines(told: traceback.TracebackException, filename: str) -> None:
    """Drop the lines of the library and of the probe from an error, its causes and its groups."""
    todo, seen = [told], set()
    while todo:
        each = todo.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if each.stack:
            each.stack[:] = [line for line in each.stack if line.filename in (filename, "<string>", "<stdin>")]
        todo += [other for other in (each.__cause__, each.__context__, *(each.exceptions or ())) if other is not None]


def write(text: str) -> None:
    """Write to the program's stderr, if it still has one."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BaseException:
        return
