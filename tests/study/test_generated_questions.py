"""Generated questions among the written ones."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.bank.generators.supply import Supply
from core.bank.model import Bank
from core.bank.versions import Python
from core.study.memory import Grade, Memory, reviewed
from core.study.selection import GENERATED_SHARE, Shelf, Wish, next_question

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PYTHON = Python.named("3.14")


@pytest.fixture(scope="module")
def supply() -> Supply:
    return Supply()


def asked(bank: Bank, supply: Supply | None, wish: Wish, count: int) -> list[str]:
    """The ids of that many questions in a row, each answered well."""
    shelf, random, memories = Shelf(bank, supply), Random(1), dict[str, Memory]()
    recent: list[str] = []
    for _ in range(count):
        question = next_question(shelf, wish, 2, PYTHON, memories, recent, NOW, random)
        assert question is not None
        memories[question.id] = reviewed(question.id, None, Grade.EASY, NOW)
        recent.insert(0, question.id)
    return recent[::-1]


def test_some_new_questions_are_generated(bank: Bank, supply: Supply) -> None:
    assert any(id.startswith("gen-") for id in asked(bank, supply, Wish(), 60))
    first = asked(bank, supply, Wish(2, "slots"), 12)
    share = sum(id.startswith("gen-") for id in first) / len(first)
    assert 0 < share <= 2 * GENERATED_SHARE


def test_the_questions_of_a_topic_do_not_end(bank: Bank, supply: Supply) -> None:
    ids = asked(bank, supply, Wish(None, "slots"), 90)
    assert len(set(ids)) == 90
    written = {question.id for question in bank.questions_of("slots") if question.truth.asked_on(PYTHON)}
    assert written <= set(ids)
    assert all(id.startswith("gen-slots-") for id in set(ids) - written)


def test_a_topic_without_a_generator_keeps_to_what_is_written(bank: Bank, supply: Supply) -> None:
    assert not any(id.startswith("gen-") for id in asked(bank, supply, Wish(None, "gil-and-gc"), 20))


def test_a_due_generated_question_comes_back(bank: Bank, supply: Supply) -> None:
    id = "gen-aliases-5"
    memory = reviewed(id, None, Grade.AGAIN, NOW - timedelta(days=1))
    chosen = next_question(Shelf(bank, supply), Wish(), 1, PYTHON, {id: memory}, [], NOW, Random(1))
    assert chosen == supply.question(id)


def test_practice_with_generated_questions_counts_for_their_topic(bank: Bank, supply: Supply) -> None:
    shelf = Shelf(bank, supply)
    assert shelf.competency("gen-slots-bases-1") == "slots"
    assert shelf.competency("gen-nothing-1") is None
