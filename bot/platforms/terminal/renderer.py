"""Documents as lines of a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table as Grid
from rich.text import Text as Line

from core.document import (
    Attachment,
    Block,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Heading,
    Inline,
    Link,
    Mono,
    Paragraph,
    Picture,
    Quote,
    Spans,
    Table,
    Text,
)


def rendered(document: Document, saved: Sequence[str]) -> RenderableType:
    """A document for `rich`; `saved` are the paths of its pictures and files, in their order."""
    paths = iter(saved)
    parts = [part for block in document.blocks for part in _block(block, paths)]
    spaced = [piece for part in parts for piece in (part, "")]
    return Group(*spaced[:-1])


def button_lines(buttons: Sequence[Button]) -> RenderableType:
    """The buttons with the numbers to type."""
    line = Line()
    for number, button in enumerate(buttons, 1):
        line.append(f"[{number}]", style="bold cyan")
        line.append(f" {visible(button.label)}" + (f" {visible(button.url)}" if button.url else ""))
        if number < len(buttons):
            line.append("   ")
    return line


def visible(words: str) -> str:
    """Text without control and direction characters, so that nothing printed can steer the terminal."""
    return "".join(char for char in words if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def _block(block: Block, paths: Iterator[str]) -> Iterator[RenderableType]:
    match block:
        case Heading(spans):
            line = _line(spans)
            line.stylize("bold")
            yield line
        case Paragraph(spans):
            yield _line(spans)
        case CodeBlock(code, language):
            yield Padding(_code(code, language), (0, 0, 0, 2))
        case Bullets(items, ordered):
            yield Group(*(_item(number, item, ordered) for number, item in enumerate(items, 1)))
        case Table():
            yield _grid(block)
        case Quote(spans):
            yield Line("│ ", style="yellow").append_text(_line(spans))
        case Details(title, blocks):
            yield Rule(visible(title), align="left", style="dim")
            for inner in blocks:
                yield from _block(inner, paths)
        case Picture(alt=alt):
            yield Line(f"{visible(alt)}: {next(paths)}")
        case Attachment(name=name):
            yield Line(f"{visible(name)}: {next(paths)}")


def _code(code: str, language: str) -> RenderableType:
    if not language:
        return Line(visible(code))
    return Syntax(visible(code), language, theme="ansi_dark", background_color="default", word_wrap=True)


def _item(number: int, spans: Spans, ordered: bool) -> RenderableType:
    line = Line(f"{number}. " if ordered else "• ", style="dim")
    return line.append_text(_line(spans))


def _grid(table: Table) -> RenderableType:
    grid = Grid(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for cell in table.header:
        grid.add_column(_line(cell))
    for row in table.rows:
        grid.add_row(*(_line(cell) for cell in row))
    return Padding(grid, (0, 0, 0, 2))


def _line(spans: Spans) -> Line:
    line = Line(style="")
    for span in spans:
        line.append(visible(_words(span)), style=_style(span))
    return line


def _words(span: Inline) -> str:
    if isinstance(span, Link) and span.text not in span.url:
        return f"{span.text} ({span.url})"
    return span.url if isinstance(span, Link) else span.text


def _style(span: Inline) -> str:
    match span:
        case Mono():
            return "cyan"
        case Link():
            return "underline"
        case Text(bold=bold, italic=italic):
            return " ".join(name for name, wanted in (("bold", bold), ("italic", italic)) if wanted)
