"""Authors' Markdown as blocks of a Document."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.document import Block, Bullets, CodeBlock, Heading, Inline, Link, Mono, Paragraph, Quote, Spans, Table, Text

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


class UnsupportedMarkdownError(ValueError):
    """The text uses Markdown that no chat can show; the message names it."""


@lru_cache(maxsize=4096)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    Supported: paragraphs, emphasis, code, links, headings, one-level lists, fenced code, tables, quotes. Raises
    UnsupportedMarkdownError for anything else, so that a mistake shows in the check and not in a chat.
    """
    tokens = _PARSER.parse(markdown)
    found: list[Block] = []
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        found.append(_block(tokens[position : end + 1]))
        position = end + 1
    return tuple(found)


def spans(markdown: str) -> Spans:
    """One paragraph's worth of Markdown as inline pieces; blank for blank."""
    content: list[Inline] = []
    for block in blocks(markdown):
        if not isinstance(block, Paragraph):
            raise UnsupportedMarkdownError(f"a {type(block).__name__.lower()} where one line of text belongs")
        if content:
            content.append(Text("\n"))
        content.extend(block.spans)
    return tuple(content)


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    raise AssertionError("markdown-it closes what it opens")


def _block(tokens: Sequence[Token]) -> Block:
    match tokens[0].type:
        case "paragraph_open":
            return Paragraph(_inline(tokens[1]))
        case "heading_open":
            return Heading(_inline(tokens[1]))
        case "fence" | "code_block":
            return CodeBlock(tokens[0].content.rstrip("\n"), tokens[0].info.strip())
        case "bullet_list_open" | "ordered_list_open":
            return Bullets(_items(tokens), ordered=tokens[0].type == "ordered_list_open")
        case "blockquote_open":
            return Quote(_joined(token for token in tokens if token.type == "inline"))
        case "table_open":
            return _table(tokens)
        case other:
            raise UnsupportedMarkdownError(f"{other.removesuffix('_open')} is not supported")


def _items(tokens: Sequence[Token]) -> tuple[Spans, ...]:
    if any(token.type.endswith("_list_open") for token in tokens[1:]):
        raise UnsupportedMarkdownError("a list inside a list is not supported")
    items: list[list[Token]] = []
    for token in tokens[1:-1]:
        if token.type == "list_item_open":
            items.append([])
        elif token.type == "inline":
            items[-1].append(token)
        elif token.type in ("fence", "code_block"):
            raise UnsupportedMarkdownError("code inside a list is not supported")
    return tuple(_joined(item) for item in items)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[Spans]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token))
    header, *body = rows
    return Table(tuple(header), tuple(tuple(row) for row in body))


def _joined(inlines: Iterable[Token]) -> Spans:
    joined: list[Inline] = []
    for token in inlines:
        if joined:
            joined.append(Text("\n"))
        joined.extend(_inline(token))
    return tuple(joined)


def _inline(token: Token) -> Spans:
    pieces: list[Inline] = []
    bold = italic = False
    url: str | None = None
    for child in token.children or ():
        match child.type:
            case "text" | "softbreak" | "hardbreak":
                content = child.content if child.type == "text" else (" " if child.type == "softbreak" else "\n")
                if url is not None:
                    pieces.append(Link(content, url))
                elif content:
                    pieces.append(Text(content, bold=bold, italic=italic))
            case "code_inline":
                pieces.append(Mono(child.content) if url is None else Link(child.content, url))
            case "strong_open" | "strong_close":
                bold = child.nesting == 1
            case "em_open" | "em_close":
                italic = child.nesting == 1
            case "link_open":
                url = str(child.attrs["href"])
            case "link_close":
                url = None
            case other:
                raise UnsupportedMarkdownError(f"{other} is not supported")
    return tuple(pieces)
