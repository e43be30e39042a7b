"""Files from strangers as clean text."""

import codecs
import unicodedata
from pathlib import Path

from core.bank.importing.model import UnreadableError

LARGEST = 2 * 1024 * 1024
"""Bytes of the largest file that is read."""

LONGEST_LINE = 20_000
"""Characters of the longest line: longer ones are data, not questions."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def source_text(path: Path) -> str:
    """A file's text: UTF-8, or UTF-16 with a byte order mark; `\\n` line ends, no control characters.

    Raises UnreadableError for what is missing, too large, or no text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from error
    if len(content) > LARGEST:
        raise UnreadableError(f"{path} is larger than {LARGEST // 1024} KiB; split it")
    return decoded(content, str(path))


def decoded(content: bytes, name: str) -> str:
    """Bytes as clean text; see `source_text`."""
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name} is no {encoding.upper()} text; save it as UTF-8") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    cleaned = without_controls(lines)
    for number, line in enumerate(cleaned.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableError(f"{name}:{number}: this line has {len(line)} characters, more than {LONGEST_LINE}")
    return cleaned


def without_controls(text: str) -> str:
    """The text without control, direction and private characters; tabs, line ends and emoji joiners stay."""
    return "".join(char for char in text if char in "\n\t\u200d" or unicodedata.category(char) not in _UNSEEN)


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co"))
