"""Text blocks as one rich message (Bot API 10.2), worth it only where there is a table."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from aiogram.types import (
    InputRichBlockBlockQuotation,
    InputRichBlockDetails,
    InputRichBlockList,
    InputRichBlockListItem,
    InputRichBlockParagraph,
    InputRichBlockPreformatted,
    InputRichBlockSectionHeading,
    InputRichBlockTable,
    InputRichBlockUnion,
    InputRichMessage,
    RichBlockTableCell,
    RichTextBold,
    RichTextCode,
    RichTextItalic,
    RichTextUnion,
    RichTextUrl,
)

from bot.platforms.telegram.keyboard import is_web_address
from bot.platforms.telegram.limits import RICH_BLOCKS, RICH_COLUMNS, RICH_DEPTH, RICH_UNITS
from bot.platforms.telegram.marked_text import MarkedText, clean, units
from core.document import (
    Attachment,
    Block,
    Bullets,
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
    plain_spans,
)

_HEADING_SIZE = 4
_EMPTY_CELL = "\u00a0"


def rich_message(blocks: Sequence[Block]) -> InputRichMessage | None:
    """The blocks as a rich message, or None where it has no table to show or would not be accepted.

    Telegram's own search for mentions and links is switched off, so that nobody's text becomes one.
    """
    if not _has_table(blocks) or not _fits(blocks):
        return None
    return InputRichMessage(blocks=list(_rich_blocks(blocks)), skip_entity_detection=True)


def _has_table(blocks: Sequence[Block]) -> bool:
    return any(
        isinstance(block, Table) or (isinstance(block, Details) and _has_table(block.blocks)) for block in blocks
    )


def _fits(blocks: Sequence[Block]) -> bool:
    size = sum(units(clean(plain_block(block))) for block in blocks)
    return size <= RICH_UNITS and _depth(blocks) < RICH_DEPTH and _count(blocks) <= RICH_BLOCKS and _narrow(blocks)


def _depth(blocks: Sequence[Block]) -> int:
    return 2 + max((_depth(block.blocks) for block in blocks if isinstance(block, Details)), default=0)


def _count(blocks: Sequence[Block]) -> int:
    total = 0
    for block in blocks:
        match block:
            case Details(blocks=inner):
                total += 1 + _count(inner)
            case Bullets(items):
                total += 1 + 2 * len(items)
            case Table(rows=rows):
                total += 2 + len(rows)
            case _:
                total += 2
    return total


def _narrow(blocks: Sequence[Block]) -> bool:
    return all(
        (not isinstance(block, Table) or 0 < len(block.header) <= RICH_COLUMNS)
        and (not isinstance(block, Details) or _narrow(block.blocks))
        for block in blocks
    )


def _rich_blocks(blocks: Sequence[Block]) -> Iterator[InputRichBlockUnion]:
    for block in blocks:
        if MarkedText(plain_block(block)).visible:
            yield from _rich_block(block)


def _rich_block(block: Block) -> Iterator[InputRichBlockUnion]:
    match block:
        case Heading(spans):
            yield InputRichBlockSectionHeading(text=_rich_text(spans), size=_HEADING_SIZE)
        case Paragraph(spans):
            yield InputRichBlockParagraph(text=_rich_text(spans))
        case CodeBlock(code, language):
            yield InputRichBlockPreformatted(text=clean(code).strip("\n"), language=language or None)
        case Bullets(items, ordered):
            yield InputRichBlockList(items=list(_list_items(items, ordered)))
        case Table(header, rows):
            head = [_cell(cell, is_header=True) for cell in header]
            yield InputRichBlockTable(
                cells=[head, *([_cell(cell) for cell in row] for row in rows)], is_bordered=True, is_striped=True
            )
        case Quote(spans):
            yield InputRichBlockBlockQuotation(blocks=[InputRichBlockParagraph(text=_rich_text(spans))])
        case Details(title, inner):
            yield from _details(title, inner)
        case Picture() | Attachment():
            pass
        case _:
            assert_never(block)


def _list_items(items: Sequence[Spans], ordered: bool) -> Iterator[InputRichBlockListItem]:
    for number, item in enumerate(items, 1):
        content = InputRichBlockParagraph(text=_rich_text(item))
        yield InputRichBlockListItem(blocks=[content], value=number if ordered else None, type="1" if ordered else None)


def _details(title: str, inner: Sequence[Block]) -> Iterator[InputRichBlockUnion]:
    content = list(_rich_blocks(inner))
    summary = clean(title) if MarkedText(title).visible else "…"
    if content:
        yield InputRichBlockDetails(summary=summary, blocks=content)
    else:
        yield InputRichBlockParagraph(text=summary)


def _cell(spans: Spans, *, is_header: bool = False) -> RichBlockTableCell:
    words = _rich_text(spans) if MarkedText(plain_spans(spans)).visible else _EMPTY_CELL
    return RichBlockTableCell(text=words, align="left", valign="top", is_header=is_header or None)


def _rich_text(spans: Spans) -> RichTextUnion:
    pieces = [_rich_span(span) for span in spans if span.text]
    return pieces[0] if len(pieces) == 1 else pieces or _EMPTY_CELL


def _rich_span(span: Inline) -> RichTextUnion:
    words = clean(span.text)
    match span:
        case Text(bold=bold, italic=italic):
            inner: RichTextUnion = RichTextItalic(text=words) if italic else words
            return RichTextBold(text=inner) if bold else inner
        case Mono():
            return RichTextCode(text=words)
        case Link(url=url) if is_web_address(url):
            return RichTextUrl(text=words, url=url)
        case Link():
            return words
        case _:
            assert_never(span)
