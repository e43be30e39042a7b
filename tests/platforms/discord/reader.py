"""Discord's client as a reader of markdown, after the rules it publishes in its fork of simple-markdown.

It says of every visible character how it is shown, and refuses whatever only a client could add: mentions, emoji,
timestamps, links, headings, lists, quotes, spoilers.
"""

import re
from collections.abc import Iterator

Shown = tuple[str, frozenset[str]]

_AT_LINE_START = re.compile(r" *(?:#{1,3}\s|-#\s|>(?:>>)?\s|[*+-] |\d+[.)] )")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_FENCE = re.compile(r"```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```", re.IGNORECASE)
_CODE = re.compile(r"(`+)\s*([\s\S]*?[^`])\s*\1(?!`)")
_STRONG = re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
_EMPHASIS = re.compile(
    r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)|\b_((?:__|\\[\s\S]|[^\\_])+?)_\b"
)
_ONLY_A_CLIENT = {
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "strike": re.compile(r"~~([\s\S]+?)~~(?!_)"),
    "spoiler": re.compile(r"\|\|([\s\S]+?)\|\|"),
    "link": re.compile(r"\[[^\]]*\]\([^)]+\)|<?https?://[^\s<]+"),
    "mention": re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/)\S+?>|@everyone|@here"),
}


class Unwanted(AssertionError):
    """Text became something that its writer could use against the readers."""


def read(markdown: str, styles: frozenset[str] = frozenset(), line_start: bool = True) -> Iterator[Shown]:
    """The visible characters, without spaces, each with its styles."""
    at = 0
    while at < len(markdown):
        rest = markdown[at:]
        if line_start and (sign := _AT_LINE_START.match(rest)):
            raise Unwanted(f"{sign[0]!r} starts a block")
        line_start = markdown[at] == "\n" or (line_start and markdown[at] == " ")
        if escaped := _ESCAPE.match(rest):
            yield escaped[1], styles
            at += 2
            continue
        if _FENCE.match(rest):
            raise Unwanted("text became a code block")
        if code := _CODE.match(rest):
            yield from ((sign, styles | {"mono"}) for sign in code[2] if not sign.isspace())
            at += len(code[0])
            continue
        strong, emphasis = _STRONG.match(rest), _EMPHASIS.match(rest)
        if strong and (not emphasis or len(strong[0]) >= len(emphasis[0])):
            yield from read(strong[1], styles | {"bold"}, line_start=False)
            at += len(strong[0])
            continue
        if emphasis:
            yield from read(emphasis[1] or emphasis[2], styles | {"italic"}, line_start=False)
            at += len(emphasis[0])
            continue
        for name, rule in _ONLY_A_CLIENT.items():
            if rule.match(rest):
                raise Unwanted(f"text became a {name}")
        if not markdown[at].isspace():
            yield markdown[at], styles
        at += 1
