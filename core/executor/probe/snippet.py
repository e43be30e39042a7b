"""The probe's front door: a task in, a frame out."""

import gc
from types import CodeType
from typing import cast

from core.executor.probe import memory, mistakes, notes, pristine, program, streams

__builtins__ = pristine.BUILTINS

Task = dict[str, object]
Frame = dict[str, object]

LIMITS = {"rows": 40, "edges": 200, "visits": 2000, "steps": 120, "instructions": 400, "timing_ms": 500}
"""Caps, where the task gives no tighter ones. `visits`: objects that a walk looks at."""


def execute(task: Task) -> Frame:
    """Run a snippet and say what came of it; never raises, whatever the snippet does.

    The task holds `code`, and may hold `filename`, `stdin`, `view` (words among memory, trace, graph, bytecode, timing)
    and `limits`. File descriptors 1 and 2 are the program's output. The frame is plain JSON data: `exit_status`, and
    `report` in the shape of `core.executor.report.model.Report`.
    """
    try:
        return run_and_report(task)
    except BaseException:
        return {"exit_status": 1, "report": {"notes": ["memory_failed"]}}


def run_and_report(task: Task) -> Frame:
    """The snippet's whole life: compiled, run, looked at, torn down."""
    code, filename = cast("str", task["code"]), cast("str", task.get("filename", "snippet.py"))
    view = cast("list[str]", task.get("view", []))
    limits = {**LIMITS, **cast("dict[str, int]", task.get("limits", {}))}
    report: dict[str, object] = {"notes": notes.notes_about(code)}
    streams.open_streams(cast("str", task.get("stdin", "")))
    mistakes.remember_source(code, filename)
    names = program.fresh_main(filename)
    try:
        compiled = program.compile_snippet(code, filename)
    except BaseException as error:
        mistakes.show(error, filename)
        return {"exit_status": 1, "report": report}
    status = program.run(compiled, names, filename)
    gc.disable()
    if "memory" in view or "graph" in view or "trace" in view:
        report.update(remember(names, compiled, limits))
    gc.enable()
    program.tear_down(names)
    return {"exit_status": status, "report": report}


def remember(names: program.Namespace, compiled: CodeType, limits: dict[str, int]) -> Frame:
    """The memory part of the report."""
    seen = memory.view_memory(names, compiled, limits)
    return {"objects": seen.rows, "more": seen.more, "edges": seen.edges}
