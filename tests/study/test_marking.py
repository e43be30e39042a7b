"""Typed answers match as people mean them, neither loosely nor pedantically."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bank.model import Question
from core.bank.truth import QuestionTruth
from core.bank.versions import Python
from core.study.marking import LONGEST_RESPONSE, mark_keys, mark_typed, number

PYTHON = Python.named("3.14")


def typed(kind: str, value: str, *accept: str) -> Question:
    truth = QuestionTruth.model_validate(
        {
            "id": "q",
            "kind": kind,
            "level": 1,
            "skill": "know",
            "claims": ["F01"],
            "answers": [{"value": value}],
            "accept": accept,
        }
    )
    return Question(truth, "c", {})


@pytest.mark.parametrize(
    "response",
    [
        "AttributeError",
        "attributeerror",
        " `AttributeError`. ",
        "это AttributeError",
        "ＡttributeError",
        "«AttributeError»",
    ],
)
def test_a_word_is_right_however_it_is_dressed(response: str) -> None:
    assert mark_typed(typed("word", "AttributeError"), PYTHON, response).right


@pytest.mark.parametrize(
    "response",
    ["", "TypeError", "AttributeErrors", "not AttributeError", "AttributeError or TypeError", "x" * 100_000],
)
def test_a_word_is_wrong_when_it_says_something_else(response: str) -> None:
    assert not mark_typed(typed("word", "AttributeError"), PYTHON, response).right


def test_yo_is_ye() -> None:
    assert mark_typed(typed("word", "счётчик"), PYTHON, "счетчик").right


@pytest.mark.parametrize("response", ["1048576", "1 048 576", "1,048,576", "1_048_576", "0x100000", "1048576.0"])
def test_a_number_is_compared_by_value(response: str) -> None:
    assert mark_typed(typed("number", "1048576"), PYTHON, response).right


@pytest.mark.parametrize("response", ["1048577", "", "many", "1 mb", "²", "nan", "1e999", "9" * 190])
def test_another_number_is_wrong(response: str) -> None:
    assert not mark_typed(typed("number", "1048576"), PYTHON, response).right


@given(st.text())
def test_any_text_can_be_marked(response: str) -> None:
    marked = mark_typed(typed("word", "AttributeError"), PYTHON, response)
    assert len(marked.compared) <= LONGEST_RESPONSE * 20
    number(response)


def test_the_version_decides() -> None:
    truth = QuestionTruth.model_validate(
        {
            "id": "q",
            "kind": "single",
            "level": 1,
            "skill": "know",
            "claims": ["F35"],
            "option": [{"key": "yes", "right": ">=3.14"}, {"key": "no", "right": "<3.14"}],
        }
    )
    question = Question(truth, "c", {})
    assert mark_keys(question, Python.named("3.14"), ["yes"]).right
    assert not mark_keys(question, Python.named("3.13"), ["yes"]).right
    assert mark_keys(question, Python.named("3.13"), ["no"]).right
