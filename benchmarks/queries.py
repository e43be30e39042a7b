"""The queries on which the look-up is judged and measured: queries.txt beside this file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("queries.txt")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, why it is hard (the heading it stands under), and the slugs it may find first."""

    words: str
    group: str
    meant: tuple[str, ...]


def queries() -> tuple[Query, ...]:
    """All of them, in the file's order."""
    return tuple(_read(FILE.read_text("utf-8")))


def _read(text: str) -> Iterator[Query]:
    group = ""
    for line in text.splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        elif " -> " in line:
            words, _, meant = line.rpartition(" -> ")
            yield Query(words, group, tuple(meant.split(", ")))
