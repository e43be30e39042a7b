"""The picture of `/progress`: what is mastered, on which days of a year there were answers, what comes back when.

Made for a phone held upright: on a screen 360 points wide three of its pixels are a point. Amounts go from light to
dark in one hue, and what matters is written or marked as well, so that nobody needs to tell colours apart.
"""

from functools import lru_cache

from core.chat.pictures.chart import Chart
from core.chat.pictures.press import PRESS

DRAWN = 16
"""Pictures kept, a tenth of a megabyte each: people look again before anything has changed."""


@lru_cache(DRAWN)
def draw(chart: Chart) -> bytes:
    """The picture as a PNG. Takes tenths of a second, and longer the first time: a job for a thread.

    Matplotlib is imported for the first one, because it is slow to import and a tutor should be quick to start.
    """
    with PRESS:
        from core.chat.pictures import forecast, matrix, year
        from core.chat.pictures.sheet import Sheet

        parts = (matrix, year, forecast)
        sheet = Sheet(sum(part.height(chart) for part in parts))
        top = 0
        for part in parts:
            part.draw(sheet, chart, top)
            top += part.height(chart)
        return sheet.png()
