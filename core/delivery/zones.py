"""Time zones: the names that are stored, the clocks they stand for, and what people call them."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.delivery.cities import city_zone, modern

MOSCOW_MINUTES = 180
"""What `МСК` adds to UTC; Russians count from it, as in `МСК+4`."""

WIDEST_MINUTES = 14 * 60
"""The widest offset from UTC in use: Kiribati's."""

LONGEST_NAME = 60
"""Characters of the longest name that is looked up; the longest city of CLDR has 28."""

_STORED_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_OFFSET = re.compile(r"(utc|gmt|msk|мск|)\s*([+-])\s*(\d{1,2})(?::?(00|15|30|45))?", re.IGNORECASE)
_UTC_NAMES = ("Etc/UTC", "Etc/GMT")
_NO_ZONES = ("factory", "localtime", "posixrules")
_AROUND = re.compile(
    r"^(?:по|в|во|на|in|at)\s+|\s+(?:time|time\s*zone|zone|время|времени|часовой\s+пояс)$", re.IGNORECASE
)


@cache
def zone_of(name: str) -> tzinfo:
    """The clock of a stored zone: an IANA name (`Europe/Berlin`) or a fixed offset (`+05:30`, `-03:00`).

    Raises ValueError for every other name.
    """
    offset = _STORED_OFFSET.fullmatch(name)
    if offset:
        sign, hours, minutes = offset.groups()
        return timezone(timedelta(minutes=_signed(sign, hours, minutes)))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error


def find_zone(words: str) -> str | None:
    """The stored name of the zone that somebody means; None when it is unknown or not sure.

    Understands IANA names in any case, cities in English and Russian, `UTC+3`, `+05:30`, `МСК`, `МСК+2`.
    """
    if len(words) > LONGEST_NAME:
        return None
    bare = _bare(words)
    offset = _OFFSET.fullmatch(bare)
    if offset:
        return _fixed(*offset.groups())
    named = _iana_names().get(bare.replace(" ", "_").casefold())
    if named:
        return _canonical(named)
    region, _, city = bare.rpartition("/")
    zone = city_zone(city)
    if zone is None or not zone.casefold().startswith(region.casefold()):
        return None
    return zone


def _bare(words: str) -> str:
    """A name without what may stand around it: `по Москве`, `Moscow time`."""
    named = " ".join(words.replace("−", "-").replace("–", "-").split())
    while (shorter := _AROUND.sub("", named)) != named:
        named = shorter
    return named


def _fixed(base: str, sign: str, hours: str, minutes: str | None) -> str | None:
    """The stored name of an offset from UTC or from Moscow; None for one that no clock has."""
    try:
        offset = _signed(sign, hours, minutes or "00")
    except ValueError:
        return None
    offset += MOSCOW_MINUTES if base.casefold() in ("msk", "мск") else 0
    if abs(offset) > WIDEST_MINUTES:
        return None
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}" if offset else "UTC"


def _signed(sign: str, hours: str, minutes: str) -> int:
    """An offset in minutes. Raises ValueError for one that no clock has."""
    size = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or size > WIDEST_MINUTES:
        raise ValueError(f"no such offset: {sign}{hours}:{minutes}")
    return -size if sign == "-" else size


@cache
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if name.casefold() not in _NO_ZONES}


def _canonical(name: str) -> str:
    """The name to keep: today's, and `UTC` for all that mean it; a name without a region stays what it is."""
    today = modern(name)
    if today in _UTC_NAMES:
        return "UTC"
    return today if "/" in name else name
