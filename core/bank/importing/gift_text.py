"""The texts inside GIFT: escapes and the four formats."""

import re
from enum import StrEnum

from core.bank.importing.html import from_html, has_html, without_tags
from core.bank.importing.markup import from_markdown, from_plain


class Format(StrEnum):
    """How a text is written; MOODLE, the default, is plain text in which HTML may stand."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    MOODLE = "moodle"


_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_HIDDEN = re.compile("[\ue100-\ue17f]")
_BASE = 0xE100
"""Where escaped characters wait, in the private use area, which `source_text` leaves empty."""


def hidden(text: str) -> str:
    """The text with its escaped characters out of the way, so that the bare ones part it."""
    return _ESCAPED.sub(lambda found: chr(_BASE + ord(found[1])), text)


def shown(text: str) -> str:
    """The text with the escaped characters as themselves; `\\n` is a line end."""
    return _HIDDEN.sub(lambda found: "\n" if found[0] == chr(_BASE + ord("n")) else chr(ord(found[0]) - _BASE), text)


def markdown_of(text: str, shape: Format) -> str:
    """A hidden text as Markdown that the bank supports."""
    said = shown(text).strip()
    match shape:
        case Format.HTML:
            return from_html(said)
        case Format.MARKDOWN:
            return from_markdown(without_tags(said))
        case Format.PLAIN:
            return from_plain(said)
        case Format.MOODLE:
            return from_html(said.replace("\n", "<br>")) if has_html(said) else from_plain(said)
