"""Blocks as HTML that needs nothing from outside: everything is escaped, code is highlighted by inline styles."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

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
)

STYLE = "friendly"
"""Pygments' style: dark on light, told apart in grey print as well."""


def html_of(blocks: Iterable[Block]) -> str:
    """Blocks as HTML."""
    return "\n".join(_block(block) for block in blocks)


def html_of_spans(spans: Spans) -> str:
    """Inline pieces as HTML."""
    return "".join(_inline(span) for span in spans)


@lru_cache(maxsize=2048)
def html_of_code(code: str, language: str = "") -> str:
    """Code in a `<pre>`, coloured where Pygments knows the language."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False) if language else TextLexer(stripnl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False)
    coloured = highlight(code, lexer, HtmlFormatter(noclasses=True, nowrap=True, style=STYLE))
    return f'<pre class="code"><code>{coloured.rstrip()}</code></pre>'


def html_of_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of plain texts."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{html_of_spans(spans)}</p>"
        case Heading(spans):
            return f"<h4>{html_of_spans(spans)}</h4>"
        case Quote(spans):
            return f"<blockquote>{html_of_spans(spans)}</blockquote>"
        case CodeBlock(code, language):
            return html_of_code(code, language)
        case Bullets(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{html_of_spans(item)}</li>' for item in items)}</{tag}>"
        case Table(header, rows):
            return _table(header, rows)
        case Details(title, blocks):
            return f"<h4>{escape(title)}</h4>\n{html_of(blocks)}"
        case Picture(alt=label) | Attachment(name=label):
            return f"<p>{escape(label)}</p>"


def _table(header: Iterable[Spans], rows: Iterable[Iterable[Spans]]) -> str:
    head = "".join(f"<th>{html_of_spans(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{html_of_spans(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(span: Inline) -> str:
    match span:
        case Mono(text):
            return f"<code>{escape(text)}</code>"
        case Link(text, url):
            return f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>'
        case Text(text, bold, italic):
            said = escape(text).replace("\n", "<br>")
            said = f"<i>{said}</i>" if italic else said
            return f"<b>{said}</b>" if bold else said
