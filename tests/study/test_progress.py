"""Streaks survive a day off and a flight across zones, and end after two days off."""

from datetime import date, timedelta

from core.study.progress import streak

TODAY = date(2026, 3, 29)


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in ago]


def test_days_in_a_row() -> None:
    assert streak(days(0, 1, 2), TODAY) == 3


def test_today_is_not_over_yet() -> None:
    assert streak(days(1, 2), TODAY) == 2


def test_one_day_off_is_forgiven() -> None:
    assert streak(days(0, 2, 3, 5), TODAY) == 4


def test_two_days_off_end_it() -> None:
    assert streak(days(0, 3, 4), TODAY) == 1
    assert streak(days(3, 4, 5), TODAY) == 0


def test_no_days_no_streak() -> None:
    assert streak([], TODAY) == 0


def test_tomorrow_on_the_other_side_of_the_date_line_does_not_break_it() -> None:
    assert streak([TODAY + timedelta(days=1), *days(0, 1)], TODAY) == 2
