"""Dates as people write them."""

from datetime import date

from core.bank.wording import Language
from core.chat.texts import Voice


def written(day: date, voice: Voice) -> str:
    """A date in figures: `30.11.2026`, or `2026-11-30` where the order of day and month is not agreed on."""
    return day.strftime("%d.%m.%Y") if voice.language is Language.RU else day.isoformat()
