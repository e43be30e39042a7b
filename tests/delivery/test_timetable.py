"""A question a local date: over summer time, skipped days, leap years and years of downtime."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.timetable import (
    EVERY_DAY,
    Occurrence,
    Timetable,
    days_mask,
    days_of,
    due,
    following,
    occurrence,
    quiet_until,
    upcoming,
)
from core.delivery.zones import zone_of

DAY = timedelta(days=1)

unhurried = settings(deadline=None)  # zones are read from files the first time


def _at(wall: str, zone: str, fold: int = 0) -> datetime:
    """The moment of a wall time."""
    return datetime.fromisoformat(wall).replace(tzinfo=zone_of(zone), fold=fold).astimezone(UTC)


def _daily(wall: str, zone: str, days: frozenset[int] = EVERY_DAY) -> Timetable:
    hour, minute = wall.split(":")
    return Timetable(int(hour) * 60 + int(minute), days, zone)


def _wall(found: Occurrence, zone: str) -> str:
    """What the clock on the wall shows at an occurrence."""
    return f"{found.at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("wall", "zone", "day", "shown"),
    [
        ("09:30", "Europe/Berlin", "2026-03-29", "2026-03-29 09:30"),
        ("02:30", "Europe/Berlin", "2026-03-29", "2026-03-29 03:30"),  # 02:00 to 03:00 is left out
        ("02:10", "Australia/Lord_Howe", "2026-10-04", "2026-10-04 02:40"),  # by half an hour only
        ("00:00", "Africa/Cairo", "2026-04-24", "2026-04-24 01:00"),  # a gap at midnight
        ("00:30", "Asia/Beirut", "2026-03-29", "2026-03-29 01:30"),
        ("23:30", "America/Nuuk", "2026-03-28", "2026-03-29 00:30"),  # a gap up to midnight
        ("09:00", "Pacific/Apia", "2011-12-30", "2011-12-31 09:00"),  # a day that never was
        ("09:00", "Asia/Kathmandu", "2026-01-01", "2026-01-01 09:00"),
        ("09:00", "Europe/Moscow", "2011-03-27", "2011-03-27 09:00"),
        ("12:00", "Africa/Monrovia", "1971-12-31", "1971-12-31 12:00"),  # behind UTC by 44 minutes and a half
    ],
)
def test_a_wall_time_that_a_clock_jumps_over_comes_later_by_the_jump(
    wall: str, zone: str, day: str, shown: str
) -> None:
    assert _wall(occurrence(_daily(wall, zone), date.fromisoformat(day)), zone) == shown


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("Europe/Berlin", "2026-10-25 02:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45"),
        ("Africa/Cairo", "2026-10-29 23:30"),
        ("America/St_Johns", "2010-11-06 23:30"),  # at a minute past midnight, back into the day before
    ],
)
def test_a_wall_time_that_a_clock_shows_twice_comes_once_at_the_first(zone: str, wall: str) -> None:
    timetable = _daily(wall[11:], zone)
    first, second = _at(wall, zone), _at(wall, zone, fold=1)
    assert first < second
    assert occurrence(timetable, date.fromisoformat(wall[:10])).at == first
    chain = upcoming(timetable, first - timedelta(days=2), 4)
    assert [found.date for found in chain] == [date.fromisoformat(wall[:10]) + DAY * step for step in (-1, 0, 1, 2)]
    assert second not in [found.at for found in chain]


def test_after_summer_time_the_wall_time_stays_and_the_moment_moves() -> None:
    timetable = _daily("09:30", "Europe/Berlin")
    spring = upcoming(timetable, datetime(2026, 3, 27, 12, tzinfo=UTC), 3)
    autumn = upcoming(timetable, datetime(2026, 10, 23, 12, tzinfo=UTC), 3)
    assert [f"{found.at:%d %H:%M}" for found in spring] == ["28 08:30", "29 07:30", "30 07:30"]
    assert [f"{found.at:%d %H:%M}" for found in autumn] == ["24 07:30", "25 08:30", "26 08:30"]


def test_a_day_that_a_zone_left_out_is_not_counted_and_does_not_swallow_the_next() -> None:
    timetable = _daily("09:00", "Pacific/Apia")
    chain = upcoming(timetable, _at("2011-12-28 12:00", "Pacific/Apia"), 3)
    assert [found.date.day for found in chain] == [29, 31, 1]
    assert due(timetable, date(2011, 12, 29), chain[2].at).missed == 2
    fridays = _daily("09:00", "Pacific/Apia", frozenset({5}))
    assert following(fridays, _at("2011-12-23 12:00", "Pacific/Apia")).date == date(2012, 1, 6)


def test_a_day_that_a_zone_lived_twice_is_counted_once() -> None:
    timetable = _daily("09:00", "Pacific/Kwajalein")  # over the date line, eastward, at the end of September 1969
    chain = upcoming(timetable, datetime(1969, 9, 28, tzinfo=UTC), 5)
    assert [found.date for found in chain] == [chain[0].date + DAY * step for step in range(5)]


def test_29_february_is_a_day_like_any_other() -> None:
    timetable = _daily("08:00", "Europe/London")
    assert [found.date.day for found in upcoming(timetable, datetime(2028, 2, 28, 12, tzinfo=UTC), 2)] == [29, 1]
    assert following(timetable, datetime(2027, 2, 28, 12, tzinfo=UTC)).date == date(2027, 3, 1)
    assert due(timetable, date(2028, 2, 1), datetime(2028, 3, 1, 12, tzinfo=UTC)).missed == 29


def test_the_moment_itself_is_over_and_the_next_one_is_on_the_next_day_listed() -> None:
    timetable = _daily("09:30", "Europe/Moscow", frozenset({1, 3, 5}))
    friday = occurrence(timetable, date(2026, 7, 3))
    assert following(timetable, friday.at - timedelta(microseconds=1)) == friday
    assert following(timetable, friday.at).date == date(2026, 7, 6)


def test_a_date_that_was_dealt_with_does_not_come_again_in_another_zone() -> None:
    """At 09:30 in Vladivostok, then a flight: 09:30 in Moscow comes on the same date, seven hours later."""
    sent = occurrence(_daily("09:30", "Asia/Vladivostok"), date(2026, 7, 1))
    moscow = _daily("09:30", "Europe/Moscow")
    assert following(moscow, sent.at).date == sent.date
    assert following(moscow, sent.at, sent.date).date == sent.date + DAY
    assert [found.date.day for found in upcoming(moscow, sent.at, 3, sent.date)] == [2, 3, 4]


def test_a_clock_that_was_set_back_brings_no_date_again() -> None:
    timetable = _daily("09:30", "Europe/Moscow")
    sent = occurrence(timetable, date(2026, 7, 10))
    assert following(timetable, sent.at - timedelta(days=30), sent.date).date == date(2026, 7, 11)


def test_after_a_break_the_newest_is_due_and_the_missed_are_counted() -> None:
    timetable = _daily("09:30", "Europe/Moscow", frozenset({1, 2, 3, 4, 5}))
    found = due(timetable, date(2026, 6, 29), _at("2026-07-08 11:00", "Europe/Moscow"))
    assert found.occurrence.date == date(2026, 7, 8)
    assert found.missed == 7
    assert found.late == timedelta(hours=1, minutes=30)
    alone = due(timetable, date(2026, 7, 8), _at("2026-07-08 09:30", "Europe/Moscow"))
    assert (alone.missed, alone.late) == (0, timedelta())


def test_before_the_time_of_day_yesterdays_is_the_newest() -> None:
    found = due(_daily("21:00", "America/New_York"), date(2026, 7, 1), _at("2026-07-04 20:59", "America/New_York"))
    assert (found.occurrence.date, found.missed) == (date(2026, 7, 3), 2)


def test_decades_of_downtime_are_counted_up_to_ten_years() -> None:
    found = due(_daily("09:30", "Europe/Moscow"), date(1, 1, 2), datetime(2026, 7, 8, 11, tzinfo=UTC))
    assert (found.occurrence.date, found.missed) == (date(2026, 7, 8), 3660)


def test_a_date_whose_moment_moved_on_since_it_was_stored_is_due_now() -> None:
    timetable = _daily("09:30", "America/New_York")
    found = due(timetable, date(2026, 7, 8), _at("2026-07-08 09:30", "Europe/Moscow"))
    assert (found.occurrence.date, found.missed, found.late) == (date(2026, 7, 8), 0, timedelta())


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "until"),
    [
        ("22:00-08:00", "Europe/Moscow", "2026-07-01 23:00", "2026-07-02 08:00"),
        ("22:00-08:00", "Europe/Moscow", "2026-07-02 00:00", "2026-07-02 08:00"),
        ("22:00-08:00", "Europe/Moscow", "2026-07-02 07:59", "2026-07-02 08:00"),
        ("22:00-08:00", "Europe/Moscow", "2026-07-01 22:00", "2026-07-02 08:00"),
        ("22:00-08:00", "Europe/Moscow", "2026-07-01 21:59", None),
        ("22:00-08:00", "Europe/Moscow", "2026-07-01 08:00", None),
        ("13:00-14:30", "+05:30", "2026-07-01 14:00", "2026-07-01 14:30"),
        ("13:00-14:30", "+05:30", "2026-07-01 14:30", None),
        ("22:00-00:00", "Europe/Moscow", "2026-07-01 22:30", "2026-07-02 00:00"),
        ("22:00-08:00", "Europe/Berlin", "2026-03-28 23:00", "2026-03-29 08:00"),
        ("22:00-08:00", "Pacific/Apia", "2011-12-29 23:00", "2011-12-31 08:00"),
        ("01:00-02:30", "Europe/Berlin", "2026-03-29 01:30", "2026-03-29 03:30"),
        ("09:00-09:00", "Europe/Moscow", "2026-07-01 09:00", None),
        ("", "Europe/Moscow", "2026-07-01 03:00", None),
    ],
)
def test_quiet_hours_end(quiet: str, zone: str, now: str, until: str | None) -> None:
    assert quiet_until(quiet, zone, _at(now, zone)) == (until and _at(until, zone))


def test_quiet_hours_that_end_in_an_hour_lived_twice_end_twice() -> None:
    zone, end = "Europe/Berlin", "2026-10-25 02:30"
    assert quiet_until("22:00-02:30", zone, _at("2026-10-25 02:15", zone)) == _at(end, zone)
    assert quiet_until("22:00-02:30", zone, _at("2026-10-25 02:15", zone, fold=1)) == _at(end, zone, fold=1)


@pytest.mark.parametrize("quiet", ["22-8", "22:00", "25:00-08:00", "22:00-08:00-09:00", "night"])
def test_quiet_hours_of_another_form_are_refused(quiet: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        quiet_until(quiet, "UTC", datetime(2026, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize(("minute", "days"), [(-1, {1}), (1440, {1}), (0, set()), (0, {0}), (0, {8})])
def test_an_impossible_timetable_is_refused(minute: int, days: set[int]) -> None:
    with pytest.raises(ValueError, match="no such timetable"):
        Timetable(minute, frozenset(days), "UTC")


def test_days_are_kept_as_bits_from_monday_on() -> None:
    assert days_mask([1]) == 1
    assert days_mask({6, 7}) == 0b1100000
    assert all(days_mask(days_of(mask)) == mask for mask in range(128))


zones = st.one_of(
    st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})),
    st.sampled_from(["+05:30", "-03:00", "Pacific/Apia", "America/Nuuk", "Africa/Cairo", "Pacific/Kwajalein"]),
)
timetables = st.builds(
    Timetable,
    minute=st.integers(0, 24 * 60 - 1),
    days=st.frozensets(st.integers(1, 7), min_size=1),
    zone=zones,
)
changes = [datetime(2026, 3, 28), datetime(2026, 10, 24), datetime(2011, 12, 28), datetime(1993, 8, 19)]  # noqa: DTZ001
moments = st.one_of(
    st.datetimes(datetime(1950, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(lambda day, minutes: day.replace(tzinfo=UTC) + timedelta(minutes=minutes),
              st.sampled_from(changes), st.integers(0, 4 * 24 * 60)),
)  # fmt: skip


def _lived(zone: str, day: date) -> bool:
    """Whether a clock of this zone ever showed a date, looked at every hour."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    return any((start + timedelta(hours=step)).astimezone(zone_of(zone)).date() == day for step in range(72))


def _walk(timetable: Timetable, first: date) -> Iterator[Occurrence]:
    """Every occurrence from a date on, day by day."""
    while True:
        if first.isoweekday() in timetable.days and _lived(timetable.zone, first):
            yield occurrence(timetable, first)
        first += DAY


@unhurried
@given(timetables, moments)
def test_a_chain_goes_forward_over_every_listed_date_and_none_twice(timetable: Timetable, after: datetime) -> None:
    chain = upcoming(timetable, after, 10)
    assert all(earlier.at < later.at for earlier, later in pairwise(chain))
    assert after < chain[0].at
    assert all(found.date.isoweekday() in timetable.days for found in chain)
    walked = _walk(timetable, chain[0].date)
    assert [next(walked) for _ in chain] == list(chain)


@unhurried
@given(timetables, moments)
def test_nothing_is_left_out_between_a_moment_and_what_follows(timetable: Timetable, after: datetime) -> None:
    local = after.astimezone(zone_of(timetable.zone)).date()
    found = following(timetable, after)
    assert found == next(one for one in _walk(timetable, local - 3 * DAY) if one.at > after)


@unhurried
@given(timetables, moments, st.integers(0, 400))
def test_due_agrees_with_a_walk_from_day_to_day(timetable: Timetable, now: datetime, days: int) -> None:
    first = following(timetable, now - timedelta(days=days + 15))
    passed = []
    for found in _walk(timetable, first.date):
        if found.at > now:
            break
        passed.append(found)
    answer = due(timetable, first.date, now)
    assert answer.occurrence == passed[-1]
    assert answer.missed == len(passed) - 1
    assert answer.late == now - passed[-1].at


@unhurried
@given(timetables, moments, zones)
def test_a_change_of_zone_repeats_no_date(timetable: Timetable, after: datetime, zone: str) -> None:
    sent = following(timetable, after)
    moved = Timetable(timetable.minute, timetable.days, zone)
    chain = upcoming(moved, sent.at, 3, sent.date)
    assert sent.date < chain[0].date < chain[1].date < chain[2].date


walls = st.times().map(lambda wall: f"{wall:%H:%M}")


@unhurried
@given(walls, walls, zones, moments)
def test_quiet_hours_end_after_now_and_within_two_days(start: str, end: str, zone: str, now: datetime) -> None:
    until = quiet_until(f"{start}-{end}", zone, now)
    assert until is None or now < until <= now + timedelta(days=2)
