"""Any Document at all, for Hypothesis."""

from hypothesis import strategies as st

from core.document import (
    Attachment,
    Block,
    Bullets,
    Button,
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
)

NASTY = (
    "@durov",
    "tg://user?id=1",
    "https://evil.example/x",
    "*bold* _it_ `code` <b>&amp;</b>",
    "\x00\x07\ud800",
    "‮abc‬",
    "👩‍👩‍👧‍👦🇷🇺",
    "\r\n\r\n",
    "   ",
    "__slots__",
)
LONG = (("слово ", 900), ("x", 5000), ("𝒳", 3000), ("line\n", 1200), ("e\u0301", 4000))
long_words = st.sampled_from(LONG).map(lambda piece: piece[0] * piece[1])
words = st.one_of(st.text(max_size=60), st.sampled_from(NASTY), long_words, st.text(alphabet="ab @\n👍й", max_size=200))
urls = st.one_of(st.sampled_from(["https://docs.python.org/3/", "javascript:alert(1)", "http://", "tg://x"]), words)
inlines: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, words, st.booleans(), st.booleans()), st.builds(Mono, words), st.builds(Link, words, urls)
)
spans: st.SearchStrategy[Spans] = st.lists(inlines, max_size=5).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any shape, up to more columns than Telegram takes."""
    columns = draw(st.integers(1, 22))
    cell = st.lists(st.builds(Text, st.text(max_size=12)), max_size=2).map(tuple)
    row = st.tuples(*[cell] * columns)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=4))))


leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, spans),
    st.builds(Paragraph, spans),
    st.builds(CodeBlock, words, st.sampled_from(["", "python", "text"])),
    st.builds(Bullets, st.lists(spans, max_size=60).map(tuple), st.booleans()),
    tables(),
    st.builds(Quote, spans),
    st.builds(Picture, st.binary(max_size=4), words, words, st.sampled_from(["image/png", "image/svg+xml"])),
    st.builds(Attachment, st.binary(max_size=4), words),
)
blocks: st.SearchStrategy[Block] = st.recursive(
    leaves, lambda inner: st.builds(Details, words, st.lists(inner, max_size=3).map(tuple)), max_leaves=6
)
tokens = st.text(alphabet="abcdй:0", min_size=1, max_size=32)
buttons = st.one_of(
    st.builds(Button, words, tokens), st.builds(lambda label, url: Button(label, url=url or "x"), words, urls)
)
rows = st.lists(buttons, min_size=1, max_size=12).map(tuple)
documents = st.builds(Document, st.lists(blocks, max_size=6).map(tuple), st.lists(rows, max_size=30).map(tuple))
