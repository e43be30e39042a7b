"""Dates, hours, days of the week and time zones as people write them."""

from datetime import date

from core.bank.wording import Language
from core.chat.texts import Voice
from core.delivery.cities import city_name
from core.delivery.timetable import EVERY_DAY, Occurrence
from core.delivery.zones import zone_of

WORKDAYS, WEEKEND = frozenset((1, 2, 3, 4, 5)), frozenset((6, 7))


def written(day: date, voice: Voice) -> str:
    """A date in figures: `30.11.2026`, or `2026-11-30` where the order of day and month is not agreed on."""
    return day.strftime("%d.%m.%Y") if voice.language is Language.RU else day.isoformat()


def zone_named(zone: str, voice: Voice) -> str:
    """A stored zone in words: its city in the voice's language, or an offset such as `UTC+5:30`."""
    if zone[0] not in "+-":
        return city_name(zone, voice.language)
    hours, _, minutes = zone[1:].partition(":")
    return f"UTC{zone[0]}{int(hours)}" + (f":{minutes}" if int(minutes) else "")


def days_named(days: frozenset[int], voice: Voice) -> str:
    """ISO weekdays in words, as a sentence begins."""
    for name, known in (("every", EVERY_DAY), ("work", WORKDAYS), ("weekend", WEEKEND)):
        if days == known:
            return voice(f"daily-days-{name}")
    named = ", ".join(voice(f"daily-day-{day}") for day in sorted(days))
    return named[0].upper() + named[1:]


def clock(minute: int) -> str:
    """A minute of the day: `09:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def moment(occurrence: Occurrence, voice: Voice, zone: str) -> str:
    """When something comes, by the clock of a zone."""
    local = occurrence.at.astimezone(zone_of(zone))
    return f"{voice(f'daily-day-{local.isoweekday()}')}, {written(local.date(), voice)}, {local:%H:%M}"
