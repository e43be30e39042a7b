"""Generated questions among the written ones: all that a family makes are one thing to know."""

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
        made = {id for id in recent if id.startswith("gen-")}
        question = next_question(shelf, wish, 2, PYTHON, memories, recent[:24], NOW, random, generated=made)
        assert question is not None
        item = shelf.item(question.id)
        memories[item] = reviewed(item, memories.get(item), Grade.EASY, NOW)
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


def test_a_due_family_asks_another_of_its_questions(bank: Bank, supply: Supply) -> None:
    memory = reviewed("gen-aliases", None, Grade.AGAIN, NOW - timedelta(days=1))
    shelf, made = Shelf(bank, supply), set[str]()
    for seed in range(200):
        chosen = next_question(
            shelf, Wish(), 1, PYTHON, {memory.question: memory}, [], NOW, Random(seed), generated=made
        )
        assert chosen is not None
        assert chosen.id.startswith("gen-aliases-")
        assert chosen.id not in made
        made.add(chosen.id)


def test_a_due_family_waits_like_any_question_that_was_asked_a_moment_ago(bank: Bank, supply: Supply) -> None:
    memory = reviewed("gen-aliases", None, Grade.AGAIN, NOW - timedelta(days=1))
    for seed in range(20):
        chosen = next_question(
            Shelf(bank, supply),
            Wish(),
            1,
            PYTHON,
            {memory.question: memory},
            ["gen-aliases-5"],
            NOW,
            Random(seed),
        )
        assert chosen is not None
        assert not chosen.id.startswith("gen-aliases-")


def test_a_family_is_new_once(bank: Bank, supply: Supply) -> None:
    ids = asked(bank, supply, Wish(2, "slots"), 14)
    families = [id.rpartition("-")[0] for id in ids if id.startswith("gen-")]
    assert sorted(families) == sorted(family.key for family in supply.families(2, "slots"))


def test_a_family_belongs_to_its_topic(bank: Bank, supply: Supply) -> None:
    shelf = Shelf(bank, supply)
    assert shelf.item("gen-slots-bases-1") == "gen-slots-bases"
    assert shelf.item("slots-mixin") == "slots-mixin"
    assert shelf.competency("gen-slots-bases-1") == "slots"
    assert shelf.competency("gen-nothing-1") is None
    assert shelf.syllabus(PYTHON).places["gen-slots-bases"] == (2, "slots")


def test_what_earlier_versions_remembered_by_seed_is_left_alone(bank: Bank, supply: Supply) -> None:
    id = "gen-aliases-5"
    memory = reviewed(id, None, Grade.AGAIN, NOW - timedelta(days=1))
    chosen = {
        question.id
        for seed in range(50)
        if (
            question := next_question(
                Shelf(bank, supply), Wish(), 1, PYTHON, {id: memory}, [], NOW, Random(seed), generated={id}
            )
        )
    }
    assert len(chosen) > 20
    assert id not in chosen
