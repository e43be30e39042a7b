"""Competencies and levels: how well each cell of the curriculum is mastered."""

from core.chat.pictures.chart import Chart, Row, Square
from core.chat.pictures.sheet import AMOUNTS, CARD, FAINT, INK, LEFT, LINE, RIGHT, SMALL, TITLE, Sheet

ROW, WIDE, HIGH, GAP = 50, 100, 42, 8
"""Height of a row; width and height of a cell, and the gap between two."""
HEAD, LEGEND = 40, 68
DARK = 3
"""From this amount on letters are light."""


def height(chart: Chart) -> int:
    """How high this part is."""
    return TITLE + HEAD + ROW * len(chart.rows) + LEGEND


def draw(sheet: Sheet, chart: Chart, top: float) -> None:
    """A row a competency, a column a level, and what the signs mean."""
    sheet.title(top, chart.words.matrix)
    first = RIGHT + GAP - len(chart.words.levels) * (WIDE + GAP)
    for column, level in enumerate(chart.words.levels):
        middle = first + column * (WIDE + GAP) + WIDE / 2
        sheet.write(middle, top + TITLE + 14, level, SMALL - 2, FAINT, "center", widest=WIDE)
    for number, row in enumerate(chart.rows):
        _row(sheet, row, first, top + TITLE + HEAD + number * ROW)
    _legend(sheet, chart, top + TITLE + HEAD + len(chart.rows) * ROW + 16)


def _row(sheet: Sheet, row: Row, first: float, top: float) -> None:
    sheet.write(LEFT, top + HIGH / 2, row.name, widest=first - LEFT - 2 * GAP)
    for column, square in enumerate(row.squares):
        if square is not None:
            _square(sheet, square, first + column * (WIDE + GAP), top)


def _square(sheet: Sheet, square: Square, left: float, top: float) -> None:
    middle = (left + WIDE / 2, top + HIGH / 2)
    if square.mastered:
        sheet.box(left, top, WIDE, HIGH, AMOUNTS[-1])
        sheet.tick(*middle, CARD)
    elif square.touched:
        amount = min(int(square.mastery * len(AMOUNTS)), len(AMOUNTS) - 2)
        sheet.box(left, top, WIDE, HIGH, AMOUNTS[amount])
        sheet.write(*middle, f"{square.mastery:.0%}", SMALL, CARD if amount >= DARK else INK, "center")
    else:
        sheet.box(left, top, WIDE, HIGH, CARD, LINE)


def _legend(sheet: Sheet, chart: Chart, top: float) -> None:
    words = chart.words
    samples = {
        words.untouched: Square(0, touched=False, mastered=False),
        words.touched: Square(0.5, touched=True, mastered=False),
        words.mastered: Square(1, touched=True, mastered=True),
    }
    left = float(LEFT)
    for meaning, square in samples.items():
        _square(sheet, square, left, top)
        left += WIDE + 14
        left += sheet.write(left, top + HIGH / 2, meaning, SMALL, FAINT) + 36
