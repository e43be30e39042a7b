"""What the tutor says, as a tree that knows no chat platform.

A platform's renderer turns a Document into that platform's messages; until then text is plain data, so nothing a
learner typed can become markup. The tree lives below every part of the tutor because the bank parses Markdown into it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

TOKEN_BYTES = 64
"""Longest button token, in bytes: Telegram's limit for `callback_data`, the tightest of the platforms."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain text, perhaps emphasised."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Mono:
    """Inline code."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that shows its label; `url` is http or https."""

    text: str
    url: str


Inline: TypeAlias = Text | Mono | Link
Spans: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text; `language` is a highlighter's name, empty for plain output."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered from 1 when `ordered`."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: every row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """An aside: a warning, a common wrong idea."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Details:
    """What only some readers want; folded where the platform can fold."""

    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is shown as one."""

    content: bytes
    name: str
    alt: str
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to keep."""

    content: bytes
    name: str
    media_type: str = "application/octet-stream"


Block: TypeAlias = Heading | Paragraph | CodeBlock | Bullets | Table | Quote | Details | Picture | Attachment


@dataclass(frozen=True, slots=True)
class Form:
    """One line of text that a button asks for, where the platform has dialogs; elsewhere the learner just writes it."""

    title: str
    label: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: sends `token` back as a Press, or opens `url`.

    Raises ValueError when the token cannot travel through every platform.
    """

    label: str
    token: str = ""
    form: Form | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.token) == bool(self.url):
            raise ValueError("a button carries a token or a link, one of them")
        if len(self.token.encode()) > TOKEN_BYTES:
            raise ValueError(f"the button token {self.token!r} is longer than {TOKEN_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing said: blocks from top to bottom, then rows of buttons."""

    blocks: tuple[Block, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = field(default=())

    def plain(self) -> str:
        """The whole document as plain text, a block a paragraph: for titles, previews, logs of tests."""
        return "\n\n".join(plain_block(block) for block in self.blocks)


def text(*parts: str | Inline) -> Spans:
    """Spans from strings and inline pieces."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def bold(words: str) -> Text:
    """Strong emphasis."""
    return Text(words, bold=True)


def paragraph(*parts: str | Inline) -> Paragraph:
    """A paragraph from strings and inline pieces."""
    return Paragraph(text(*parts))


def plain_spans(spans: Spans) -> str:
    """What the spans read like without any markup."""
    return "".join(span.text for span in spans)


def plain_block(block: Block) -> str:
    """What a block reads like without any markup."""
    match block:
        case Heading(spans) | Paragraph(spans) | Quote(spans):
            return plain_spans(spans)
        case CodeBlock(code):
            return code
        case Bullets(items, ordered):
            signs = (f"{number}." for number in range(1, len(items) + 1)) if ordered else ("•" for _ in items)
            return "\n".join(f"{sign} {plain_spans(item)}" for sign, item in zip(signs, items, strict=True))
        case Table():
            return "\n".join(aligned_rows(block))
        case Details(title, blocks):
            return "\n\n".join([title, *(plain_block(inner) for inner in blocks)])
        case Picture(alt=alt):
            return alt
        case Attachment(name=name):
            return name


def aligned_rows(table: Table) -> Iterator[str]:
    """The table as lines of equally wide columns, for monospaced text."""
    rows: Sequence[Sequence[str]] = [[plain_spans(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.header))]
    for index, row in enumerate(rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if index == 0:
            yield "  ".join("─" * width for width in widths)
