"""Frames as a hostile snippet would forge them: refused as a whole, or harmless."""

import json
from typing import Any

import pytest

from core.executor.report.model import (
    CHANGES,
    EDGES,
    FRAME_BYTES,
    INSTRUCTIONS,
    NAMES,
    ROWS,
    STEPS,
    Badge,
    Note,
    Report,
    Uncounted,
    read_report,
)

ROW: dict[str, Any] = {
    "number": 1,
    "names": ["a", "b"],
    "type": "list",
    "value": "[]",
    "id": 140245555370240,
    "refcount": 2,
    "uncounted": None,
    "size": 56,
    "badges": ["gc_tracked"],
    "referrers": ["a", "b"],
    "unnamed": 0,
}
STEP: dict[str, Any] = {
    "line": 1,
    "source": "a = []",
    "function": "",
    "changes": [{"kind": "created", "number": 1, "name": "a", "before": "", "after": "1"}],
    "repeats": 1,
}
EDGE = {"source": 1, "target": 1, "label": "[0]"}
INSTRUCTION = {"function": "", "line": 1, "offset": 0, "operation": "RESUME", "argument": "0"}
TIMING = {"loops": 1, "repeats": 5, "best_nanoseconds": 10.0, "median_nanoseconds": 12.5}


def frame(**parts: Any) -> str:
    return json.dumps({"objects": [], "more": 0, "edges": [], "notes": [], **parts})


def row(**changes: Any) -> str:
    return frame(objects=[{**ROW, **changes}])


def step(**changes: Any) -> str:
    return frame(trace={"steps": [{**STEP, **changes}]})


def test_an_honest_frame_is_read() -> None:
    report = read_report(
        frame(
            objects=[ROW],
            edges=[EDGE],
            trace={"steps": [STEP]},
            bytecode=[INSTRUCTION],
            timing=TIMING,
            notes=["stdin_missing"],
        )
    )
    assert report is not None
    assert report.objects[0].names == ("a", "b")
    assert report.objects[0].badges == (Badge.gc_tracked,)
    assert report.notes == (Note.stdin_missing,)
    assert report.trace is not None
    assert report.timing is not None


def test_the_least_frame_is_an_empty_report() -> None:
    assert read_report("{}") == Report()


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param("", id="nothing"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="a list"),
        pytest.param('"report"', id="a string"),
        pytest.param(frame()[:-1], id="cut off"),
        pytest.param(frame() + frame(), id="two frames"),
        pytest.param(b"\xff\xfe\x00", id="no UTF-8"),
        pytest.param("[" * 100_000, id="a bomb of brackets"),
        pytest.param('{"more": ' + "9" * 10_000 + "}", id="a number of many digits"),
        pytest.param(" " * (FRAME_BYTES + 1), id="too long"),
        pytest.param(frame(verdict="finished"), id="an unknown field"),
        pytest.param(frame(objects=[ROW] * (ROWS + 1)), id="too many rows"),
        pytest.param(frame(edges=[EDGE] * (EDGES + 1)), id="too many edges"),
        pytest.param(frame(trace={"steps": [STEP] * (STEPS + 1)}), id="too many steps"),
        pytest.param(step(changes=STEP["changes"] * (CHANGES + 1)), id="too many changes"),
        pytest.param(frame(bytecode=[INSTRUCTION] * (INSTRUCTIONS + 1)), id="too many instructions"),
        pytest.param(frame(notes=["stdin_missing"] * 100), id="too many notes"),
        pytest.param(frame(notes=["<b>hello</b>"]), id="a note of its own"),
        pytest.param(frame(objects={"0": ROW}), id="rows as an object"),
        pytest.param(row(names=["a"] * (NAMES + 1)), id="too many names"),
        pytest.param(row(names=["a" * 81]), id="a long name"),
        pytest.param(row(value="x" * 201), id="a long value"),
        pytest.param(row(type={"$ref": "list"}), id="a type that is no text"),
        pytest.param(row(refcount=-1), id="a negative count"),
        pytest.param(row(refcount="2"), id="a count as text"),
        pytest.param(row(refcount=2.0), id="a count as a fraction"),
        pytest.param(row(refcount=True), id="a count as a truth value"),
        pytest.param(row(refcount=2**40), id="a huge count"),
        pytest.param(row(id=2**64), id="an address beyond memory"),
        pytest.param(row(id=-1), id="a negative address"),
        pytest.param(row(size=1e400), id="an infinite size"),
        pytest.param(row(number=10**9), id="a huge number"),
        pytest.param(row(badges=["admin"]), id="a badge of its own"),
        pytest.param(row(badges=["immortal"] * 50), id="too many badges"),
        pytest.param(row(uncounted="because"), id="a reason of its own"),
        pytest.param(row(referrers=None), id="referrers missing"),
        pytest.param(json.dumps({"objects": [{"number": 1}]}), id="half a row"),
        pytest.param(step(line=-1), id="a negative line"),
        pytest.param(step(source="x" * 201), id="a long line"),
        pytest.param(step(changes=[{**STEP["changes"][0], "kind": "exploded"}]), id="a change of its own"),
        pytest.param(frame(timing={**TIMING, "best_nanoseconds": -1}), id="time runs backwards"),
        pytest.param(frame(timing={**TIMING, "best_nanoseconds": float("nan")}), id="time is no number"),
        pytest.param(frame(timing={**TIMING, "best_nanoseconds": float("inf")}), id="time is infinite"),
        pytest.param('{"objects": [], "notes": ["\ud800"]}', id="a lone surrogate"),
    ],
)
def test_a_forged_frame_is_refused(forged: str | bytes) -> None:
    assert read_report(forged) is None


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mred",
        "\x07",
        "line\nbreak",
        "\u202edrawkcab",
        "\u200bzero width",
        "\x00",
        "\x9b31m",
        "\ufeff",
        "\u2066x",
    ],
)
@pytest.mark.parametrize("field", ["value", "type", "names", "referrers"])
def test_characters_that_steer_a_terminal_are_replaced(field: str, text: str) -> None:
    report = read_report(row(**{field: [text] if isinstance(ROW[field], list) else text}))
    assert report is not None
    told = getattr(report.objects[0], field)
    (shown,) = told if isinstance(told, tuple) else (told,)
    assert shown.isprintable()
    assert len(shown) == len(text)


def test_markup_stays_text() -> None:
    report = read_report(row(value="<b>@everyone</b> [x](tg://user?id=1)"))
    assert report is not None
    assert report.objects[0].value == "<b>@everyone</b> [x](tg://user?id=1)"


def test_every_reason_and_badge_is_read() -> None:
    for reason in Uncounted:
        report = read_report(row(refcount=None, uncounted=reason.value, badges=[badge.value for badge in Badge]))
        assert report is not None
        assert report.objects[0].uncounted is reason
