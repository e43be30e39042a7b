"""The Markdown files that say it in one language, cut into their parts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language the tutor speaks."""

    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Part:
    """The text under one `###` heading; `line` counts from 1."""

    line: int
    body: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one `##` heading: its own text, and its `###` parts by name."""

    name: str
    line: int
    body: str
    parts: Mapping[str, Part]

    def part(self, name: str) -> str:
        """The text of a part; empty when there is none."""
        found = self.parts.get(name)
        return found.body if found else ""


_HEADING = re.compile(r"^(#{2,3}) +(.+?) *$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


def sections(markdown: str) -> tuple[Section, ...]:
    """The sections of a wording file in their order; text before the first heading belongs to nobody."""
    found: list[Section] = []
    name, line, body = "", 0, ""
    parts: dict[str, Part] = {}

    def close() -> None:
        if name:
            found.append(Section(name, line, body, dict(parts)))

    for depth, title, number, text in _headed(markdown):
        if depth == 2:
            close()
            name, line, body = title, number, text
            parts.clear()
        elif name:
            parts[title] = Part(number, text)
    close()
    return tuple(found)


def _headed(markdown: str) -> Iterator[tuple[int, str, int, str]]:
    """Depth, title, line and text of each heading; what looks like a heading inside fenced code is code."""
    depth, title, start = 0, "", 0
    collected: list[str] = []
    fence = ""
    for number, line in enumerate(markdown.splitlines(), 1):
        marker = _FENCE.match(line)
        if marker and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else marker[1]
        heading = None if fence else _HEADING.match(line)
        if heading is None:
            collected.append(line)
            continue
        yield depth, title, start, "\n".join(collected).strip()
        depth, title, start, collected = len(heading[1]), heading[2], number, []
    yield depth, title, start, "\n".join(collected).strip()


def first_paragraph(markdown: str) -> tuple[str, str]:
    """The text up to the first blank line, and the rest; both stripped."""
    first, _, rest = markdown.strip().partition("\n\n")
    return first.strip(), rest.strip()
