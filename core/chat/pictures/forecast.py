"""The reviews of the next days, a bar a day."""

from datetime import timedelta

from core.chat.pictures.chart import Chart
from core.chat.pictures.sheet import AMOUNTS, FAINT, INK, LEFT, LINE, NOW, RIGHT, SMALL, TITLE, Sheet

COUNT, BAR, DATES = 36, 120, 96
"""Height of the numbers above the bars, of the highest bar, and of the dates below."""
LEAST = 8
"""Height of the lowest bar."""


def height(_chart: Chart) -> int:
    """How high this part is."""
    return TITLE + COUNT + BAR + DATES


def draw(sheet: Sheet, chart: Chart, top: float) -> None:
    """Bars with their numbers above and their dates below; today stands out."""
    sheet.title(top, chart.words.forecast)
    ground = top + TITLE + COUNT + BAR
    pitch = (RIGHT - LEFT) / max(len(chart.forecast), 1)
    for number, reviews in enumerate(chart.forecast):
        today = number == 0
        middle = LEFT + (number + 0.5) * pitch
        if reviews:
            high = max(LEAST, BAR * reviews / max(chart.forecast))
            sheet.box(middle - 0.36 * pitch, ground - high, 0.72 * pitch, high, NOW if today else AMOUNTS[3])
            sheet.write(middle, ground - high - 18, str(reviews), SMALL - 2, INK, "center")
        day = chart.today + timedelta(days=number)
        for place, words in ((28, chart.words.weekdays[day.weekday()]), (62, str(day.day))):
            sheet.write(middle, ground + place, words, SMALL - 2, NOW if today else FAINT, "center", bold=today)
    sheet.line((LEFT, ground), (RIGHT, ground), colour=LINE, width=3)
