"""Everybody's points, a line each."""

from core.chat.pictures.board import Board, Seat
from core.chat.pictures.sheet import AMOUNTS, FAINT, INK, LEFT, NORMAL, NOW, PALE, RIGHT, SMALL, Sheet

ROW, BAR, AIR = 88, 14, 36
"""Height of a line, of its bar, and of the gap below the last one."""
FIRST = LEFT + 72
"""Where names begin: right of the places."""
POINTS = 240
"""The widest points."""


def height(board: Board) -> int:
    """How high this part is."""
    return ROW * len(board.rows) + AIR


def draw(sheet: Sheet, board: Board, top: float) -> None:
    """Place, name, what else is known, points, and a bar as long as the points are of the best ones."""
    best = max((seat.score for seat in board.rows), default=0) or 1
    for number, seat in enumerate(board.rows):
        _row(sheet, seat, seat.score / best, board.nameless, top + number * ROW)


def _row(sheet: Sheet, seat: Seat, share: float, nameless: str, top: float) -> None:
    first, middle, wide = seat.place == 1 and seat.score > 0, top + 30, RIGHT - FIRST
    sheet.write(LEFT + 24, middle, str(seat.place), NORMAL, NOW if first else FAINT, "center", bold=True)
    points = sheet.write(RIGHT, middle, seat.written, NORMAL, INK, "right", True, POINTS)
    room = wide - points - 24
    detail = sheet.write(RIGHT - points - 24, middle, seat.detail, SMALL - 4, FAINT, "right", widest=room * 0.55)
    sheet.write(FIRST, middle, sheet.drawable(seat.name) or nameless, NORMAL, widest=room - detail - 24)
    sheet.box(FIRST, top + 58, wide, BAR, PALE, corner=BAR / 2)
    if share > 0:
        sheet.box(FIRST, top + 58, max(BAR, wide * share), BAR, NOW if first else AMOUNTS[3], corner=BAR / 2)
