"""The program is found in whatever way people send it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.request import SentFile
from core.chat.snippets import LONGEST_CODE, NoProgramError, TooLongError, Written, written
from core.executor.model import View

MEMORY = frozenset((View.memory,))


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("print(1)", "print(1)"),
        ("\nprint(1)\nprint(2)", "print(1)\nprint(2)"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("```py\nprint(1)```", "print(1)"),
        ("```\nprint(1)\n```", "print(1)"),
        ("```print(1)```", "print(1)"),
        ("look:\n```python\na = 1\n```\nand\n```\nprint(a)\n```", "a = 1\nprint(a)"),
        ("```python\nprint(1)", "print(1)"),
        (">>> a = 1\n>>> for i in a:\n...     pass\nTraceback", "a = 1\nfor i in a:\n    pass"),
        ("if 1:\n\u00a0\u00a0print(1)", "if 1:\n  print(1)"),
        ("print('''```''')", "print('''```''')"),
        ("a = 1\r\nb = 2", "a = 1\nb = 2"),
        ("python = 3", "python = 3"),
    ],
)
def test_code_is_found(message: str, code: str) -> None:
    assert written(message, None, ()).code == code


def test_options_come_first() -> None:
    program = written("--trace --py 3.13 --graph\nprint(--1)", None, ())
    assert program == Written("print(--1)", "", frozenset((View.memory, View.trace, View.graph)), "3.13")
    assert written("--compare a = 1", None, ()).compare
    assert written("--unknown", None, ()).code == "--unknown"


def test_input_follows_its_mark() -> None:
    assert written("x = input()\n--- stdin\nKim\n", None, ()).stdin == "Kim\n"
    fenced = written("```python\nx = input()\n```\n--- stdin\nKim", None, ())
    assert (fenced.code, fenced.stdin) == ("x = input()", "Kim")


def test_a_file_or_the_quoted_message_serves_where_nothing_is_typed() -> None:
    file = SentFile("a.py", "print('я')".encode())
    assert written("", None, (file,)).code == "print('я')"
    assert written("--dis", "see ```\nprint(2)\n```", ()).code == "print(2)"
    assert written("print(3)", "print(2)", (file,)).code == "print(3)"


@pytest.mark.parametrize("message", ["", "  \n", "```\n```", "--trace", "--- stdin\nabc"])
def test_no_program(message: str) -> None:
    with pytest.raises(NoProgramError):
        written(message, None, ())


def test_too_long() -> None:
    with pytest.raises(TooLongError):
        written("#" * (LONGEST_CODE + 1), None, ())


@given(st.text(max_size=500), st.none() | st.text(max_size=100))
def test_any_message_is_read(message: str, quoted: str | None) -> None:
    try:
        program = written(message, quoted, ())
    except NoProgramError:
        return
    assert program.code.strip()
