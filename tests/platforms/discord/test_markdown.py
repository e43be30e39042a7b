"""Whatever was typed is shown as it was typed."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.markdown import ZERO_WIDTH, clean, escape, fenced, fitted, length, markup, shortened
from core.document import Inline, Link, Mono, Text
from tests.platforms.discord.documents import long, nasty, short_spans, styled, texts
from tests.platforms.discord.reader import Shown, Unwanted, read


def shown(span: Inline) -> list[Shown]:
    styles = {"mono"} if isinstance(span, Mono) else set()
    if isinstance(span, Text):
        styles = {name for name, on in (("bold", span.bold), ("italic", span.italic)) if on}
    return [(sign, frozenset(styles)) for sign in clean(span.text) if not sign.isspace() and sign != ZERO_WIDTH]


@settings(deadline=None, max_examples=200)
@given(st.lists(styled, max_size=6).map(tuple))
def test_text_is_read_as_it_was_written(spans: tuple[Inline, ...]) -> None:
    visible = [(sign, styles) for sign, styles in read(markup(spans)) if sign != ZERO_WIDTH]

    assert visible == [sign for span in spans for sign in shown(span)]


@pytest.mark.parametrize(
    "typed", ["**x**", "@everyone", "<@1>", "https://x.example", "# x", "- x", "1. x", "> x", "```\nx\n```", "||x||"]
)
def test_the_reader_would_see_it_if_it_were_not_escaped(typed: str) -> None:
    plain = [(sign, frozenset[str]()) for sign in typed if not sign.isspace()]

    with contextlib.suppress(Unwanted):
        assert list(read(typed)) != plain

    assert [pair for pair in read(escape(typed)) if pair[0] != ZERO_WIDTH] == plain


@settings(deadline=None, max_examples=40)
@given(texts)
def test_code_cannot_end_its_fence(code: str) -> None:
    block = fenced(code, "python")

    opened, closed = block.removeprefix("```python\n"), "\n```"
    assert opened.endswith(closed)
    inside = opened.removesuffix(closed)
    assert "```" not in inside
    assert not code.strip() or inside.replace(ZERO_WIDTH, "") == clean(code).replace(ZERO_WIDTH, "")


@settings(deadline=None, max_examples=40)
@given(short_spans, st.integers(1700, 3800))
def test_a_long_text_is_cut_to_pieces_that_fit(spans: tuple[Inline, ...], room: int) -> None:
    many = spans * 40

    for piece in fitted(many, room):
        assert length(piece) <= room


@settings(deadline=None, max_examples=40)
@given(long)
def test_nothing_is_lost_by_cutting(words: str) -> None:
    pieces = list(fitted((Text(words, bold=True),), 1800))

    visible = "".join(sign for piece in pieces for sign, _ in read(piece))
    assert visible.replace(ZERO_WIDTH, "") == "".join(clean(words).split()).replace(ZERO_WIDTH, "")


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("docs", "https://docs.python.org/3/"), "[docs](https://docs.python.org/3/)"),
        (Link("a[0]", "https://x.example/(1)"), "[a［0］](https://x.example/%281%29)"),
        (Link("", "https://x.example"), "<https://x.example>"),
        (Link("https://bank.example", "https://evil.example"), "<https://evil.example>"),
        (Link("*tap*", "javascript:alert(1)"), r"\*tap\*"),
    ],
)
def test_only_a_link_is_a_link(link: Link, written: str) -> None:
    assert markup((link,)) == written


@settings(deadline=None, max_examples=40)
@given(nasty, st.integers(2, 100))
def test_a_label_is_one_line_that_fits(words: str, limit: int) -> None:
    label = shortened(words, limit)

    assert label
    assert "\n" not in label
    assert length(label) <= limit
