"""Follows a snippet line by line and has a recorder look at what each line did."""

import gc
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from core.executor.probe import pristine
from core.executor.probe.recorder import Recorder

__builtins__ = pristine.BUILTINS

_monitoring: Any = getattr(sys, "monitoring", None)
_settrace, _getframe = sys.settrace, sys._getframe
_callbacks = gc.callbacks
_get_ident = threading.get_ident


def run_traced(code: CodeType, names: dict[str, object], recorder: Recorder, run: Callable[[], None]) -> None:
    """Run the code while the recorder watches."""
    _callbacks.append(recorder.collected)
    try:
        if _monitoring is None:
            follow_by_settrace(code.co_filename, recorder, run)
        else:
            follow_by_monitoring(code, recorder, run)
    except BaseException:
        recorder.fail()
        raise
    finally:
        if recorder.collected in _callbacks:
            _callbacks.remove(recorder.collected)
    recorder.finish()


def follow_by_settrace(filename: str, recorder: Recorder, run: Callable[[], None]) -> None:
    """The way of 3.11."""

    def local(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            recorder.line(frame, frame.f_lineno)
        elif event == "return":
            recorder.leaving(frame, argument)
        return None if recorder.cut else local

    def entering(frame: FrameType, event: str, argument: object) -> Any:
        return local if frame.f_code.co_filename == filename and not recorder.cut else None

    _settrace(entering)
    try:
        run()
    finally:
        _settrace(None)


def follow_by_monitoring(code: CodeType, recorder: Recorder, run: Callable[[], None]) -> None:
    """The way from 3.12 on (PEP 669): events of the snippet's own code only."""
    tool = _monitoring.DEBUGGER_ID
    thread = _get_ident()
    events = _monitoring.events

    def line(where: CodeType, number: int) -> Any:
        if recorder.cut:
            return _monitoring.DISABLE
        if _get_ident() == thread:
            recorder.line(_getframe(1), number)
        return None

    def leaving(where: CodeType, offset: int, value: object) -> Any:
        if recorder.cut:
            return _monitoring.DISABLE
        if _get_ident() == thread:
            recorder.leaving(_getframe(1), value)
        return None

    _monitoring.use_tool_id(tool, "kucha")
    try:
        _monitoring.register_callback(tool, events.LINE, line)
        _monitoring.register_callback(tool, events.PY_RETURN, leaving)
        _monitoring.register_callback(tool, events.PY_YIELD, leaving)
        for part in all_code(code):
            _monitoring.set_local_events(tool, part, events.LINE | events.PY_RETURN | events.PY_YIELD)
        run()
    finally:
        for part in all_code(code):
            _monitoring.set_local_events(tool, part, 0)
        _monitoring.free_tool_id(tool)


def all_code(code: CodeType) -> list[CodeType]:
    """A code object and all that are nested in it."""
    found = [code]
    for each in found:
        found += [constant for constant in each.co_consts if type(constant) is CodeType]
    return found
