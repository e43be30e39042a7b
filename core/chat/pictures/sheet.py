"""A sheet to draw on, measured in pixels from its upper left corner."""

import unicodedata
from functools import cache
from io import BytesIO
from typing import Literal

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from PIL import Image

BACKGROUND, CARD, INK, FAINT, LINE, PALE = "#fbf7ef", "#ffffff", "#1f2430", "#5b6472", "#b9b3a6", "#ebe5d8"
NOW = "#c2410c"
AMOUNTS = ("#dbeafe", "#a9c9f5", "#6d9de0", "#3a6cbf", "#1e3a8a")
"""From little to much: one hue whose lightness falls steadily."""

WIDTH = 1080
LEFT, RIGHT = 44, WIDTH - 44
SMALL, NORMAL, LARGE = 28, 32, 38
"""Sizes of text."""
TITLE = 84
"""Height of a title with the air around it."""

_DPI = 100
_POINTS = 72 / _DPI
"""Points in a pixel of this sheet."""
_FONT = "DejaVu Sans"
_COLOURS = 256
"""Colours of the PNG: enough for these few and the edges of letters, in a third of the bytes."""


class Sheet:
    """Boxes, lines and words on a plain ground; words are never taken for formulas."""

    def __init__(self, height: int) -> None:
        self._size = (WIDTH, height)
        self._figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=BACKGROUND)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()

    def title(self, top: float, words: str) -> None:
        """The title of a part of the sheet that begins at `top`."""
        self.write(LEFT, top + 52, words, LARGE, bold=True, widest=RIGHT - LEFT)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, outline: str = "", corner: float = 6
    ) -> None:
        """A box with rounded corners; an outline is drawn inside of it."""
        inset = 1.5 if outline else 0
        self._axes.add_artist(
            FancyBboxPatch(
                (x + inset, y + inset),
                width - 2 * inset,
                height - 2 * inset,
                boxstyle=f"round,pad=0,rounding_size={min(corner, width / 2, height / 2)}",
                facecolor=fill,
                edgecolor=outline or "none",
                linewidth=2 * inset * _POINTS,
            )
        )

    def line(self, *points: tuple[float, float], colour: str, width: float) -> None:
        """A line through these points."""
        across, down = zip(*points, strict=True)
        self._axes.add_artist(Line2D(across, down, color=colour, linewidth=width * _POINTS, solid_capstyle="round"))

    def tick(self, x: float, y: float, colour: str) -> None:
        """The mark of what is done, around this point."""
        self.line((x - 12, y + 1), (x - 3, y + 10), (x + 13, y - 10), colour=colour, width=6)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        size: float = NORMAL,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
        bold: bool = False,
        widest: float = WIDTH,
    ) -> float:
        """Words whose middle is at `y`, at most so wide: smaller where need be, then shortened. How wide they are."""
        written = self._axes.text(
            x,
            y,
            words,
            fontsize=size * _POINTS,
            fontfamily=_FONT,
            fontweight="bold" if bold else "normal",
            color=colour,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )
        width = float(written.get_window_extent().width)
        if width > widest and size > SMALL:
            written.set_fontsize(max(SMALL, size * widest / width) * _POINTS)
            width = float(written.get_window_extent().width)
        while width > widest and len(words) > 1:
            words = words[: min(len(words) - 1, int(len(words) * widest / width))]
            written.set_text(f"{words.rstrip()}…")
            width = float(written.get_window_extent().width)
        return width

    @staticmethod
    def drawable(words: str) -> str:
        """What of somebody's words can be written here: letters that the font has, if they run from left to right."""
        if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in words):
            return ""
        known = _letters()
        return " ".join("".join(letter for letter in words if ord(letter) in known).split())

    def png(self) -> bytes:
        """Everything drawn, as a PNG."""
        raw, packed = BytesIO(), BytesIO()
        self._figure.savefig(raw, format="rgba")
        drawn = Image.frombytes("RGBA", self._size, raw.getvalue()).convert("RGB")
        drawn.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        return packed.getvalue()


@cache
def _letters() -> frozenset[int]:
    """The code points that the font has."""
    return frozenset(FT2Font(font_manager.findfont(_FONT)).get_charmap())
