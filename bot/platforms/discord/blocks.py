"""Each block of text as pieces of Discord markdown that fit an embed."""

from collections.abc import Iterable, Iterator

from bot.platforms.discord.markdown import fenced, fitted, guarded, length, one_line
from core.document import (
    Bullets,
    CodeBlock,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Spans,
    Table,
    Text,
    aligned_rows,
    bold,
    plain_spans,
)

PIECE = 3800
"""The longest piece, in UTF-16 units: an embed's description holds 4096, and marks around a piece need room."""

TABLE_COLUMNS = 48
"""The widest table, in characters, that an embed shows without wrapping its lines; wider ones become lists."""

TextBlock = Heading | Paragraph | CodeBlock | Bullets | Table | Quote


def pieces(block: TextBlock) -> Iterator[str]:
    """The block as markdown, cut into pieces of at most 4000 units each of which stands on its own."""
    match block:
        case Heading(spans):
            yield from (f"### {piece}" for piece in fitted(one_line(spans), PIECE) if piece.strip())
        case Paragraph(spans):
            yield from (piece for piece in fitted(spans, PIECE) if piece.strip())
        case CodeBlock(code, language):
            yield from _code(code.split("\n"), language)
        case Bullets(items, ordered):
            yield from _packed(_items(items, ordered), PIECE)
        case Table():
            yield from _table(block)
        case Quote(spans):
            yield from _packed((f"> {line}" for line in _lines(spans)), PIECE)


def _lines(spans: Spans) -> Iterator[str]:
    for piece in fitted(spans, PIECE // 2):
        if piece.strip():
            yield from piece.split("\n")


def _items(items: Iterable[Spans], ordered: bool) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        sign = f"{number}. " if ordered else "- "
        for part, piece in enumerate(fitted(one_line(item), PIECE // 2)):
            yield (sign if part == 0 else "  ") + piece


def _code(lines: Iterable[str], language: str) -> Iterator[str]:
    cut = (part for line in lines for part in _cut(guarded(line)))
    return (fenced(chunk, language) for chunk in _packed(cut, PIECE))


def _cut(line: str) -> Iterator[str]:
    if length(line) <= PIECE:
        yield line
        return
    for start in range(0, len(line), PIECE // 2):
        yield line[start : start + PIECE // 2]


def _packed(lines: Iterable[str], room: int) -> Iterator[str]:
    """Lines put together again into as few pieces as fit the room."""
    taken: list[str] = []
    used = 0
    for line in lines:
        cost = length(line) + 1
        if taken and used + cost > room:
            yield "\n".join(taken)
            taken, used = [], 0
        taken.append(line)
        used += cost
    if taken:
        yield "\n".join(taken)


def _table(table: Table) -> Iterator[str]:
    flat = Table(
        header=tuple(one_line(cell) for cell in table.header),
        rows=tuple(tuple(one_line(cell) for cell in row) for row in table.rows),
    )
    if not flat.header:
        return
    lines = list(aligned_rows(flat))
    if max(map(len, lines)) <= TABLE_COLUMNS:
        yield from _code(lines, "")
    else:
        yield from pieces(Bullets(tuple(_row(flat.header, row) for row in flat.rows)))


def _row(header: tuple[Spans, ...], row: tuple[Spans, ...]) -> Spans:
    """A row as a line of text: its first cell, then every other cell after the name of its column."""
    line: list[Inline] = [bold(plain_spans(row[0]))]
    for name, cell in zip(header[1:], row[1:], strict=True):
        if plain_spans(cell):
            line += [Text(" · "), *name, Text(": "), *cell]
    return tuple(line)
