"""A right answer counts for less when it was made easier."""

from datetime import UTC, datetime, timedelta

import pytest

from core.bank.wording import Language
from core.study.grading import Eased, Graded, graded
from core.study.learner import Learner
from core.study.memory import Grade, reviewed

NOW = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
LEARNER = Learner(1, Language.RU, 1, "Europe/Moscow", "3.14")
TODAY = LEARNER.local(NOW).date()


@pytest.mark.parametrize("grade", [Grade.HARD, Grade.GOOD, Grade.EASY])
def test_with_help_it_is_hard(grade: Grade) -> None:
    assert graded(grade, None, LEARNER, TODAY, helped=True) == Graded(Grade.HARD, Eased.HINT)


@pytest.mark.parametrize("grade", [Grade.HARD, Grade.GOOD, Grade.EASY])
def test_at_the_second_look_it_is_hard(grade: Grade) -> None:
    wrong = reviewed("q", None, Grade.AGAIN, NOW - timedelta(minutes=20))
    assert graded(grade, wrong, LEARNER, TODAY, helped=False) == Graded(Grade.HARD, Eased.SECOND_LOOK)


def test_a_wrong_answer_stays_wrong() -> None:
    wrong = reviewed("q", None, Grade.AGAIN, NOW - timedelta(minutes=20))
    assert graded(Grade.AGAIN, wrong, LEARNER, TODAY, helped=True) == Graded(Grade.AGAIN)


def test_yesterdays_mistake_does_not_matter_though_it_was_an_hour_ago() -> None:
    wrong = reviewed("q", None, Grade.AGAIN, NOW - timedelta(minutes=40))
    assert LEARNER.local(wrong.reviewed_at).date() < TODAY
    assert graded(Grade.GOOD, wrong, LEARNER, TODAY, helped=False) == Graded(Grade.GOOD)


def test_a_third_look_after_a_right_one_is_good_again() -> None:
    wrong = reviewed("q", None, Grade.AGAIN, NOW - timedelta(minutes=25))
    right = reviewed("q", wrong, Grade.HARD, NOW - timedelta(minutes=15))
    assert graded(Grade.GOOD, right, LEARNER, TODAY, helped=False) == Graded(Grade.GOOD)
