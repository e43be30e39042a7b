"""When a daily question is due: local dates and moments, in every zone and over every change of its clock.

A local date is the key: each one that is on the timetable has exactly one moment. Where the clock jumps over the wall
time, the moment comes later by the jump; where the clock shows the wall time twice, the first one counts (PEP 495 with
`fold=0`). A date that a zone left out altogether, like 30 December 2011 in Samoa, is on nobody's timetable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.delivery.zones import zone_of

DAY_MINUTES = 24 * 60
EVERY_DAY = frozenset(range(1, 8))

COUNTED_DAYS = 3660
"""How far back missed occurrences are counted: ten years, a few milliseconds."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """A wall time on some weekdays.

    `minute` counts from local midnight, 0 to 1439; `days` are ISO weekdays, 1 to 7, at least one; `zone` is a name
    that `zone_of` knows. Raises ValueError for any other minute or days.
    """

    minute: int
    days: frozenset[int]
    zone: str

    def __post_init__(self) -> None:
        if not 0 <= self.minute < DAY_MINUTES or not self.days or not self.days <= EVERY_DAY:
            raise ValueError(f"no such timetable: minute {self.minute} on days {sorted(self.days)}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time on a timetable: the local date that is its key, and its moment in UTC."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What is due now: the newest occurrence, how many before it were missed, and how late it is already."""

    occurrence: Occurrence
    missed: int
    late: timedelta


def occurrence(timetable: Timetable, day: date) -> Occurrence:
    """The occurrence of a local date, whatever its weekday."""
    return Occurrence(day, _moment(day, timetable.minute, timetable.zone))


def following(timetable: Timetable, after: datetime, last: date | None = None) -> Occurrence:
    """The first occurrence later than `after`, on a local date later than `last`.

    `last` is the last date that was dealt with: no date comes twice, even when the zone has changed since.
    """
    day = after.astimezone(zone_of(timetable.zone)).date() - _DAY
    if last is not None:
        day = max(day, last + _DAY)
    while True:
        if _listed(timetable, day):
            found = occurrence(timetable, day)
            if found.at > after:
                return found
        day += _DAY


def upcoming(timetable: Timetable, after: datetime, count: int, last: date | None = None) -> tuple[Occurrence, ...]:
    """The first `count` occurrences later than `after`, on local dates later than `last`."""
    found: list[Occurrence] = []
    while len(found) < count:
        found.append(following(timetable, after, last))
        after, last = found[-1].at, found[-1].date
    return tuple(found)


def due(timetable: Timetable, first: date, now: datetime, free: Sequence[tuple[date, date]] = ()) -> Due:
    """What is due at `now`, when `first` is the earliest local date that was not dealt with.

    The moment of `first` has come; if it moved past `now` since (a zone's rules changed), it is due now and not late.
    Missed are the occurrences from `first` on before the newest, counted over the last `COUNTED_DAYS`, but for those
    within the spans that are `free`, as in `is_within`.
    """
    newest = _newest(timetable, first, now)
    counted_from = max(first, newest.date - timedelta(days=COUNTED_DAYS))
    missed = sum(_listed(timetable, day) and not is_within(free, day) for day in _days(counted_from, newest.date))
    return Due(newest, missed, max(now - newest.at, timedelta()))


def is_within(spans: Iterable[tuple[date, date]], day: date) -> bool:
    """Whether a date is in one of these spans, each from its first date to the one before its second."""
    return any(since <= day < until for since, until in spans)


def quiet_until(quiet: str, zone: str, now: datetime) -> datetime | None:
    """The moment, in UTC, when the quiet hours that hold `now` end; None when `now` is not quiet.

    `quiet` is like `22:00-08:00`, perhaps over midnight; empty, or from and to the same time, for never. Raises
    ValueError for anything else.
    """
    if not quiet:
        return None
    start, end = (_minutes(part) for part in quiet.split("-"))
    local = now.astimezone(zone_of(zone))
    minute = local.hour * 60 + local.minute
    within = start <= minute < end if start <= end else minute >= start or minute < end
    if not within:
        return None
    day = local.date() if minute < end else local.date() + _DAY
    first = _moment(day, end, zone)
    return first if first > now else _moment(day, end, zone, fold=1)


def days_mask(days: Iterable[int]) -> int:
    """ISO weekdays as bits: Monday is bit 0."""
    return sum(1 << (day - 1) for day in set(days))


def days_of(mask: int) -> frozenset[int]:
    """The ISO weekdays of a mask."""
    return frozenset(day for day in EVERY_DAY if mask >> (day - 1) & 1)


def _newest(timetable: Timetable, first: date, now: datetime) -> Occurrence:
    day = now.astimezone(zone_of(timetable.zone)).date() + _DAY
    while day > first:
        if _listed(timetable, day):
            found = occurrence(timetable, day)
            if found.at <= now:
                return found
        day -= _DAY
    return occurrence(timetable, first)


def _listed(timetable: Timetable, day: date) -> bool:
    """Whether a local date is on the timetable: its weekday is, and the zone did not leave the date out."""
    if day.isoweekday() not in timetable.days:
        return False
    return _moment(day, 0, timetable.zone).astimezone(zone_of(timetable.zone)).date() == day


def _moment(day: date, minute: int, zone: str, fold: int = 0) -> datetime:
    wall = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), zone_of(zone))
    return wall.astimezone(UTC)


def _minutes(wall: str) -> int:
    at = time.fromisoformat(wall)
    return at.hour * 60 + at.minute


def _days(start: date, end: date) -> Iterator[date]:
    """The dates from `start` to the one before `end`."""
    while start < end:
        yield start
        start += _DAY
