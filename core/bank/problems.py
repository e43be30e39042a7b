"""What is wrong with the content, all of it at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is (`line` counts from 1, 0 for the whole file) and what to do about it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Problems:
    """Collects mistakes, so that an author sees them all in one run."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note a mistake."""
        self._found.append(Problem(path, line, message))

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)
