"""Notes, between two lines, what happened to a program's memory."""

import gc
from types import CodeType, FrameType

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
