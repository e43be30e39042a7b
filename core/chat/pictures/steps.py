"""The first three of a quiz on their steps, under its title."""

from core.chat.pictures.board import Board, Seat
from core.chat.pictures.sheet import AMOUNTS, CARD, FAINT, INK, LEFT, LINE, NORMAL, NOW, RIGHT, SMALL, WIDTH, Sheet

HIGH = (300, 220, 156)
"""Heights of the first, second and third place; equals stand equally high."""
FILLS, LETTERS = (NOW, AMOUNTS[3], AMOUNTS[1]), (CARD, CARD, INK)
SIDES = ((0.0,), (-0.5, 0.5), (0.0, -1.0, 1.0))
"""Where one, two and three stand: of three the best in the middle, the next one to the left."""
WIDE, GAP = 316, 22
HEAD, NAMES, AIR = 150, 96, 36
"""Height of the title with the line below it, of the names above the highest step, and of the gap below."""


def height(board: Board) -> int:
    """How high this part is."""
    return HEAD + (NAMES + HIGH[0] + AIR if board.steps else 0)


def draw(sheet: Sheet, board: Board, top: float) -> None:
    """The title; the steps, where somebody stands on them."""
    sheet.title(top, board.title)
    sheet.write(LEFT, top + 104, board.subtitle, SMALL, FAINT, widest=RIGHT - LEFT)
    if not board.steps:
        return
    ground = top + HEAD + NAMES + HIGH[0]
    for seat, side in zip(board.steps, SIDES[len(board.steps) - 1], strict=True):
        _step(sheet, seat, board.nameless, WIDTH / 2 + side * (WIDE + GAP), ground)
    sheet.line((LEFT, ground), (RIGHT, ground), colour=LINE, width=3)


def _step(sheet: Sheet, seat: Seat, nameless: str, middle: float, ground: float) -> None:
    rank = min(seat.place, len(HIGH)) - 1
    top, fill, ink = ground - HIGH[rank], FILLS[rank], LETTERS[rank]
    sheet.box(middle - WIDE / 2, top, WIDE, HIGH[rank], fill, corner=14)
    sheet.box(middle - WIDE / 2, ground - 14, WIDE, 14, fill, corner=0)
    sheet.write(middle, top - 58, sheet.drawable(seat.name) or nameless, NORMAL, INK, "center", True, WIDE)
    sheet.write(middle, top - 22, seat.detail, SMALL - 4, FAINT, "center", widest=WIDE)
    sheet.write(middle, top + 56, str(seat.place), 64, ink, "center", bold=True)
    sheet.write(middle, top + 116, seat.written, NORMAL, ink, "center", widest=WIDE - 20)
