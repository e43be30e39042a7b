"""Dates and time zones as people write them."""

from datetime import date

from core.bank.wording import Language
from core.chat.texts import Voice
from core.delivery.cities import city_name


def written(day: date, voice: Voice) -> str:
    """A date in figures: `30.11.2026`, or `2026-11-30` where the order of day and month is not agreed on."""
    return day.strftime("%d.%m.%Y") if voice.language is Language.RU else day.isoformat()


def zone_named(zone: str, voice: Voice) -> str:
    """A stored zone in words: its city in the voice's language, or an offset such as `UTC+5:30`."""
    if zone[0] not in "+-":
        return city_name(zone, voice.language)
    hours, _, minutes = zone[1:].partition(":")
    return f"UTC{zone[0]}{int(hours)}" + (f":{minutes}" if int(minutes) else "")
