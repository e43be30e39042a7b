"""The picture at the end of a quiz, looked at pixel by pixel."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from core.chat.pictures.board import Board, Seat
from core.chat.pictures.podium import draw

SEEN = 12


def seat(place: int, name: str, score: int) -> Seat:
    return Seat(place, name, score, str(score), "верно 3 из 5")


SEATS = (seat(1, "Аня", 4310), seat(2, "Boris", 3920), seat(3, "Вера", 2100), seat(4, "Ева", 900))
BOARD = Board("Итоги викторины", "Слабые ссылки · уровень 2", SEATS[:3], SEATS, "игрок")


def picture(board: Board) -> Image.Image:
    return Image.open(BytesIO(draw(board))).convert("RGB")


def difference(first: Board, second: Board) -> tuple[int, int, int, int] | None:
    """The box around what an eye sees to differ."""
    grey = ImageChops.difference(picture(first), picture(second)).convert("L")
    return grey.point([0] * SEEN + [255] * (256 - SEEN)).getbbox()


def test_it_is_a_small_png_for_a_phone_held_upright() -> None:
    content = draw(replace(BOARD, rows=tuple(seat(place, f"Игрок {place}", 5000 - place) for place in range(1, 11))))
    assert content.startswith(b"\x89PNG")
    assert len(content) < 100_000
    width, height = Image.open(BytesIO(content)).size
    assert width == 1080
    assert width < height < 1.6 * width


def test_equals_stand_equally_high() -> None:
    tie = replace(BOARD, steps=(SEATS[0], SEATS[1], replace(SEATS[2], place=2)))
    box = difference(BOARD, tie)
    assert box is not None
    assert box[0] > 1080 / 2
    first = replace(BOARD, steps=(SEATS[0], replace(SEATS[1], place=1), SEATS[2]))
    box = difference(BOARD, first)
    assert box is not None
    assert box[2] < 1080 / 2


@pytest.mark.parametrize("name", ["李小龍", "أحمد", "דוד", "🐍🐍", "\u3164", ""])
def test_a_name_that_cannot_be_written_stands_as_a_player(name: str) -> None:
    unnamed = replace(BOARD, rows=(replace(SEATS[0], name="игрок"), *SEATS[1:]))
    assert difference(replace(BOARD, rows=(replace(SEATS[0], name=name), *SEATS[1:])), unnamed) is None


@pytest.mark.parametrize("name", ["Ж" * 64, "w" * 64, "$x^2$ \\frac{1}{2}", "José 🐍 O'Neil", "Z\u0300\u0300algo"])
def test_a_name_keeps_to_its_line_and_is_no_formula(name: str) -> None:
    box = difference(BOARD, replace(BOARD, rows=(*SEATS[:3], replace(SEATS[3], name=name))))
    assert box is not None
    assert box[3] - box[1] < 60
    assert box[2] < 1080 - 44 - 60


@pytest.mark.parametrize(
    "board",
    [
        replace(BOARD, steps=()),
        replace(BOARD, steps=SEATS[:1], rows=SEATS[:1]),
        replace(BOARD, steps=SEATS[:2]),
        replace(BOARD, rows=()),
        replace(BOARD, rows=(seat(1, "Аня", 10**9), seat(2, "Ева", 1))),
        replace(BOARD, title="Ж" * 200, subtitle="w" * 300),
    ],
)
def test_odd_boards_are_drawn(board: Board) -> None:
    assert picture(board).size[0] == 1080
