"""A Document as Telegram messages: text and entities, pictures, files, keyboards, each within its limits."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from bot.platforms.telegram.keyboard import is_web_address, keyboards
from bot.platforms.telegram.limits import CAPTION_UNITS, ENTITIES, MESSAGE_UNITS, PHOTO_BYTES, UPLOAD_BYTES
from bot.platforms.telegram.marked_text import Composer, MarkedText, MarkKind, clean
from bot.platforms.telegram.outgoing import MediaFile, Outgoing, Passage
from bot.platforms.telegram.rich import rich_message
from core.document import (
    Attachment,
    Block,
    Bullets,
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
    aligned_rows,
    text,
)

PHONE_COLUMNS = 44
"""Widest line of monospaced text that still fits a phone held upright; wider tables become lists."""
_PLACEHOLDER = MarkedText("…")
_TAPPABLE = re.compile("/[a-z0-9_]{1,32}")
"""A command as Telegram finds it in plain text and lets people tap; in monospaced text it would be dead."""
_FORMATS = {"png", "jpeg", "webp", "gif"}


def render(document: Document) -> tuple[Outgoing, ...]:
    """The messages of a document; none when it has no blocks.

    Buttons go under the last text, because a text can be edited when one is tapped and a picture cannot.
    """
    if not document.blocks:
        return ()
    messages = list(_messages(document.blocks)) or [Passage((_PLACEHOLDER,))]
    place = max((index for index, message in enumerate(messages) if isinstance(message, Passage)), default=-1)
    for page, keyboard in enumerate(keyboards(document.buttons)):
        if page:
            messages.append(Passage((_PLACEHOLDER,)))
            place = -1
        messages[place] = replace(messages[place], keyboard=keyboard)
    return tuple(messages)


def marked(blocks: tuple[Block, ...]) -> MarkedText:
    """Text blocks as one marked text, a blank line between two; pictures and files are left out."""
    composer = Composer()
    _compose(composer, blocks, folded=False)
    return composer.finish()


def _messages(blocks: tuple[Block, ...]) -> Iterator[Outgoing]:
    run: list[Block] = []
    for block in _hoisted(blocks):
        if isinstance(block, Picture | Attachment):
            yield from _passage(tuple(run))
            run.clear()
            yield from _media(block)
        else:
            run.append(block)
    yield from _passage(tuple(run))


def _hoisted(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks with pictures and files taken out of folds: they are messages of their own."""
    for block in blocks:
        yield block
        if isinstance(block, Details):
            yield from (inner for inner in _hoisted(block.blocks) if isinstance(inner, Picture | Attachment))


def _passage(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    texts = tuple(marked(blocks).pieces(MESSAGE_UNITS, ENTITIES))
    if texts:
        yield Passage(texts, rich_message(blocks))


def _media(block: Picture | Attachment) -> Iterator[Outgoing]:
    words = block.alt if isinstance(block, Picture) else ""
    if len(block.content) > UPLOAD_BYTES or not block.content:
        yield from _passage((Paragraph(text(words or block.name)),))
        return
    shown = isinstance(block, Picture) and block.media_type.removeprefix("image/") in _FORMATS
    caption = next(marked((Paragraph(text(words)),)).pieces(CAPTION_UNITS, ENTITIES), MarkedText(""))
    name = block.name.replace("/", "_") or "file"
    yield MediaFile(block.content, name, caption, photo=shown and len(block.content) <= PHOTO_BYTES)


def _compose(composer: Composer, blocks: tuple[Block, ...], *, folded: bool) -> None:
    first = True
    for block in blocks:
        if isinstance(block, Picture | Attachment):
            continue
        if not first:
            composer.add("\n\n")
        first = False
        _compose_block(composer, block, folded=folded)


def _compose_block(composer: Composer, block: Block, *, folded: bool) -> None:
    start = composer.position
    match block:
        case Heading(spans):
            _compose_spans(composer, spans, MarkKind.BOLD)
        case Paragraph(spans):
            _compose_spans(composer, spans)
        case CodeBlock(code, language):
            composer.add(clean(code).strip("\n"), MarkKind.PRE, value=language)
        case Bullets(items, ordered):
            for number, item in enumerate(items, 1):
                composer.add(("" if number == 1 else "\n") + (f"{number}. " if ordered else "• "))
                _compose_spans(composer, item)
        case Table():
            _compose_table(composer, block)
        case Quote(spans):
            _compose_spans(composer, spans)
            if not folded:
                composer.mark(start, MarkKind.QUOTE)
        case Details(title, blocks):
            composer.add(title, MarkKind.BOLD)
            composer.add("\n")
            _compose(composer, blocks, folded=True)
            if not folded:
                composer.mark(start, MarkKind.FOLDED_QUOTE)
        case Picture() | Attachment():
            pass
        case _:
            assert_never(block)


def _compose_table(composer: Composer, table: Table) -> None:
    lines = list(aligned_rows(table))
    if max(map(len, lines)) <= PHONE_COLUMNS:
        composer.add("\n".join(lines), MarkKind.PRE)
        return
    for number, row in enumerate(table.rows):
        composer.add("\n• " if number else "• ")
        _compose_spans(composer, row[0], MarkKind.BOLD)
        for name, cell in zip(table.header[1:], row[1:], strict=True):
            composer.add("\n   ")
            _compose_spans(composer, name)
            composer.add(": ")
            _compose_spans(composer, cell)


def _compose_spans(composer: Composer, spans: Spans, emphasis: MarkKind | None = None) -> None:
    for span in spans:
        _compose_span(composer, span, emphasis)


def _compose_span(composer: Composer, span: Inline, emphasis: MarkKind | None) -> None:
    always = (emphasis,) if emphasis else ()
    match span:
        case Text(words, bold, italic):
            marks = {*always, *((MarkKind.BOLD,) if bold else ()), *((MarkKind.ITALIC,) if italic else ())}
            composer.add(words, *sorted(marks))
        case Mono(words) if _TAPPABLE.fullmatch(words):
            composer.add(words)
        case Mono(words):
            composer.add(words, MarkKind.CODE)
        case Link(words, url) if is_web_address(url):
            composer.add(words, MarkKind.LINK, value=url)
        case Link(words):
            composer.add(words, *always)
        case _:
            assert_never(span)
