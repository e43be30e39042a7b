"""Foreign text becomes Markdown that shows the same and can do no more."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bank.importing.html import from_html
from core.bank.importing.markup import fenced, from_markdown, from_plain, last_code, mono, one_paragraph
from core.bank.importing.source import without_controls
from core.bank.importing.toml import Record, table
from core.bank.markdown import blocks, spans
from core.bank.wording import sections
from core.document import CodeBlock, Paragraph, plain_block, plain_spans

_PUNCTUATION = st.text(st.sampled_from("ab1 .\n#>-+=*_`~[]()<>!|&;\\:{}"), max_size=40)


@settings(max_examples=50)
@given(st.one_of(st.text(max_size=60), _PUNCTUATION))
def test_plain_text_shows_its_very_characters(text: str) -> None:
    clean = without_controls(text)
    markdown = from_plain(clean)
    shown = "\n\n".join(plain_block(block) for block in blocks(markdown))
    lines = [[" ".join(line.split()) for line in part.split("\n")] for part in re.split(r"\n\s*\n", clean)]
    wanted = "\n\n".join("\n".join(line for line in part if line) for part in lines if any(part))
    assert shown == wanted
    assert sections(markdown) == ()


@settings(max_examples=50)
@given(st.one_of(st.text(max_size=200), _PUNCTUATION))
def test_any_markdown_becomes_supported_markdown_without_sections(markdown: str) -> None:
    safe = from_markdown(without_controls(markdown))
    assert blocks(safe) is not None
    assert sections(f"## own\n\n{safe}")[1:] == ()
    assert spans(one_paragraph(safe)) is not None


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b>bold</b> &amp; <i>thin</i>", "bold & thin"),
        ("one<br>two<p>three</p>", "one\\\ntwo\n\nthree"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("a <img src=x onerror=alert(1)> b", "a b"),
        ("<code>x &lt; y</code> is", "`x < y` is"),
        ("<pre>for x in y:\n    pass</pre>", "```python\nfor x in y:\n    pass\n```"),
        ("list[int] and List<int>", "list\\[int\\] and List\\<int>"),
        ("__slots__ saves", "`__slots__` saves"),
        ("&lt;script&gt;", "\\<script>"),
        ("<svg><b>x</b></svg>y", "y"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("## not-a-section", "\\## not-a-section"),
    ],
)
def test_html_leaves_words_and_code(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


@settings(max_examples=50)
@given(st.one_of(st.text(max_size=200), st.text(st.sampled_from("<>/abcode preimg\n\"'=&;"), max_size=60)))
def test_any_html_becomes_supported_markdown(html: str) -> None:
    markdown = from_html(without_controls(html))
    assert blocks(markdown) is not None
    assert sections(f"## own\n\n{markdown}")[1:] == ()


def test_links_to_nowhere_lose_their_target_and_pictures_their_sign() -> None:
    markdown = from_markdown("[a](#here) [b](javascript:alert(1)) ![c](http://x.example/c.png) [d](https://d.example)")
    assert markdown.startswith("a b")
    assert "[c](http://x.example/c.png) [d](https://d.example)" in markdown
    assert "javascript" not in markdown


def test_nested_lists_are_flattened() -> None:
    assert from_markdown("- a\n  - b\n- c") == "- a\n- b\n- c"


def test_code_cannot_end_its_own_block() -> None:
    code = 'print("""\n```\n## other\n""")'
    (block,) = blocks(fenced(code, "python"))
    assert block == CodeBlock(code, "python")
    assert [section.name for section in sections(f"## own\n\n{fenced(code)}\n\n## next")] == ["own", "next"]


def test_an_open_fence_is_closed() -> None:
    assert from_markdown("text\n\n```python\nx = 1") == "text\n\n```python\nx = 1\n```"


def test_inline_code_with_backticks_survives() -> None:
    (paragraph,) = blocks(mono("a`b"))
    assert isinstance(paragraph, Paragraph)
    assert plain_spans(paragraph.spans) == "a`b"


def test_the_code_that_ends_a_prompt_is_taken_out() -> None:
    assert last_code("What?\n\n```python\nprint(1)\n\nprint(2)\n```") == ("What?", "print(1)\n\nprint(2)")
    assert last_code("What?") == ("What?", "")


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
    st.booleans(),
    st.integers(-(2**60), 2**60),
)
def test_toml_reads_back_what_was_written(text: str, texts: list[str], truth: bool, number: int) -> None:
    record: Record = {"text": text, "texts": texts, "truth": truth, "number": number, "rows": [{"value": text}]}
    code: Record = {"code": f"{text}\nprint(1)\n"}
    read = tomllib.loads(table("question", record, {"option": [code, code]}))
    assert read == {"question": [{**record, "option": [code, code]}]}
