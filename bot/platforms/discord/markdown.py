"""Spans as Discord markdown, in which text can only ever be read as text."""

import re
from collections.abc import Iterator

from core.document import Inline, Link, Mono, Spans, Text

ZERO_WIDTH = "\u200b"
LINK_CHARACTERS = 1500
WORD_CHARACTERS = 200

_MARKS = re.compile(r"[\\*_~`|<>\[\]#]|:(?=//)")
_LIST_SIGN = re.compile(r"^([^\S\n]*)([-+])", re.MULTILINE)
_LIST_NUMBER = re.compile(r"^([^\S\n]*\d+)([.)])", re.MULTILINE)
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_WORD = re.compile(r"\S+\s*|\s+")
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_LEFT_OUT_OF_LINKS = {ord(sign): f"%{ord(sign):02X}" for sign in "()<>\"'\\ \n\t`|"}
_FULLWIDTH_BRACKETS = str.maketrans("[]", "［］")


def length(markup: str) -> int:
    """UTF-16 units, which is never less than what Discord counts."""
    return len(markup.encode("utf-16-le", "surrogatepass")) // 2


def shortened(words: str, limit: int) -> str:
    """One line of at most `limit` UTF-16 units that is never empty: for labels, titles and choices."""
    line = " ".join(clean(words).split()) or "…"
    if length(line) <= limit:
        return line
    line = line[:limit]
    while length(line) > limit - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def clean(words: str) -> str:
    """The text without what JSON or Discord would refuse: NUL, lone surrogates, carriage returns."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escape(words: str) -> str:
    """Text that stays what it is: no emphasis, mention, list, quote, heading, timestamp or bare link."""
    words = _MARKS.sub(r"\\\g<0>", clean(words))
    words = _LIST_SIGN.sub(r"\1\\\2", words)
    words = _LIST_NUMBER.sub(r"\1\\\2", words)
    return _EVERYBODY.sub("@" + ZERO_WIDTH, words)


def markup(spans: Spans) -> str:
    """The spans as markdown; neighbours whose marks would run together are held apart by a zero-width space."""
    out = ""
    for span in _merged(spans):
        piece = _inline(span)
        if out.endswith(("*", "`")) and piece.startswith(("*", "`")):
            out += ZERO_WIDTH
        out += piece
    return out


def fitted(spans: Spans, room: int) -> Iterator[str]:
    """The spans as markdown in pieces of at most `room` UTF-16 units, cut between words where there are any."""
    whole = markup(spans)
    if length(whole) <= room:
        yield whole
        return
    taken: list[Inline] = []
    used = 0
    for word in _words(spans):
        cost = length(_inline(word)) + 1
        if taken and used + cost > room:
            yield markup(tuple(taken))
            taken, used = [], 0
        taken.append(word)
        used += cost
    yield markup(tuple(taken))


def one_line(spans: Spans) -> Spans:
    """The same spans without line breaks."""
    return tuple(_with_text(span, re.sub(r"\s*[\r\n]\s*", " ", span.text)) for span in spans)


def fenced(code: str, language: str = "") -> str:
    """A code block whose content cannot end it."""
    tongue = language if re.fullmatch(r"[A-Za-z0-9_+\-.#]+", language) else ""
    return f"```{tongue}\n{guarded(code) if code.strip() else ' '}\n```"


def guarded(code: str) -> str:
    """Code in which no three backticks touch."""
    return re.sub("`(?=``)", "`" + ZERO_WIDTH, clean(code))


def _merged(spans: Spans) -> Iterator[Inline]:
    last: Inline | None = None
    for span in spans:
        if not span.text and not isinstance(span, Link):
            continue
        if isinstance(last, Text) and isinstance(span, Text) and (last.bold, last.italic) == (span.bold, span.italic):
            last = Text(last.text + span.text, span.bold, span.italic)
            continue
        if isinstance(last, Mono) and isinstance(span, Mono):
            last = Mono(last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _inline(span: Inline) -> str:
    match span:
        case Text(words, bold, italic):
            marks = "**" * bold + "*" * italic
            edges = _EDGES.match(clean(words))
            if not marks or edges is None or not edges[2]:
                return escape(words)
            return f"{edges[1]}{marks}{escape(edges[2])}{marks[::-1]}{edges[3]}"
        case Mono(code):
            return _code_span(code)
        case Link(label, url):
            return _link(label, url)


def _code_span(code: str) -> str:
    line = " ".join(clean(code).split("\n"))
    if not line.strip():
        return line
    if "`" not in line:
        return f"`{line}`"
    return f"`` {re.sub('`(?=`)', '`' + ZERO_WIDTH, line)} ``"


def _link(label: str, url: str) -> str:
    address = clean(url).translate(_LEFT_OUT_OF_LINKS)
    if not address.startswith(("https://", "http://")) or length(address) > LINK_CHARACTERS:
        return escape(label)
    words = " ".join(label.split())[:WORD_CHARACTERS]
    if not words or "://" in words:
        return f"<{address}>"
    return f"[{escape(words.translate(_FULLWIDTH_BRACKETS))}]({address})"


def _words(spans: Spans) -> Iterator[Inline]:
    for span in spans:
        if isinstance(span, Link):
            yield span
            continue
        for word in _WORD.findall(span.text):
            for start in range(0, len(word), WORD_CHARACTERS):
                yield _with_text(span, word[start : start + WORD_CHARACTERS])


def _with_text(span: Inline, words: str) -> Inline:
    match span:
        case Text(_, bold, italic):
            return Text(words, bold, italic)
        case Mono():
            return Mono(words)
        case Link(_, url):
            return Link(words, url)
