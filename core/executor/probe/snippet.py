"""The probe's front door: a task in, a frame out."""

import gc
from collections.abc import Callable
from types import CodeType
from typing import cast

from core.executor.probe import memory, mistakes, notes, pristine, program, streams

__builtins__ = pristine.BUILTINS

Task = dict[str, object]
Frame = dict[str, object]
Report = dict[str, object]

LIMITS = {"rows": 40, "edges": 200, "visits": 2000, "steps": 120, "instructions": 400, "timing_ms": 500}
"""Caps, where the task gives no tighter ones. `visits`: objects that a walk looks at."""

_disable, _enable, _is_enabled = gc.disable, gc.enable, gc.isenabled


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
    """The snippet's whole life: compiled, run, looked at, torn down. The frame is filled on the way."""
    code, filename = cast("str", task["code"]), cast("str", task.get("filename", "snippet.py"))
    view = frozenset(cast("list[str]", task.get("view", [])))
    limits = {**LIMITS, **cast("dict[str, int]", task.get("limits", {}))}
    report: Report = {"notes": notes.notes_about(code)}
    streams.open_streams(cast("str", task.get("stdin", "")))
    mistakes.remember_source(code, filename)
    names = program.fresh_main(filename)
    try:
        compiled = program.compile_snippet(code, filename)
    except BaseException as error:
        mistakes.show(error, filename)
        frame["report"] = report
        return
    frame["exit_status"] = program.run(compiled, names, filename)
    frame["report"] = report
    if view & {"memory", "graph", "trace"}:
        attempt(report, "memory_failed", lambda: look(report, names, compiled, limits))
    program.tear_down(names)


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


def look(report: Report, names: program.Namespace, compiled: CodeType, limits: dict[str, int]) -> None:
    """Add the memory view."""
    seen = memory.view_memory(names, compiled, limits)
    report.update(objects=seen.rows, more=seen.more, edges=seen.edges)
    if seen.partial:
        cast("list[str]", report["notes"]).append("memory_partial")
