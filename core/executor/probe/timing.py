"""How long a snippet takes, measured the way `timeit` does it."""

import io
import sys
from collections.abc import Callable
from time import perf_counter_ns
from types import CodeType

from core.executor.probe import pristine, program

__builtins__ = pristine.BUILTINS

_now = perf_counter_ns
SERIES = 5


class Silence(io.TextIOBase):
    """A stream that swallows what a timed program prints."""

    def write(self, text: str) -> int:
        return len(text)


def measure(code: CodeType, filename: str, seconds: float) -> dict[str, object]:
    """Time the whole snippet, each pass in a fresh `__main__`, with its output swallowed.

    As `timeit` does, finds a number of passes (1, 2, 5, 10, …) that takes long enough, repeats that series, and reports
    the best as the figure that other work on the machine disturbed least. Stays near `seconds` unless one pass alone
    takes longer. Raises what the snippet raises.
    """
    streams = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = Silence()
    names = program.fresh_main(filename)
    blank = dict(names)

    def series(loops: int) -> int:
        start = _now()
        for _ in range(loops):
            names.clear()
            names.update(blank)
            exec(code, names)
        return _now() - start

    try:
        loops, first = enough(series, seconds * 1e9 / (SERIES + 1))
        spent = [first]
        while len(spent) < SERIES and (sum(spent) + first) < seconds * 1e9:
            spent.append(series(loops))
    finally:
        sys.stdout, sys.stderr = streams
    spent.sort()
    return {
        "loops": loops,
        "repeats": len(spent),
        "best_nanoseconds": spent[0] / loops,
        "median_nanoseconds": spent[len(spent) // 2] / loops,
    }


def enough(series: Callable[[int], int], nanoseconds: float) -> tuple[int, int]:
    """The first of 1, 2, 5, 10, 20, … passes that takes at least half of that time, and the time it took."""
    scale = 1
    while True:
        for step in (1, 2, 5):
            spent = series(scale * step)
            if spent >= nanoseconds / 2 or scale >= 10**6:
                return scale * step, spent
        scale *= 10
