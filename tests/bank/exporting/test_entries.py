"""What leaves the bank is right for the Python that was asked for."""

from itertools import pairwise

import pytest

from core.bank.model import Bank
from core.bank.truth import Kind
from core.bank.versions import Python
from core.bank.wording import Language
from tests.bank.exporting.conftest import Exported


@pytest.mark.parametrize("python", ["3.11", "3.14"])
def test_the_right_answers_are_those_of_the_python(exported: Exported, bank: Bank, python: str) -> None:
    target = Python.named(python)
    found = exported(Language.EN, python)
    assert {entry.id for entry in found} == {q.id for q in bank.questions.values() if q.truth.asked_on(target)}
    for entry in found:
        truth = bank.questions[entry.id].truth
        if entry.kind in (Kind.NUMBER, Kind.WORD):
            assert entry.answer == truth.answer(target)
        elif entry.kind is not Kind.RECALL:
            assert tuple(option.key for option in entry.options if option.right) == truth.right_keys(target)
        assert "{python}" not in entry.prompt + entry.why


def test_versions_are_told_where_they_differ_and_nowhere_else(exported: Exported) -> None:
    found = exported(Language.RU, "3.14")
    differing = [entry for entry in found if entry.versions]
    assert differing
    for entry in differing:
        answers = [each.answer for each in entry.versions]
        assert all(one != other for one, other in pairwise(answers))


def test_wrong_options_say_why(exported: Exported) -> None:
    silent = {
        entry.id
        for entry in exported(Language.RU, "3.14")
        if entry.kind in (Kind.SINGLE, Kind.MULTIPLE) and not entry.versions
        for option in entry.options
        if not option.right and not option.why
    }
    assert silent == set()


def test_the_place_of_an_option_gives_nothing_away(exported: Exported) -> None:
    choices = [entry for entry in exported(Language.EN, "3.14") if entry.kind is Kind.SINGLE]
    first = sum(entry.shuffled[0].right for entry in choices)
    assert len(choices) / 6 < first < len(choices) / 2
    orders = [entry for entry in exported(Language.EN, "3.14") if entry.kind is Kind.ORDER]
    assert [entry.id for entry in orders if entry.shuffled == entry.options] == []
    assert [entry.shuffled for entry in choices] == [
        entry.shuffled for entry in exported(Language.EN, "3.14") if entry.kind is Kind.SINGLE
    ]
