"""Follows a snippet line by line and notes what each line did to its memory."""

import gc
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from core.executor.probe import pristine
from core.executor.probe.differences import Event, differences
from core.executor.probe.snapshots import NOTHING, Binding, Snapshot, take
from core.executor.probe.steps import Step

__builtins__ = pristine.BUILTINS

LOOKS = 600
"""Snapshots a trace takes before it stops watching; the program runs on."""
FRAMES = 4
ENDINGS = ("unbound", "decremented", "freed", "lost")
"""Kinds of events about an object as it was before the line."""
OPTIMIZED = 1
"""`CO_OPTIMIZED`: the code of a function, whose locals are not a dict of their own."""

_monitoring: Any = getattr(sys, "monitoring", None)
_settrace, _getframe = sys.settrace, sys._getframe
_callbacks = gc.callbacks
_disable, _enable, _is_enabled = gc.disable, gc.enable, gc.isenabled


class Serials:
    """Tells objects apart that had the same `id` one after the other."""

    def __init__(self) -> None:
        self.current: dict[int, int] = {}
        self._last = 0

    def apply(self, events: list[Event]) -> list[Event]:
        """The events with serial numbers in place of ids."""
        before = dict(self.current)
        for event in events:
            if event.kind == "created":
                self._last += 1
                self.current[event.held] = self._last
        return [
            event._replace(
                held=(before if event.kind in ENDINGS else self.current).get(event.held, 0),
                before=serial(event.before, before),
                after=serial(event.after, self.current),
            )
            for event in events
        ]


def serial(value: "int | Binding | None", serials: dict[int, int]) -> "int | Binding | None":
    """A name's meaning with the serial number of its object."""
    return value._replace(held=serials.get(value.held, 0)) if isinstance(value, Binding) else value


class Recorder:
    """Collects steps. A change is noted for the line that ran last, a look before."""

    def __init__(self, names: dict[str, object], filename: str) -> None:
        self.steps: list[Step] = []
        self.cut = False
        self._names = names
        self._filename = filename
        self._last: Snapshot = NOTHING
        self._place: tuple[int, str] | None = None
        self._serials = Serials()
        self._lost: list[int] = []
        self._collected = False
        self._looks = 0

    def line(self, frame: FrameType, line: int) -> None:
        """A line is about to run."""
        self._look(frame, 0)
        self._place = (line, function_name(frame.f_code))

    def leaving(self, frame: FrameType, value: object) -> None:
        """A function is about to return or to yield."""
        self._look(frame, id(value))
        caller = frame.f_back
        while caller is not None and caller.f_code.co_filename != self._filename:
            caller = caller.f_back
        self._place = None if caller is None else (caller.f_lineno or 0, function_name(caller.f_code))

    def collected(self, phase: str, info: dict[str, int]) -> None:
        """The collector reports; see `gc.callbacks`."""
        if phase == "stop" and info.get("collected", 0) >= len(self._lost) > 0:
            self._collected = True

    def finish(self) -> None:
        """Note what the last line did."""
        self._look(None, 0)

    def fail(self) -> None:
        """Note the line that raised; what its frames still hold is about to go with the traceback."""
        if self._place is not None and not self.cut:
            self.steps.append(Step(*self._place, ()))

    def alive(self, rows: dict[int, int]) -> dict[int, int]:
        """The rows of the objects that have one, by serial instead of id."""
        return {serial: rows[held] for held, serial in self._serials.current.items() if held in rows}

    def _look(self, frame: FrameType | None, passing: int) -> None:
        if self.cut:
            return
        self._looks += 1
        if self._looks > LOOKS:
            self.cut = True
            return
        collecting = _is_enabled()
        _disable()
        try:
            now = take(self._names, self._frames(frame), passing)
            self._note(now)
        finally:
            if collecting:
                _enable()

    def _note(self, now: Snapshot) -> None:
        events = self._serials.apply(differences(self._last, now))
        if self._collected:
            events += [Event("collected", held, "", None, 0) for held in self._lost]
            self._lost.clear()
            self._collected = False
        self._lost += [event.held for event in events if event.kind == "lost"]
        self._last = now
        if self._place is not None:
            line, function = self._place
            if self.steps and self.steps[-1] == Step(line, function, ()):
                self.steps.pop()
            if events or not self.steps or self.steps[-1].line != line:
                self.steps.append(Step(line, function, tuple(events)))

    def _frames(self, frame: FrameType | None) -> list[tuple[str, FrameType]]:
        """The snippet's functions that are running, innermost first, each under a label of its own."""
        found: list[tuple[str, FrameType]] = []
        seen: dict[str, int] = {}
        while frame is not None and len(found) < FRAMES:
            code = frame.f_code
            if code.co_filename == self._filename and code.co_flags & OPTIMIZED:
                name = function_name(code)
                seen[name] = seen.get(name, 0) + 1
                found.append((name if seen[name] == 1 else f"{name}#{seen[name]}", frame))
            frame = frame.f_back
        return found


def function_name(code: CodeType) -> str:
    """A function's name, empty for the module."""
    return "" if code.co_name == "<module>" else pristine.plain(code.co_name, 40)


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
    events = _monitoring.events

    def line(where: CodeType, number: int) -> Any:
        if recorder.cut:
            return _monitoring.DISABLE
        recorder.line(_getframe(1), number)
        return None

    def leaving(where: CodeType, offset: int, value: object) -> Any:
        if recorder.cut:
            return _monitoring.DISABLE
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
