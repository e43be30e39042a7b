"""The picture at the end of a quiz: the first three on their steps, everybody's points below.

As the picture of `/progress`, it is made for a phone held upright, and needs no eye for colours.
"""

from functools import lru_cache

from core.chat.pictures.board import Board
from core.chat.pictures.press import PRESS

DRAWN = 16
"""Pictures kept, a few dozen kilobytes each: after a restart the end of a game may be shown again."""


@lru_cache(DRAWN)
def draw(board: Board) -> bytes:
    """The picture as a PNG. Takes tenths of a second, and longer the first time: a job for a thread."""
    with PRESS:
        from core.chat.pictures import scoreboard, steps
        from core.chat.pictures.sheet import Sheet

        parts = (steps, scoreboard)
        sheet = Sheet(sum(part.height(board) for part in parts))
        top = 0
        for part in parts:
            part.draw(sheet, board, top)
            top += part.height(board)
        return sheet.png()
