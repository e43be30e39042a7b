"""A program out of a message: the code, what it reads, and how it is to be shown."""

import re
from dataclasses import dataclass, field

from core.chat.request import SentFile
from core.executor.model import View
from core.storage.storable import storable

LONGEST_CODE = 64 * 1024
"""Bytes of a program that are run, as UTF-8."""

STDIN_MARK = "--- stdin"
"""A line of its own; what follows it is what `input()` reads."""

FENCE = "```"
"""What stands before and behind a program among other words."""

OPTIONS = {"--trace": View.trace, "--graph": View.graph, "--dis": View.bytecode, "--time": View.timing}
"""Options of `/run` and the view each asks for."""

FILE_ENDINGS = (".py", ".txt")


@dataclass(frozen=True, slots=True)
class Written:
    """A program as a learner wrote it. `python` is the interpreter's label, None for the learner's own version."""

    code: str
    stdin: str = ""
    view: frozenset[View] = field(default_factory=lambda: frozenset((View.memory,)))
    python: str | None = None
    compare: bool = False


class NoProgramError(Exception):
    """There is no code in the message."""


class TooLongError(Exception):
    """The code is longer than anybody types."""


_FENCE = re.compile(
    r"(?:^|(?<=\s))```[ \t]*(?:(?:python|python3|py|pycon)[ \t]*(?=\n|$))?\n?(.*?)(?:```|\Z)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_OPTION = re.compile(r"\s*(--py(?:\s+|=)(\S+)|--[a-z]+)(?=\s|$)")


def written(arguments: str, quoted: str | None, files: tuple[SentFile, ...]) -> Written:
    """The program of a `/run`: options first, then plain code or fenced blocks; else a file; else the quoted message.

    Raises NoProgramError or TooLongError.
    """
    view, python, compare, rest = _options(arguments)
    source = storable(rest if rest.strip() else _attached(files) or (quoted or ""))
    code, stdin = _parted(_unfenced(source))
    code = _tidied(code)
    if not code.strip():
        raise NoProgramError
    if len(code.encode()) > LONGEST_CODE:
        raise TooLongError
    return Written(code, stdin, view | {View.memory}, python, compare)


def _options(arguments: str) -> tuple[frozenset[View], str | None, bool, str]:
    views: set[View] = set()
    python: str | None = None
    compare = False
    while option := _OPTION.match(arguments):
        word = option[1]
        if option[2]:
            python = option[2]
        elif word in OPTIONS:
            views.add(OPTIONS[word])
        elif word == "--compare":
            compare = True
        else:
            break
        arguments = arguments[option.end() :]
    return frozenset(views), python, compare, arguments


def _attached(files: tuple[SentFile, ...]) -> str:
    return next((file.content.decode("utf-8", "replace") for file in files if file.name.endswith(FILE_ENDINGS)), "")


def _unfenced(source: str) -> str:
    """The fenced blocks one after another, with what stands behind a stdin mark outside; or the text as it is."""
    blocks = [block.strip("\n") for block in _FENCE.findall(source)]
    if not blocks:
        return source
    outside = _FENCE.sub("", source)
    mark = _mark_of(outside)
    return "\n".join(blocks) + ("\n" + outside[mark:] if mark is not None else "")


def _mark_of(source: str) -> int | None:
    found = re.search(rf"^{re.escape(STDIN_MARK)}[ \t]*$", source, re.MULTILINE)
    return found.start() if found else None


def _parted(source: str) -> tuple[str, str]:
    mark = _mark_of(source)
    if mark is None:
        return source, ""
    return source[:mark], source[mark:].partition("\n")[2]


def _tidied(code: str) -> str:
    """Code as Python reads it: chats turn spaces into no-break spaces, and people copy prompts along with lines."""
    lines = code.replace("\r\n", "\n").replace("\u00a0", " ").strip("\n").split("\n")
    if any(line.startswith(">>> ") for line in lines):
        lines = [line[4:] for line in lines if line.startswith((">>> ", "... "))]
    if lines and lines[0].startswith((" ", "\t")) and len(lines) == 1:
        lines = [lines[0].strip()]
    return "\n".join(lines)
