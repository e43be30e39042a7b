"""Foreign text as Markdown that says the same and can do no more."""

import re
from collections.abc import Iterator

from core.bank.markdown import UnsupportedMarkdownError, blocks, spans
from core.document import Block, Bullets, Inline, Link, Table

_DUNDER = re.compile(r"(?<![\w`\\])__\w+?__(?!\w)(?:\(\))?")
_SPECIAL = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)")
_LINE_START = re.compile(r"^(\d{1,9})?(?=#|>|[+-](?:\s|$)|-+\s*$|=+\s*$|(?<=\d)[.)](?:\s|$))")
_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})\s*([A-Za-z0-9+-]{0,20})")
_TRIPLE = re.compile(r"`{3}\s*([^`\n]+?)\s*`{3}")
_IN_BACKTICKS = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(([^)\n]*)\)")
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.+?) *#*$", re.MULTILINE)


def from_plain(text: str) -> str:
    """Plain text as Markdown that shows the very same characters; line ends stay, blank lines part paragraphs."""
    paragraphs = (_plain_paragraph(part) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _plain_paragraph(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\\\n".join(_plain_line(line) for line in lines if line)


def _plain_line(line: str) -> str:
    pieces: list[str] = []
    start = 0
    for name in _DUNDER.finditer(line):
        pieces += (_SPECIAL.sub(r"\\\g<0>", line[start : name.start()]), f"`{name[0]}`")
        start = name.end()
    pieces.append(_SPECIAL.sub(r"\\\g<0>", line[start:]))
    return _LINE_START.sub(lambda mark: f"{mark[1] or ''}\\", "".join(pieces))


def mono(code: str) -> str:
    """Text as inline code; empty for blank text."""
    bare = " ".join(code.split())
    if not bare:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", bare)), default=0)
    quotes = "`" * (longest + 1)
    return f"{quotes} {bare} {quotes}" if longest else f"`{bare}`"


def fenced(code: str, language: str = "") -> str:
    """Text as a code block."""
    longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
    quotes = "`" * (longest + 1)
    return f"{quotes}{language}\n{code.strip(chr(10))}\n{quotes}"


def from_markdown(markdown: str) -> str:
    """Somebody's Markdown as the Markdown that the bank supports: its words stay, what no chat shows becomes plain."""
    return "\n\n".join(part for part in _parts(markdown) if part)


def one_paragraph(markdown: str) -> str:
    """Markdown (ours) as lines without blocks, for prompts, options and comments."""
    try:
        spans(markdown)
    except UnsupportedMarkdownError:
        return from_plain(re.sub(r"^ *(`{3,}\w*|#+ )", "", markdown, flags=re.MULTILINE)).replace("\n\n", "\\\n")
    return markdown


def last_code(markdown: str) -> tuple[str, str]:
    """A prompt without the code block that ends it, and that code; the code is empty where there is none."""
    found = re.search(r"^(`{3,})(?:python|py)?\n((?:.*\n)*?)\1$", markdown.strip(), re.MULTILINE)
    if not found or found.end() != len(markdown.strip()) or not markdown[: found.start()].strip():
        return markdown, ""
    return markdown.strip()[: found.start()].strip(), found[2].rstrip("\n")


def _parts(markdown: str) -> Iterator[str]:
    """Text and code in turn; code is fenced anew, so that nothing in it can end its block."""
    fence, language = "", ""
    collected: list[str] = []
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if (fence and mark and line.strip().startswith(fence)) or (not fence and mark):
            yield fenced("\n".join(collected), language) if fence else _text("\n".join(collected))
            fence, language = ("", "") if fence else (mark[1], mark[2].lower())
            collected = []
            continue
        collected.append(line)
    yield fenced("\n".join(collected), language) if fence else _text("\n".join(collected))


def _text(markdown: str) -> str:
    """Markdown without code blocks, brought into what is supported."""
    if not markdown.strip():
        return ""
    known = _LINK.sub(lambda link: link[0].lstrip("!") if _is_web(link[2]) else link[1], markdown)
    known = re.sub(r"(?<! ) $", "", known, flags=re.MULTILINE)
    known = _outside_backticks(_HEADING.sub(r"#### \1", _TRIPLE.sub(r"`\1`", known).strip()))
    for attempt in (known, re.sub(r"^[ \t]+", "", known, flags=re.MULTILINE)):
        if _is_supported(attempt):
            return attempt
    return from_plain(markdown)


def _outside_backticks(markdown: str) -> str:
    """Dunder names in backticks, where Markdown would turn them bold."""
    pieces: list[str] = []
    start = 0
    for code in _IN_BACKTICKS.finditer(markdown):
        pieces += (_DUNDER.sub(r"`\g<0>`", markdown[start : code.start()]), code[0])
        start = code.end()
    return "".join((*pieces, _DUNDER.sub(r"`\g<0>`", markdown[start:])))


def _is_supported(markdown: str) -> bool:
    if re.search(r"^ {0,3}(#{1,3} |```|~~~)", markdown, re.MULTILINE):
        return False
    try:
        found = blocks(markdown)
    except UnsupportedMarkdownError:
        return False
    return all(_is_web(inline.url) for block in found for inline in _inlines(block) if isinstance(inline, Link))


def _inlines(block: Block) -> Iterator[Inline]:
    match block:
        case Bullets(items):
            for item in items:
                yield from item
        case Table(header, rows):
            for row in (header, *rows):
                for cell in row:
                    yield from cell
        case _:
            yield from getattr(block, "spans", ())


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://")) and " " not in url
