"""Memory put by for the telling: a program that has eaten all it may have must still be shown its MemoryError."""

import mmap

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

BYTES = 8 * 1024 * 1024
"""A traceback and a cut memory view fit in it; while it lies untouched it costs address space alone."""

_map, _close = mmap.mmap, mmap.mmap.close


class Reserve:
    """Set aside before the program runs, given back once, when the program has ended."""

    def __init__(self) -> None:
        self._kept: mmap.mmap | None = _map(-1, BYTES, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    def give_back(self) -> None:
        """Let the kernel have it again, so that the next allocation succeeds."""
        if self._kept is not None:
            _close(self._kept)
            self._kept = None
