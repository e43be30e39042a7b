"""Documents as lines of a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from bot.platforms.terminal.intake import Choice
from core.document import (
    Attachment,
    Block,
    Bullets,
    Button,
    CodeBlock,
    Details,
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
    plain_block,
)

LONG_DETAILS = 500
"""Characters of a part that only some readers want, above which it is folded for people."""


def fold(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Details, ...]]:
    """What is shown at once, and the long parts to unfold by number."""
    folded = tuple(block for block in blocks if isinstance(block, Details) and len(plain_block(block)) > LONG_DETAILS)
    return tuple(block for block in blocks if block not in folded), folded


def rendered(blocks: Sequence[Block], saved: Sequence[str]) -> list[RenderableType]:
    """Blocks for `rich`, with empty lines between; `saved` are the paths of pictures and files, in their order."""
    paths = iter(saved)
    parts = [part for block in blocks for part in _block(block, paths)]
    return [piece for part in parts for piece in ("", part)][1:]


def choice_lines(
    choices: Sequence[Choice], named: Sequence[Button], links: Sequence[Button], width: int
) -> list[RenderableType]:
    """The choices with the numbers or the words to type, on one line where they fit; below them the links."""
    labels = [
        Line.assemble((f"[{number}]", "bold cyan"), " ", visible(_label(choice)))
        for number, choice in enumerate(choices, 1)
    ]
    labels += [Line(f"[{visible(button.label)}]", style="bold cyan") for button in named]
    room = sum(cell_len(label.plain) for label in labels) + 3 * (len(labels) - 1)
    lines: list[RenderableType] = [Line("   ").join(labels)] if labels and room <= width else list(labels)
    return lines + [Line(f"{visible(link.label)}: {visible(link.url)}") for link in links]


def visible(words: str) -> str:
    """Text without control and direction characters, so that nothing printed can steer the terminal."""
    return "".join(char for char in words if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def _label(choice: Choice) -> str:
    return choice.title if isinstance(choice, Details) else choice.label


def _block(block: Block, paths: Iterator[str]) -> Iterator[RenderableType]:
    match block:
        case Heading(spans):
            line = _line(spans)
            line.stylize("bold")
            yield line
        case Paragraph(spans):
            yield _line(spans)
        case CodeBlock(code, language):
            yield Padding(_code(code.rstrip("\n"), language), (0, 0, 0, 4))
        case Bullets(items, ordered):
            yield _list(items, ordered)
        case Table():
            yield _grid(block)
        case Quote(spans):
            yield _Aside(_line(spans))
        case Details(title, blocks):
            yield Line(f"── {visible(title)}", style="dim")
            for inner in blocks:
                yield from _block(inner, paths)
        case Picture(alt=alt):
            yield _kept(alt, next(paths))
        case Attachment(name=name):
            yield _kept(name, next(paths))


class _Aside:
    """A text with a bar along its left side."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._line.wrap(console, options.max_width - 2):
            yield Line.assemble(("│ ", "yellow"), line)


def _kept(name: str, path: str) -> Line:
    """Where a file is; never broken into lines, so that the path can be copied."""
    return Line(f"{visible(name)}: {visible(path)}", no_wrap=True, overflow="ignore")


def _code(code: str, language: str) -> RenderableType:
    from pygments.util import ClassNotFound
    from rich.syntax import Syntax

    try:
        return Syntax(visible(code), language or "text", theme="ansi_dark", background_color="default", word_wrap=True)
    except ClassNotFound:
        return Line(visible(code))


def _list(items: Sequence[Spans], ordered: bool) -> RenderableType:
    grid = Grid.grid(padding=(0, 1, 0, 0))
    for number, item in enumerate(items, 1):
        grid.add_row(Line(f"{number}." if ordered else "•", style="dim"), _line(item))
    return grid


def _grid(table: Table) -> RenderableType:
    grid = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", border_style="dim")
    for cell in table.header:
        grid.add_column(_line(cell))
    for row in table.rows:
        grid.add_row(*(_line(cell) for cell in row))
    return Padding(Group(grid), (0, 0, 0, 2))


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
