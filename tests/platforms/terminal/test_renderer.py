"""Whatever is said, a terminal gets lines that fit and that steer nothing."""

import io
import re
import unicodedata

from hypothesis import given, settings
from rich.cells import cell_len

from bot.platforms.terminal.renderer import choice_lines, fold, rendered
from bot.platforms.terminal.screen import WIDEST, Screen
from core.document import (
    Block,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Picture,
    Quote,
    Table,
    bold,
    paragraph,
    text,
)
from tests.platforms.telegram.documents import documents


def shown(*blocks: Block) -> str:
    """What a pipe gets."""
    output = io.StringIO()
    Screen(output, interactive=False).show(rendered(blocks, ["pictures/heap.png"] * 99))
    return output.getvalue()


@settings(max_examples=25, deadline=None)
@given(documents)
def test_any_document_becomes_lines_without_steering(document: Document) -> None:
    printed = shown(*document.blocks)
    assert {char for char in printed if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs")} == set()
    assert all(line == line.rstrip(" ") for line in printed.split("\n"))


@settings(max_examples=25, deadline=None)
@given(documents)
def test_colours_are_the_only_escapes_at_a_prompt(document: Document) -> None:
    output = io.StringIO()
    Screen(output, interactive=True).show(rendered(document.blocks, ["pictures/heap.png"] * 99))
    assert not re.search(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]", output.getvalue())


def test_a_text_is_laid_out_in_readable_lines() -> None:
    lines = shown(paragraph("word " * 100)).splitlines()
    assert max(map(len, lines)) <= WIDEST


def test_a_table_is_aligned_in_both_scripts() -> None:
    table = Table((text("Python"), text("обычный")), ((text("до 3.10"), text("152")), (text("3.12"), text(bold("80")))))
    header, rule, first, second = shown(table).splitlines()[:4]
    assert header.index("обычный") == first.index("152") == second.index("80")
    assert set(rule.strip()) == {"─"}


def test_lists_and_asides_keep_their_edge_when_they_wrap() -> None:
    lines = shown(Bullets((text("word " * 40),)), Quote(text("слово " * 40))).splitlines()
    assert lines[0].startswith("• word")
    assert lines[1].startswith("  word")
    assert [line[:2] for line in lines if "слово" in line] == ["│ "] * 3


def test_code_is_indented_and_any_language_is_taken() -> None:
    assert shown(CodeBlock("if x:\n    pass\n", "python")) == "    if x:\n        pass\n\n"
    assert "    x = 1" in shown(CodeBlock("x = 1", "no such language"))


def test_a_picture_is_its_path_on_one_line() -> None:
    picture = Picture(b"", "heap.png", "alt " * 60)
    assert shown(picture).splitlines()[0].endswith(": pictures/heap.png")


def test_only_long_parts_are_folded() -> None:
    short, long = Details("Sources", (paragraph("a line"),)), Details("More", (paragraph("word " * 200),))
    assert fold((paragraph("first"), long, short)) == ((paragraph("first"), short), (long,))


def test_choices_share_a_line_only_where_they_fit() -> None:
    buttons = [Button("Один", "a"), Button("Два", "b")]
    (line,) = choice_lines(buttons, [], [Button("Manual", url="https://docs.python.org")], 80)[:1]
    assert str(line) == "[1] Один   [2] Два"
    lines = choice_lines(buttons, [], [], 12)
    assert [str(each) for each in lines] == ["[1] Один", "[2] Два"]
    assert all(cell_len(str(each)) <= 12 for each in lines)
