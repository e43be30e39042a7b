"""Orders in words, of daily questions and of leagues: what is named is new, what is left open stays as it was."""

import re
from dataclasses import dataclass

from core.chat.classroom import Turn
from core.delivery.schedules import Address, Order, Schedule
from core.delivery.spoken import Wish, understood
from core.delivery.timetable import Timetable

_LEVEL = re.compile(r"\b(?:level|уровень|lvl)\s*([123])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said: when, and which level, None where it was not named."""

    wish: Wish
    level: int | None


def address_of(turn: Turn) -> Address:
    """Where the turn takes place."""
    place = turn.request.place
    return Address(turn.request.person.platform, place.chat, place.topic or "")


def wanted(words: str) -> Wanted:
    """What `9:30 weekdays Berlin level 2` asks for. Raises NotUnderstoodError."""
    named = _LEVEL.search(words)
    wish = understood(words.replace(named[0], " ") if named else words)
    return Wanted(wish, int(named[1]) if named else None)


def order(turn: Turn, wanted: Wanted, known: Schedule | None, days: frozenset[int], owner: int | None) -> Order | None:
    """The order that takes the place of the known one; None without a time. `days` count where none were named."""
    wish, before, learner = wanted.wish, known.order.timetable if known else None, turn.learner
    minute = wish.minute if wish.minute is not None else before.minute if before else None
    if minute is None:
        return None
    level = wanted.level or (known.order.level if known else learner.level)
    timetable = Timetable(minute, wish.days or days, wish.zone or (before.zone if before else learner.zone))
    return Order(timetable, learner.language, level, learner.python, learner.quiet, owner, learner.id)
