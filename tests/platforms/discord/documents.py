"""Documents of every shape, with the texts that break markup."""

from hypothesis import strategies as st

from core.document import (
    Attachment,
    Block,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Form,
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
    "@everyone", "@here", "<@1>", "<@&2>", "<#3>", "<:snake:4>", "<t:0:R>", "</run:5>", "https://evil.example/x",
    "[tap](https://evil.example)", "<https://evil.example>", "```", "``", "`", "||", "~~", "__init__", "***", "# ",
    "-# ", "- ", "+ ", "* ", "1. ", "7) ", "> ", ">>> ", "\\", "\n", "\r\n", "\0", "\ud800", "😀", "\u202e", "куча",
)  # fmt: skip

nasty = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=8).map("".join)
long = st.builds(lambda words, times: words * times, nasty, st.integers(1, 150))
texts = nasty | long

styled: st.SearchStrategy[Inline] = st.builds(Text, nasty, st.booleans(), st.booleans()) | st.builds(Mono, nasty)
links = st.builds(Link, nasty, nasty | nasty.map(lambda path: "https://docs.python.org/" + path))
short_spans: st.SearchStrategy[Spans] = st.lists(styled | links, max_size=5).map(tuple)
spans: st.SearchStrategy[Spans] = short_spans | st.builds(lambda words, bold: (Text(words, bold),), long, st.booleans())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(0, 4))
    row = st.tuples(*[short_spans] * columns)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=5))))


pictures = st.builds(Picture, st.binary(max_size=9), nasty, nasty)
attachments = st.builds(Attachment, st.binary(max_size=9), nasty)
flat: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, short_spans),
    st.builds(Paragraph, spans),
    st.builds(CodeBlock, texts, st.sampled_from(["", "python", "not a language"])),
    st.builds(Bullets, st.lists(spans, max_size=6).map(tuple), st.booleans()),
    tables(),
    st.builds(Quote, spans),
    pictures,
    attachments,
)
blocks: st.SearchStrategy[Block] = st.recursive(
    flat, lambda inner: st.builds(Details, nasty, st.lists(inner, max_size=4).map(tuple)), max_leaves=6
)

forms = st.none() | st.builds(Form, nasty, nasty, st.booleans())
buttons = st.builds(Button, nasty, token=st.from_regex(r"[a-z0-9:_-]{1,64}", fullmatch=True), form=forms) | st.builds(
    Button, nasty, url=st.just("https://docs.python.org/3/")
)
rows = st.lists(st.lists(buttons, max_size=9).map(tuple), max_size=9).map(tuple)
documents = st.builds(Document, st.lists(blocks, max_size=8).map(tuple), rows)
