"""The next question: due ones first, nothing twice in a row, the learner's level and version."""

from datetime import UTC, datetime, timedelta
from random import Random

from core.bank.model import Bank
from core.bank.versions import TAUGHT, Python
from core.study.memory import Grade, Memory, reviewed
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
