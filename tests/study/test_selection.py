"""The next question: due ones first, nothing twice in a row, the learner's level and version."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.bank.model import Bank
from core.bank.versions import TAUGHT, Python
from core.study.memory import EARLY, Grade, Memory, chance, reviewed
from core.study.selection import WINDOW, Shelf, Wish, next_question

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PYTHON = Python.named("3.14")


def test_a_due_question_comes_before_a_new_one(bank: Bank) -> None:
    due = next(iter(bank.questions.values()))
    memory = reviewed(due.id, None, Grade.AGAIN, NOW - timedelta(days=1))
    chosen = next_question(Shelf(bank), Wish(), 1, PYTHON, {due.id: memory}, [], NOW, Random(1))
    assert chosen is due


def test_nothing_comes_back_within_the_window(bank: Bank) -> None:
    shelf, random, memories, recent = Shelf(bank), Random(1), dict[str, Memory](), list[str]()
    for _ in range(200):
        question = next_question(shelf, Wish(), 1, PYTHON, memories, recent, NOW, random)
        assert question is not None
        assert question.id not in recent[:WINDOW]
        memories[question.id] = reviewed(question.id, memories.get(question.id), Grade.AGAIN, NOW - timedelta(hours=1))
        recent.insert(0, question.id)


def test_a_wish_is_kept(bank: Bank) -> None:
    random = Random(1)
    for level in (1, 2, 3):
        for _ in range(20):
            chosen = next_question(Shelf(bank), Wish(level, None), 1, PYTHON, {}, [], NOW, random)
            assert chosen is not None
            assert chosen.truth.level == level
    chosen = next_question(Shelf(bank), Wish(None, "slots"), 1, PYTHON, {}, [], NOW, random)
    assert chosen is not None
    assert chosen.competency == "slots"


def test_every_question_is_asked_sooner_or_later(bank: Bank) -> None:
    shelf, random, memories = Shelf(bank), Random(1), dict[str, Memory]()
    while True:
        question = next_question(shelf, Wish(level=1), 1, PYTHON, memories, [], NOW, random)
        assert question is not None
        if question.id in memories:
            break
        memories[question.id] = reviewed(question.id, None, Grade.EASY, NOW)
    expected = {q.id for q in bank.questions.values() if q.truth.level == 1 and q.truth.asked_on(PYTHON)}
    assert memories.keys() == expected


def cells_of(bank: Bank, level: int) -> dict[str, list[str]]:
    """The questions of a level by competency, for the learners' Python."""
    found: dict[str, list[str]] = {}
    for question in bank.questions.values():
        if question.truth.level == level and question.truth.asked_on(PYTHON):
            found.setdefault(question.competency, []).append(question.id)
    return found


def answered(right: list[str], wrong: list[str]) -> dict[str, Memory]:
    """Memories that are not due yet."""
    hour_ago = NOW - timedelta(minutes=1)
    graded = [*((id, Grade.EASY) for id in right), *((id, Grade.AGAIN) for id in wrong)]
    return {id: reviewed(id, None, grade, hour_ago) for id, grade in graded}


def test_every_competency_is_touched_before_any_is_asked_twice(bank: Bank) -> None:
    cells = cells_of(bank, 2)
    shelf, random, memories, topics = Shelf(bank), Random(1), dict[str, Memory](), list[str]()
    for _ in cells:
        question = next_question(shelf, Wish(), 2, PYTHON, memories, [], NOW, random)
        assert question is not None
        topics.append(question.competency)
        memories[question.id] = reviewed(question.id, None, Grade.EASY, NOW)
    assert sorted(topics) == sorted(cells)


def test_the_weakest_competency_comes_first_then(bank: Bank) -> None:
    cells = cells_of(bank, 2)
    known = [ids[0] for topic, ids in cells.items() if topic not in ("slots", "weak-references")]
    memories = answered([*known, *cells["slots"][:3], cells["weak-references"][0]], cells["weak-references"][1:3])
    for seed in range(20):
        question = next_question(Shelf(bank), Wish(), 2, PYTHON, memories, [], NOW, Random(seed))
        assert question is not None
        assert (question.truth.level, question.competency) == (2, "weak-references")
        assert question.id not in memories


def test_a_weak_competency_of_another_level_waits(bank: Bank) -> None:
    memories = answered([ids[0] for ids in cells_of(bank, 1).values()], cells_of(bank, 3)["pymalloc"][:3])
    question = next_question(Shelf(bank), Wish(), 1, PYTHON, memories, [], NOW, Random(1))
    assert question is not None
    assert question.truth.level == 1


def test_only_questions_of_the_learners_version(bank: Bank) -> None:
    for label in TAUGHT:
        python = Python.named(label)
        for seed in range(50):
            chosen = next_question(Shelf(bank), Wish(), 3, python, {}, [], NOW, Random(seed))
            assert chosen is not None
            assert chosen.truth.asked_on(python)


def test_nothing_fits_an_unknown_topic(bank: Bank) -> None:
    assert next_question(Shelf(bank), Wish(None, "nowhere"), 1, PYTHON, {}, [], NOW, Random(1)) is None


def test_a_right_answer_is_remembered_longer_than_a_wrong_one() -> None:
    right = reviewed("q", None, Grade.GOOD, NOW)
    wrong = reviewed("q", None, Grade.AGAIN, NOW)
    assert NOW < wrong.due < right.due
    again = reviewed("q", right, Grade.GOOD, right.due)
    assert again.due - right.due > right.due - NOW


@pytest.mark.parametrize("retention", [70, 80, 90, 97])
def test_who_wants_to_remember_more_is_asked_sooner(retention: int) -> None:
    first = reviewed("q", None, Grade.EASY, NOW, retention)
    assert chance(first, first.due + EARLY) == pytest.approx(retention / 100, abs=0.02)
    assert reviewed("q", None, Grade.EASY, NOW, retention - 1).due >= first.due


def test_at_the_same_time_of_day_a_few_minutes_cost_no_day() -> None:
    first = reviewed("q", None, Grade.GOOD, NOW + timedelta(minutes=5))
    after_two_days = NOW + timedelta(days=2)
    assert NOW + timedelta(days=1) < first.due <= after_two_days
    early = reviewed("q", first, Grade.GOOD, after_two_days)
    late = reviewed("q", first, Grade.GOOD, after_two_days + timedelta(minutes=10))
    assert early.card["stability"] == late.card["stability"]
