"""Each attack still ends in a well-formed frame, with an honest row for a list that has nothing to do with it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.executor.report.model import FRAME_BYTES, read_report
from tests.executor.probe.interpreters import Worker

SHARED = "a = []\nb = a\n"
VIEWS = ("memory", "trace", "bytecode", "timing")
NO_REPORT = " (no report)"


@dataclass(frozen=True, slots=True)
class Attack:
    name: str
    code: str
    reports: bool


def read_attacks(text: str) -> tuple[Attack, ...]:
    parts = re.split(r"^#### (.+)\n", text, flags=re.MULTILINE)[1:]
    return tuple(
        Attack(name.removesuffix(NO_REPORT), code, not name.endswith(NO_REPORT))
        for name, code in zip(parts[::2], parts[1::2], strict=True)
    )


ATTACKS = read_attacks(Path(__file__).with_name("hostile_programs.txt").read_text("utf-8"))

UNCOMPILABLE = {
    "a NUL": "a = 1\0",
    "a lone surrogate": "a = '\ud800'",
    "a syntax error": "a = = 1",
    "a bad indent": "if 1:\na = 1",
    "nothing": "",
    "a comment": "# a",
    "thousands of parentheses": "(" * 5000 + ")" * 5000,
    "thousands of minus signs": "-" * 20000 + "1",
    "a number of 64 kB": "1" * 65_000,
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_the_report_survives(python: Worker, attack: Attack) -> None:
    seen = python.run(SHARED + attack.code)
    if attack.reports:
        row = seen.row("a")
        assert row.type == "list"
        assert row.refcount is not None
        assert row.refcount >= 2


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_view_survives(python: Worker, attack: Attack) -> None:
    seen = python.run(SHARED + attack.code, *VIEWS, limits={"timing_ms": 30})
    if attack.reports:
        assert seen.row("a").refcount is not None
        assert seen.report.trace is not None
        assert seen.report.trace.steps[0].source == "a = []"


@pytest.mark.parametrize("name", UNCOMPILABLE)
def test_what_cannot_be_compiled_is_reported(python: Worker, name: str) -> None:
    seen = python.run(UNCOMPILABLE[name])
    assert seen.report.objects == ()
    assert bool(seen.stderr) == (seen.exit_status != 0)


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) + len(UNCOMPILABLE) >= 50


def test_the_largest_report_fits_its_frame(python: Worker) -> None:
    name = "long_" * 16
    code = "".join(f"{name}{number} = [{{'k' * 200: 'v' * 200}} for _ in range(9)]\n" for number in range(70))
    code += "".join(f"{name}{number}, {name}{number + 1} = {name}{number + 1}, []\n" for number in range(60))
    frame, _, _ = python.answer({"code": code, "view": ["memory", "trace", "bytecode"]})
    text = json.dumps(frame["report"])
    assert len(text) < FRAME_BYTES
    assert read_report(text) is not None
