"""What `/progress` is told of days: a year back, two weeks ahead."""

from datetime import date, timedelta

from core.study.progress import CALENDAR, FORECAST, calendar, forecast

TODAY = date(2026, 3, 29)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_what_is_overdue_is_due_today() -> None:
    assert forecast([ahead(-40), ahead(-1), TODAY, ahead(1), ahead(13), ahead(14)], TODAY) == (3, 1, *[0] * 11, 1)


def test_an_empty_forecast_has_all_its_days() -> None:
    assert forecast([], TODAY) == (0,) * FORECAST


def test_the_calendar_holds_a_year() -> None:
    answers = {ahead(-CALENDAR): 1, ahead(1 - CALENDAR): 2, TODAY: 3, ahead(1): 4}
    assert calendar(answers, TODAY) == {ahead(1 - CALENDAR): 2, TODAY: 3, ahead(1): 4}
