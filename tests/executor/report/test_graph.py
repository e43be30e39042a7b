"""Pictures, drawn by Graphviz from the reports of real programs."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from core.executor.report.graph import CYCLE, MOST_OBJECTS, dot_source, drawing_of, picture
from core.executor.report.model import Report
from tests.executor.probe.interpreters import Worker, found


@pytest.fixture(scope="module")
def newest() -> Iterator[Worker]:
    worker = Worker(found()[-1])
    yield worker
    worker.close()


def report_of(worker: Worker, code: str) -> Report:
    return worker.run(code, "graph").report


def image(report: Report) -> Image.Image:
    drawn = Image.open(io.BytesIO(picture(report)))
    drawn.load()
    return drawn


def colours(drawn: Image.Image) -> set[tuple[int, ...]]:
    counted = drawn.convert("RGB").getcolors(2**24)
    assert counted is not None
    return {colour for _, colour in counted if isinstance(colour, tuple)}


CYCLE_RGB = tuple(int(CYCLE[place : place + 2], 16) for place in (1, 3, 5))


def test_names_objects_and_counts_are_in_the_picture(newest: Worker) -> None:
    source = dot_source(report_of(newest, "a = []\nb = a\nc = [a, a]"))
    assert "① list  ×4" in source
    assert "② list  ×1" in source
    assert source.count("->") == 4
    assert "×2" in source


def test_a_cycle_is_coloured_and_only_a_cycle(newest: Worker) -> None:
    cyclic = image(report_of(newest, "a = []\nb = [a]\na.append(b)"))
    straight = image(report_of(newest, "a = []\nb = [a]"))
    assert CYCLE_RGB in colours(cyclic)
    assert CYCLE_RGB not in colours(straight)


def test_an_edge_out_of_a_cycle_is_not_coloured(newest: Worker) -> None:
    source = dot_source(report_of(newest, "leaf = []\na = [leaf]\na.append(a)"))
    edges = [line for line in source.splitlines() if "->" in line and "label" in line]
    assert len(edges) == 2
    assert sum(CYCLE in line for line in edges) == 1


def test_the_background_is_opaque(newest: Worker) -> None:
    drawn = image(report_of(newest, "a = {}")).convert("RGBA")
    inside = drawn.crop((1, 1, drawn.width - 1, drawn.height - 1))  # Graphviz smooths the outermost pixels
    assert inside.getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize(
    "code",
    [
        "a = []\nb = a",
        "things = [[] for _ in range(50)]",
        "rows = {i: [i, [i]] for i in range(30)}",
        "chain = []\nfor _ in range(40): chain = [chain]",
        "class N: pass\nring = [N() for _ in range(20)]\nfor i in range(20): ring[i].next = ring[i - 1]",
    ],
)
def test_it_is_legible_on_a_phone(newest: Worker, code: str) -> None:
    report = report_of(newest, code)
    assert len(drawing_of(report).rows) <= MOST_OBJECTS
    assert image(report).width <= 1100


def test_what_is_left_out_is_counted(newest: Worker) -> None:
    source = dot_source(report_of(newest, "things = [[] for _ in range(30)]"))
    assert f"+{31 - MOST_OBJECTS} …" in source


@pytest.mark.parametrize(
    "name", ['"];x[label="', "<b>x</b>", "\\n\\G\\N", "a|b{c}", "}\ndigraph {", "<<table>>", "&amp;", "\x1b[0m"]
)
def test_a_hostile_name_stays_a_label(newest: Worker, name: str) -> None:
    report = report_of(newest, f"globals()[{name!r}] = []\nE = type({name!r}, (), {{}})\ne = E()")
    assert len(drawing_of(report).rows) == 2
    assert dot_source(report).count("->") == 2
    assert image(report).width > 100


def test_a_program_without_data_still_has_a_picture(newest: Worker) -> None:
    assert image(report_of(newest, "x = 1")).width > 50
    assert image(report_of(newest, "import gc")).width > 50
    assert image(Report()).width > 0
