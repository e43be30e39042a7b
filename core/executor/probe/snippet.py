"""The probe's front door: a task in, a frame out."""

import ast
import gc
import os
from collections.abc import Callable
from types import CodeType
from typing import cast

from core.executor.probe import (
    bytecode,
    memory,
    mistakes,
    notes,
    pristine,
    program,
    recorder,
    steps,
    streams,
    timing,
    trace,
)

__builtins__ = pristine.BUILTINS

Task = dict[str, object]
Frame = dict[str, object]
Report = dict[str, object]

LIMITS = {"rows": 40, "edges": 200, "visits": 1000, "steps": 100, "instructions": 400, "timing_ms": 500}
"""Caps, where the task gives no tighter ones. `visits`: objects that a walk looks at."""

_disable, _enable, _is_enabled = gc.disable, gc.enable, gc.isenabled
_getpid, _exit = os.getpid, os._exit


def execute(task: Task) -> Frame:
    """Run a snippet and say what came of it; never raises, whatever the snippet does.

    The task holds `code`, and may hold `filename`, `stdin`, `view` (words among memory, trace, graph, bytecode, timing)
    and `limits`. File descriptors 1 and 2 are the program's output. The frame is plain JSON data: `exit_status`, and
    `report` in the shape of `core.executor.report.model.Report`.
    """
    frame: Frame = {"exit_status": 1, "report": {"notes": ["memory_failed"]}}
    try:
        live(task, frame)
    except BaseException:
        return frame
    return frame


def live(task: Task, frame: Frame) -> None:
    """The snippet's whole life: compiled, run, looked at, torn down. The frame is filled on the way.

    Where the snippet forks, its children come by here too: they end like any script and report nothing.
    """
    born = _getpid()
    code, filename = cast("str", task["code"]), cast("str", task.get("filename", "snippet.py"))
    view = frozenset(cast("list[str]", task.get("view", [])))
    limits = {**LIMITS, **cast("dict[str, int]", task.get("limits", {}))}
    report: Report = {"notes": []}
    streams.open_streams(cast("str", task.get("stdin", "")))
    mistakes.remember_source(code, filename)
    names = program.fresh_main(filename)
    try:
        compiled = prepare(code, filename, report)
    except BaseException as error:
        mistakes.show(error, filename)
        frame["report"] = report
        return
    watching = recorder.Recorder(names, filename) if "trace" in view else None
    ending = program.run(compiled, names, filename, body_for(watching))
    if _getpid() != born:
        program.tear_down(names)
        _exit(ending.status)
    frame.update(exit_status=ending.status, report=report)
    if ending.input_missing:
        cast("list[str]", report["notes"]).append("stdin_missing")
    numbers: dict[int, int] = {}
    if view & {"memory", "graph", "trace"}:
        attempt(report, "memory_failed", lambda: look(report, names, compiled, limits, numbers))
    if watching is not None:
        attempt(report, "trace_failed", lambda: tell(report, watching, numbers, code, limits))
    if "bytecode" in view:
        attempt(report, "bytecode_failed", lambda: disassemble(report, code, filename, limits))
    if "timing" in view:
        attempt(report, "timing_failed", lambda: time(report, compiled, filename, limits))
    program.tear_down(names)


def prepare(code: str, filename: str, report: Report) -> CodeType:
    """Compile the snippet, and note what in its text may puzzle; the syntax tree is gone afterwards.

    It has to be: a tree holds the constants that it was made of.
    """
    tree = ast.parse(code, filename)
    report["notes"] = notes.notes_about(tree, code)
    return program.compile_tree(tree, filename)


def body_for(watching: recorder.Recorder | None) -> program.Body:
    """How the program is run: watched, or just so."""
    if watching is None:
        return program.plain
    return lambda code, names: trace.run_traced(code, names, watching, lambda: program.plain(code, names))


def attempt(report: Report, failure: str, part: Callable[[], None]) -> None:
    """Add a part to the report; where that fails, a note says so and the other parts remain.

    The collector rests meanwhile: it would run finalizers, which are the learner's code, in the middle of a count.
    """
    collecting = _is_enabled()
    _disable()
    try:
        part()
    except BaseException:
        cast("list[str]", report["notes"]).append(failure)
    if collecting:
        _enable()


def look(
    report: Report, names: program.Namespace, compiled: CodeType, limits: dict[str, int], numbers: dict[int, int]
) -> None:
    """Add the memory view; `numbers` is filled with the rows of objects by their id."""
    seen = memory.view_memory(names, compiled, limits)
    report.update(objects=seen.rows, more=seen.more, edges=seen.edges)
    numbers.update(seen.numbers)
    if seen.partial:
        cast("list[str]", report["notes"]).append("memory_partial")


def tell(report: Report, watched: recorder.Recorder, rows: dict[int, int], code: str, limits: dict[str, int]) -> None:
    """Add the trace."""
    folded = steps.fold(watched.steps)
    numbers = steps.Numbers(watched.alive(rows), len(rows))
    report["trace"] = {"steps": steps.tell(folded, numbers, code.splitlines(), limits["steps"])}
    if watched.cut or len(folded) > limits["steps"]:
        cast("list[str]", report["notes"]).append("trace_cut")


def disassemble(report: Report, code: str, filename: str, limits: dict[str, int]) -> None:
    """Add the bytecode."""
    rows = bytecode.instructions(code, filename, limits["instructions"] + 1)
    report["bytecode"] = rows[: limits["instructions"]]
    if len(rows) > limits["instructions"]:
        cast("list[str]", report["notes"]).append("bytecode_cut")


def time(report: Report, compiled: CodeType, filename: str, limits: dict[str, int]) -> None:
    """Add how long the snippet takes."""
    report["timing"] = timing.measure(compiled, filename, limits["timing_ms"] / 1000)
