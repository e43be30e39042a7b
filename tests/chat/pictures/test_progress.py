"""The picture of `/progress`, looked at pixel by pixel."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops

from core.chat.pictures.chart import Chart, Row, Square, Words
from core.chat.pictures.progress import draw

SEEN = 12
TODAY = date(2026, 11, 20)
WORDS = Words(
    matrix="Освоено 1 из 5",
    calendar="За год: 2 дня с ответами",
    forecast="Повторения: сегодня 3, за две недели 8",
    levels=("ур. 1", "ур. 2", "ур. 3"),
    untouched="не начато",
    touched="начато",
    mastered="освоено",
    less="меньше",
    more="больше",
    months=tuple("янв фев мар апр май июн июл авг сен окт ноя дек".split()),
    weekdays=tuple("пн вт ср чт пт сб вс".split()),
)
MASTERED, BEGUN, UNTOUCHED = Square(0.9, True, True), Square(0.5, True, False), Square(0.0, False, False)
CHART = Chart(
    (Row("Сборщик мусора", (MASTERED, BEGUN, None)), Row("__slots__", (UNTOUCHED, UNTOUCHED, UNTOUCHED))),
    ((TODAY - timedelta(days=200), 2), (TODAY, 30)),
    TODAY,
    (3, 0, 5, *[0] * 11),
    WORDS,
)


def picture(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


def difference(first: Chart, second: Chart) -> tuple[int, int, int, int] | None:
    """The box around what an eye sees to differ: left, top, right, bottom.

    Two pictures' palettes differ by shades nobody sees.
    """
    grey = ImageChops.difference(picture(first), picture(second)).convert("L")
    return grey.point([0] * SEEN + [255] * (256 - SEEN)).getbbox()


def test_it_is_a_small_png_for_a_phone_held_upright() -> None:
    many = replace(CHART, rows=tuple(Row(f"Тема {number}", (MASTERED, BEGUN, BEGUN)) for number in range(21)))
    content = draw(many)
    assert content.startswith(b"\x89PNG")
    assert len(content) < 300_000
    width, height = picture(many).size
    assert width == 1080
    assert width < height < 2.2 * width


@pytest.mark.parametrize(
    "square", [Square(0.2, True, False), Square(0.9, True, False), UNTOUCHED, None], ids=["low", "high", "new", "none"]
)
def test_no_other_cell_looks_like_a_mastered_one(square: Square | None) -> None:
    other = replace(CHART, rows=(Row("Сборщик мусора", (square, BEGUN, None)), CHART.rows[1]))
    box = difference(CHART, other)
    assert box is not None
    left, top, right, bottom = box
    assert right - left <= 100
    assert bottom - top <= 42


def test_each_day_has_its_square() -> None:
    boxes = set()
    for ago in (0, 1, 7, 180, 364, 365):
        box = difference(CHART, replace(CHART, days=(*CHART.days[:1], (TODAY - timedelta(days=ago), 7))))
        assert box is not None
        boxes.add(box)
    assert len(boxes) == 6
    assert difference(CHART, replace(CHART, days=(*CHART.days, (TODAY - timedelta(days=366), 7)))) is None


def test_busier_days_are_darker() -> None:
    shades = []
    for answers in (1, 6, 16, 31):
        busy = replace(CHART, days=((TODAY - timedelta(days=200), answers),))
        box = difference(busy, replace(CHART, days=()))
        assert box is not None
        middle = picture(busy).getpixel(((box[0] + box[2]) // 2, (box[1] + box[3]) // 2))
        assert isinstance(middle, tuple)
        shades.append(sum(middle))
    assert all(lighter > darker for lighter, darker in pairwise(shades))


def test_the_fourteen_days_have_their_bars_side_by_side() -> None:
    lefts = []
    for number in (0, 1, 7, 12, 13):
        forecast = [0] * 14
        forecast[number] = 4
        box = difference(replace(CHART, forecast=tuple(forecast)), replace(CHART, forecast=(0,) * 14))
        assert box is not None
        lefts.append(box[0])
    assert lefts == sorted(set(lefts))


@pytest.mark.parametrize("name", ["Ж" * 200, "w" * 60, "$x^2$ \\frac{1}{2}", "__init__ & <b>", " "])
def test_a_name_stays_left_of_the_cells_and_is_no_formula(name: str) -> None:
    box = difference(CHART, replace(CHART, rows=(Row(name, CHART.rows[0].squares), CHART.rows[1])))
    assert box is not None
    assert box[2] <= 1080 - 44 - 3 * 100 - 2 * 8


WEEKS_AND_YEARS = (date(2026, 11, 22), date(2026, 11, 23), date(2028, 2, 29), date(2028, 12, 31))
ODD = (
    replace(CHART, rows=(), days=(), forecast=()),
    replace(CHART, forecast=(0,) * 14),
    replace(CHART, days=((TODAY, 10**6),), forecast=(10**6, *[1] * 13)),
    *(replace(CHART, today=day, days=((day, 1), (day + timedelta(days=1), 1))) for day in WEEKS_AND_YEARS),
)


@pytest.mark.parametrize("chart", ODD)
def test_odd_charts_are_drawn(chart: Chart) -> None:
    assert picture(chart).size[0] == 1080


async def test_several_at_once_are_drawn_like_one_after_another() -> None:
    charts = [replace(CHART, forecast=(number, *[1] * 13)) for number in range(1, 5)]
    together = await asyncio.gather(*(asyncio.to_thread(draw, chart) for chart in charts))
    draw.cache_clear()
    assert together == [draw(chart) for chart in charts]


def test_the_tutor_starts_without_matplotlib() -> None:
    program = "import sys, bot.wiring; sys.exit(any(name.startswith('matplotlib') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
