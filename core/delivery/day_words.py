"""Days of the week in words: `weekdays`, `по пятницам`, `пн-пт`, `from Monday to Friday`."""

import re
from dataclasses import dataclass
from functools import cache

from core.delivery.timetable import EVERY_DAY

_GROUPS = {
    r"every\s?day|each day|all days|daily|ежедневно|каждый день|все дни|без выходных": EVERY_DAY,
    r"week-?days?|work(?:ing)?[ -]?days?|будни|будням|будни[ейхм]м?(?: д(?:ни|ень|ней|ням))?"
    r"|рабочи[ейхм]м? д(?:ни|ень|ней|ням)": frozenset(range(1, 6)),
    r"week-?ends?|выходн(?:ые|ым|ых|ой)(?: д(?:ни|ень|ней|ням))?": frozenset({6, 7}),
}

_DAYS = (
    "mo|mon(?:days?)?|пн|пон|понедельник(?:а|у|и|ам)?",
    "tu|tues?(?:days?)?|вт|вторник(?:а|у|и|ам)?",
    "we|weds?|wednesdays?|ср|сред(?:а|у|ы|е|ам)",
    "th|thu|thurs?|thursdays?|чт|четверг(?:а|у|и|ам)?",
    "fr|fri(?:days?)?|пт|пятниц(?:а|у|ы|е|ам)",
    "sa|sat(?:urdays?)?|сб|суббот(?:а|у|ы|е|ам)",
    "su|sun(?:days?)?|вс|вск|воскресень(?:е|я|ю|ям)",
)
"""How each day of the week is called, Monday first."""

_END = r"(?![^\s/])"
_DAY = f"(?:{'|'.join(_DAYS)})"


@dataclass(frozen=True, slots=True)
class DayWords:
    """Days as ISO weekdays, and where their words end."""

    days: frozenset[int]
    end: int


def days_at(text: str, start: int = 0) -> DayWords | None:
    """The days named at this place of a text: a group, a range (perhaps over Sunday) or one; None for no days."""
    found = _named_days().match(text, start)
    if found is None:
        return None
    if found["group"]:
        return DayWords(_group(found["group"]), found.end())
    first = _weekday(found["first"] or found["day"])
    last = _weekday(found["last"] or found["day"])
    days = frozenset((first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1))
    return DayWords(days, found.end())


@cache
def _named_days() -> re.Pattern[str]:
    """The pattern of all that names days; made when it is first asked for, as it takes several milliseconds."""
    return re.compile(
        rf"(?P<group>{'|'.join(_GROUPS)}){_END}"
        rf"|(?:(?:с|со|from)\s+)?(?P<first>{_DAY})(?:-|\s+(?:по|до|to|till|until|through)\s+)(?P<last>{_DAY}){_END}"
        rf"|(?P<day>{_DAY}){_END}",
        re.IGNORECASE,
    )


def _group(said: str) -> frozenset[int]:
    return next(days for words, days in _GROUPS.items() if re.fullmatch(words, said, re.IGNORECASE))


def _weekday(said: str) -> int:
    return next(number for number, words in enumerate(_DAYS, 1) if re.fullmatch(words, said, re.IGNORECASE))
