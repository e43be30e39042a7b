"""Streaks forgive a day a week, sleep during a pause, and lose nothing to a flight in either direction."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.study.streak import WEEK, Pause, streak

TODAY = date(2026, 3, 29)

DAYS = st.sets(st.integers(-2, 40), max_size=40)
"""Days ago; negative ones are ahead of today's date, as after a flight west."""

PAUSES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=3)
"""How many days ago a pause began, and how long it was."""


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in ago]


def pauses(spans: Sequence[tuple[int, int]]) -> list[Pause]:
    return [Pause(*days(began, began - length)) for began, length in spans]


def test_days_in_a_row() -> None:
    assert streak(days(0, 1, 2), TODAY) == 3


def test_no_days_no_streak() -> None:
    assert streak([], TODAY) == 0


def test_today_is_not_over_yet() -> None:
    assert streak(days(1, 2), TODAY) == 2
    assert streak(days(1, 3, 4), TODAY) == 3


def test_one_day_off_a_week_is_forgiven() -> None:
    assert streak(days(0, 1, 2, 4, 5, 6, 7, 8, 9, 11), TODAY) == 10


def test_a_second_day_off_within_the_week_ends_it() -> None:
    assert streak(days(0, 2, 3, 5), TODAY) == 3
    assert streak(days(0, 1, 2, 4, 5, 6, 7, 8, 10), TODAY) == 8


def test_two_days_off_in_a_row_end_it() -> None:
    assert streak(days(0, 3, 4), TODAY) == 1
    assert streak(days(3, 4, 5), TODAY) == 0


def test_flying_east_over_the_date_line_skips_a_date_and_loses_nothing() -> None:
    assert streak(days(0, 1, 3, 4), TODAY) == 4


def test_flying_west_repeats_a_date_which_counts_once() -> None:
    assert streak(days(0, 0, 1, 2), TODAY) == 3


def test_a_date_that_is_still_ahead_here_was_today_there() -> None:
    assert streak([TODAY + timedelta(days=1), *days(0, 1)], TODAY) == 3
    assert streak([TODAY + timedelta(days=1), *days(1, 2)], TODAY) == 3


def test_a_pause_neither_breaks_nor_lengthens_it() -> None:
    assert streak(days(0, 11, 12), TODAY, pauses([(10, 10)])) == 3
    assert streak(days(0, 5, 11, 12), TODAY, pauses([(10, 10)])) == 3
    assert streak(days(3, 4), TODAY, pauses([(2, 20)])) == 2


def test_the_morning_before_a_pause_is_not_lost() -> None:
    assert streak(days(10, 11), TODAY, pauses([(10, 30)])) == 2


def test_a_day_missed_before_a_pause_and_one_after_it_are_a_week_apart_or_not() -> None:
    assert streak(days(0, 9, 10), TODAY, pauses([(7, 6)])) == 3
    assert streak(days(0, 6, 7), TODAY, pauses([(4, 3)])) == 1


def test_a_long_pause_is_quickly_counted() -> None:
    assert streak(days(0, 3000), TODAY, pauses([(2999, 2999)])) == 2


@given(DAYS, PAUSES)
def test_it_is_the_longest_run_in_which_no_week_misses_two_days(ago: set[int], spans: list[tuple[int, int]]) -> None:
    asleep = {day for began, length in spans for day in range(began - length + 1, began + 1)}
    asleep -= {began for began, _ in spans if began in ago and not _inside(began, spans)}
    missed = {day for day in range(1, 60) if day not in ago and day not in asleep}

    def holds(start: int) -> bool:
        misses = sorted(day for day in missed if day <= start)
        return all(later - earlier >= WEEK for earlier, later in pairwise(misses))

    expected = max((sum(day <= start for day in ago - asleep) for start in ago if holds(start)), default=0)
    assert streak(days(*ago), TODAY, pauses(spans)) == expected


def _inside(day: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the day is a later one of some pause."""
    return any(began - length < day < began for began, length in spans)


@given(DAYS, PAUSES, st.integers(0, 40))
def test_another_day_of_learning_never_shortens_it(ago: set[int], spans: list[tuple[int, int]], more: int) -> None:
    resting = pauses(spans)
    assert streak(days(*ago, more), TODAY, resting) >= streak(days(*ago), TODAY, resting)


@given(DAYS, st.integers(-12, 40))
def test_a_pause_never_breaks_it(ago: set[int], began: int) -> None:
    idle = [day for day in range(began, 41) if all(other not in ago for other in range(began, day + 1))]
    resting = [Pause(*days(idle[-1], began - 1))] if idle else []
    assert streak(days(*ago), TODAY, resting) >= streak(days(*ago), TODAY)


@pytest.mark.parametrize("shift", [-1, 1])
@given(st.sets(st.integers(0, 30), min_size=1))
def test_a_flight_over_the_date_line_after_a_perfect_week_loses_nothing(shift: int, ago: set[int]) -> None:
    """All of one's days up to now, then the local date jumps by one."""
    learnt = days(*range(max(ago) + 1))
    assert streak(learnt, TODAY + timedelta(days=shift)) == len(learnt)
    assert streak([*learnt, TODAY + timedelta(days=shift + 1)], TODAY + timedelta(days=shift + 1)) >= len(learnt)
