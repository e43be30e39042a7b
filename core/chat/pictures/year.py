"""A year of answers, a square a day."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from core.chat.pictures.chart import Chart
from core.chat.pictures.sheet import AMOUNTS, FAINT, LEFT, NOW, PALE, RIGHT, SMALL, TITLE, Sheet

WEEKS = 53
"""Weeks shown, this one included: the fewest that always hold 365 days."""
DAYS = 366
BAND = 27
"""Weeks in a row of weeks: were all 53 in one, days would be too small to tell apart on a phone."""
BUSY = (1, 6, 16, 31)
"""Answers in a day from which its square is a step darker."""
SHADES = (PALE, *AMOUNTS[1:])
"""The lightest amount is left out: beside a day without answers it would look like one."""
MONTHS, GAP, LEGEND = 36, 12, 48
WEEKDAYS = 60
"""Room for their names."""
PITCH = (RIGHT - LEFT - WEEKDAYS) / BAND
SIDE = PITCH - 4
BAND_HEIGHT = MONTHS + round(7 * PITCH) + GAP


def height(_chart: Chart) -> int:
    """How high this part is."""
    return TITLE + 2 * BAND_HEIGHT + LEGEND


def draw(sheet: Sheet, chart: Chart, top: float) -> None:
    """The year as two bands of weeks, the older one above, and what the shades mean."""
    sheet.title(top, chart.words.calendar)
    first = chart.today - timedelta(days=chart.today.weekday(), weeks=WEEKS - 1)
    newer = first + timedelta(weeks=WEEKS - BAND)
    _band(sheet, chart, first, newer - timedelta(days=1), top + TITLE)
    _band(sheet, chart, newer, chart.today, top + TITLE + BAND_HEIGHT)
    _legend(sheet, chart, top + TITLE + 2 * BAND_HEIGHT)


def _band(sheet: Sheet, chart: Chart, monday: date, last: date, top: float) -> None:
    grid = top + MONTHS
    for weekday in (0, 3, 6):
        sheet.write(LEFT, grid + weekday * PITCH + SIDE / 2, chart.words.weekdays[weekday], SMALL - 2, FAINT)
    answers = dict(chart.days)
    for day in _days(max(monday, chart.today - timedelta(days=DAYS - 1)), last):
        left = LEFT + WEEKDAYS + (day - monday).days // 7 * PITCH
        if day.day == 1 and left + 2 * PITCH < RIGHT:
            sheet.write(left, top + 14, chart.words.months[day.month - 1], SMALL - 2, FAINT)
        outline = NOW if day == chart.today else ""
        sheet.box(left, grid + day.weekday() * PITCH, SIDE, SIDE, _shade(answers.get(day, 0)), outline)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _shade(answers: int) -> str:
    return SHADES[bisect_right(BUSY, answers)]


def _legend(sheet: Sheet, chart: Chart, top: float) -> None:
    middle = top + SIDE / 2
    left = LEFT + WEEKDAYS + sheet.write(LEFT + WEEKDAYS, middle, chart.words.less, SMALL - 2, FAINT) + 12
    for answers in (0, *BUSY):
        sheet.box(left, top, SIDE, SIDE, _shade(answers))
        left += PITCH
    sheet.write(left + 8, middle, chart.words.more, SMALL - 2, FAINT)
