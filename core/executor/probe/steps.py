"""The story of a run: which line changed what, loops folded."""

from typing import NamedTuple

from core.executor.probe import pristine
from core.executor.probe.differences import Event
from core.executor.probe.snapshots import Binding
from core.executor.probe.values import circled

__builtins__ = pristine.BUILTINS

LONGEST_LOOP = 12
CHANGES = 8

Row = dict[str, object]


class Step(NamedTuple):
    """A line that ran; `repeats` counts the passes of a folded loop."""

    line: int
    function: str
    events: tuple[Event, ...]
    repeats: int = 1

    def shape(self) -> tuple[object, ...]:
        """What has to be equal for two passes of a loop to be told as one."""
        return self.line, self.function, tuple((event.kind, event.name) for event in self.events)


def fold(steps: list[Step]) -> list[Step]:
    """Tell repeated stretches once, with the first value before and the last one after."""
    shapes = [step.shape() for step in steps]
    folded: list[Step] = []
    place = 0
    while place < len(steps):
        length, passes = longest_repeat(shapes, place)
        for offset in range(length):
            first, last = steps[place + offset], steps[place + offset + length * (passes - 1)]
            pairs = zip(first.events, last.events)  # noqa: B905
            events = tuple(late._replace(before=early.before) for early, late in pairs)
            folded.append(last._replace(events=events, repeats=passes))
        place += length * passes
    return folded


def longest_repeat(shapes: list[tuple[object, ...]], place: int) -> tuple[int, int]:
    """The length of the stretch from `place` whose repetition covers most, and how often it comes in a row."""
    best = (1, 1)
    for length in range(1, LONGEST_LOOP + 1):
        block = shapes[place : place + length]
        passes = 1
        while shapes[place + passes * length : place + (passes + 1) * length] == block:
            passes += 1
        if passes > 1 and length * passes > best[0] * best[1]:
            best = (length, passes)
    return best


class Numbers:
    """Numbers for objects, by serial: those of the memory view's rows, then fresh ones for what has no row."""

    def __init__(self, rows: dict[int, int], taken: int) -> None:
        self._rows = rows
        self._next = taken

    def of(self, held: int) -> int:
        """The number of an object."""
        if held and held not in self._rows:
            self._next += 1
            self._rows[held] = self._next
        return self._rows.get(held, 0)

    def text(self, value: "int | Binding | None") -> str:
        """A count, or what a name stands for."""
        if value is None:
            return ""
        if isinstance(value, Binding):
            return circled(self.of(value.held)) if value.held else value.text[:80]
        return str(value)


def tell(steps: list[Step], numbers: Numbers, lines: list[str], most: int) -> list[Row]:
    """The steps as rows of the report."""
    rows: list[Row] = []
    for step in steps[:most]:
        changes: list[Row] = [
            {
                "kind": event.kind,
                "number": min(numbers.of(event.held), 1000),
                "name": event.name[:80],
                "before": numbers.text(event.before),
                "after": numbers.text(event.after),
            }
            for event in step.events[:CHANGES]
        ]
        source = lines[step.line - 1].strip() if 0 < step.line <= len(lines) else ""
        rows.append(
            {
                "line": step.line,
                "source": source[:160],
                "function": step.function,
                "changes": changes,
                "repeats": step.repeats,
            }
        )
    return rows
