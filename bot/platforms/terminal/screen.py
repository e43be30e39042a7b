"""What is written to the terminal or the pipe."""

import re
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, Group, RenderableType

WIDEST = 96
"""Columns that a text is laid out in: longer lines are hard to read, however wide the window is."""

_TRAILING_SPACES = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


class Screen:
    """Lays out and writes: coloured for people at a terminal, plain for everything else."""

    def __init__(self, output: TextIO, interactive: bool) -> None:
        self._output = output
        self.interactive = interactive
        if interactive:
            self._console = Console(file=output, highlight=False)
        else:
            self._console = Console(file=output, highlight=False, no_color=True, force_terminal=False, width=WIDEST)

    @property
    def width(self) -> int:
        """Columns there are; a window may be resized at any time."""
        return min(self._console.width, WIDEST)

    def show(self, parts: Iterable[RenderableType]) -> None:
        """Write the parts and an empty line. Raises BrokenPipeError when nobody reads any more."""
        with self._console.capture() as captured:
            self._console.print(Group(*parts), width=self.width, crop=False)
        self._output.write(_TRAILING_SPACES.sub(r"\1", captured.get()) + "\n")
        self._output.flush()


def standard_screen() -> Screen:
    """The screen of this process; interactive when a person sits at both ends."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return Screen(sys.stdout, sys.stdin.isatty() and sys.stdout.isatty())
