"""HTML from strangers as Markdown: words, line ends and code come through, nothing else."""

import re
from html.parser import HTMLParser

from core.bank.importing.markup import fenced, from_plain, mono

_BREAKS = frozenset("br p div li ul ol tr table h1 h2 h3 h4 h5 h6 hr blockquote section article dd dt dl".split())
_INLINE = frozenset("a abbr b big cite del em font i ins kbd q s small span strike strong sub sup th td u var".split())
_CODE = frozenset(("code", "tt", "samp"))
_DROPPED = frozenset("script style head title template iframe object svg math audio video".split())
_EMPTY = frozenset("img input link meta source embed col wbr".split())
_KNOWN = _BREAKS | _INLINE | _CODE | _DROPPED | _EMPTY | {"pre", "html", "body", "tbody", "thead", "center", "button"}
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,10});")


def from_html(text: str) -> str:
    """HTML as Markdown; what looks like a tag but is none that HTML knows (`List<int>`) stays as it was written."""
    parser = _Text()
    parser.feed(text)
    parser.close()
    return parser.markdown()


def has_html(text: str) -> bool:
    """Whether a text holds tags or entities that HTML knows."""
    return bool(_ENTITY.search(text)) or any(tag[1].lower() in _KNOWN for tag in _TAG.finditer(text))


def without_tags(markdown: str) -> str:
    """Markdown without the HTML that some writers mix into it."""
    cleaned = re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL)
    return _TAG.sub(lambda tag: "" if tag[1].lower() in _KNOWN else tag[0], cleaned)


class _Text(HTMLParser):
    """Collects paragraphs: plain text is escaped at the end, code as it comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[tuple[str, str]] = []
        self._dropping = 0
        self._code: list[str] = []
        self._in_code = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping += 1
        elif self._dropping or tag in _INLINE or tag in _EMPTY:
            return
        elif self._in_code:
            self._code.append("\n" if tag in _BREAKS else "")
        elif tag == "pre" or tag in _CODE:
            self._in_code = tag
        elif tag in _BREAKS:
            self._parts.append(("text", "\n" if tag in ("br", "li") else "\n\n"))
        elif tag not in _KNOWN:
            self.handle_data(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED and not (tag == "pre" or tag in _CODE):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropping = max(0, self._dropping - 1)
        elif tag == self._in_code:
            self._close_code()
        elif tag in _BREAKS and tag != "br" and not self._in_code:
            self._parts.append(("text", "\n" if tag == "li" else "\n\n"))
        elif tag not in _KNOWN:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        if self._in_code:
            self._code.append(data)
        else:
            self._parts.append(("text", re.sub(r"[ \t]*\n[ \t]*", " ", data)))

    def _close_code(self) -> None:
        kind = "fence" if self._in_code == "pre" else "mono"
        self._parts.append((kind, "".join(self._code).replace("\xa0", " ")))
        self._code, self._in_code = [], ""

    def markdown(self) -> str:
        """All that was fed, as Markdown."""
        if self._in_code:
            self._close_code()
        paragraphs: list[str] = []
        line = ""
        for kind, content in (*self._parts, ("text", "\n\n")):
            if kind == "fence":
                paragraphs += [line, fenced(content, "python")]
                line = ""
                continue
            if kind == "mono":
                line += mono(content)
                continue
            for number, piece in enumerate(re.split(r"(\n+)", content)):
                if number % 2 == 0:
                    said = _inline(piece)
                    line += said.lstrip(" ") if line.endswith((" ", "\n")) else said
                elif len(piece) > 1:
                    paragraphs.append(line)
                    line = ""
                elif line:
                    line += "\\\n"
        return "\n\n".join(part for part in map(_without_last_break, paragraphs) if part)


def _inline(text: str) -> str:
    """A run of text, escaped, with the blank at either end kept: it may stand beside code."""
    if not text.strip():
        return " " if text else ""
    return (" " if text[0].isspace() else "") + from_plain(text) + (" " if text[-1].isspace() else "")


def _without_last_break(paragraph: str) -> str:
    bare = paragraph.strip(" ")
    while bare.endswith("\\\n"):
        bare = bare.removesuffix("\\\n").rstrip(" ")
    return bare
