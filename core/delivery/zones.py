"""Time zones: the names that are stored, and the clocks they stand for."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")

WIDEST = timedelta(hours=14)
"""The widest offset from UTC in use: Kiribati's."""


@cache
def zone_of(name: str) -> tzinfo:
    """The clock of a stored zone: an IANA name (`Europe/Berlin`) or a fixed offset (`+05:30`, `-03:00`).

    Raises ValueError for every other name.
    """
    offset = _OFFSET.fullmatch(name)
    if offset:
        return timezone(_signed(*offset.groups()))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error


def _signed(sign: str, hours: str, minutes: str) -> timedelta:
    """An offset from its parts. Raises ValueError for one that no clock has."""
    size = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or size > WIDEST:
        raise ValueError(f"no such offset: {sign}{hours}:{minutes}")
    return -size if sign == "-" else size
