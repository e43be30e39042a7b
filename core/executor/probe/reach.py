"""Every object that the program's names lead to, and every reference met on the way."""

import sys
from collections.abc import Sequence
from sys import getrefcount
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import NamedTuple

from core.executor.probe import pristine
from core.executor.probe.counting import is_foreign
from core.executor.probe.lost import lost_cycles
from core.executor.probe.parts import CLOSED, INSIDE, Part, parts
from core.executor.probe.values import is_atom, key_text

__builtins__ = pristine.BUILTINS

ROOT = -1
Locals = Sequence[tuple[str, FrameType]]
_getframe = sys._getframe
PATH = 60
LOST = 20
LOST_PATH = "⌀"
GIVEN = (
    "__name__",
    "__builtins__",
    "__doc__",
    "__file__",
    "__loader__",
    "__spec__",
    "__package__",
    "__cached__",
    pristine.SHOWN,
)


class Reference(NamedTuple):
    """A strong reference from one reached object to another (or from the module's names, ROOT)."""

    source: int
    target: int
    label: str
    shown: bool


class Reached:
    """The outcome of a walk. `objects` holds each object once, and nothing else in it holds any."""

    def __init__(self) -> None:
        self.objects: list[object] = []
        self.index: dict[int, int] = {}
        self.paths: list[str] = []
        self.inner: list[str] = []
        self.references: list[Reference] = []
        self.names: dict[int, list[str]] = {}
        self.locals: dict[str, int] = {}
        self.constants: set[int] = set()
        self.lost: set[int] = set()
        self.walked = 0
        self.partial = False

    def add(self, source: int, part: Part, path: str) -> None:
        """Note a reference, and the object behind it if it is new."""
        label = part.label.replace("{}", path.removeprefix("inside ") if part.label == INSIDE else path, 1)
        label = label if len(label) <= PATH else f"…{label[-PATH:]}"
        self.references.append(Reference(source, self.place(part, label), label, part.shown))

    def place(self, part: Part, path: str) -> int:
        """The object's number; a new one remembers the path that led to it."""
        target = self.index.get(id(part.held))
        if target is None:
            target = self.index[id(part.held)] = len(self.objects)
            self.objects.append(part.held)
            self.paths.append(path)
            self.inner.append(part.inner)
        return target

    def shown(self) -> list[int]:
        """The objects that a learner thinks of as data, in the order in which they were met."""
        visible = {reference.target for reference in self.references if reference.shown}
        return [number for number in range(len(self.objects)) if number in visible]


def reach(names: dict[str, object], module_code: CodeType | None, most: int, frames: Locals = ()) -> Reached:
    """Walk from a module's names, breadth first, through at most `most` objects.

    `frames` are functions on the way, as pairs of a label and a frame; their locals are names too.
    """
    reached = Reached()
    for label, frame in frames:
        add_locals(reached, label, frame)
    for name, value in list(dict.items(names)):
        if type(name) is not str:
            reached.add(ROOT, Part(value, f"globals()[{key_text(name)}]"), "")
        elif name not in GIVEN:
            dunder = name.startswith("__") and name.endswith("__")
            reached.add(ROOT, Part(value, pristine.plain(name), shown=not dunder), "")
            if not dunder:
                reached.names.setdefault(reached.index[id(value)], []).append(pristine.plain(name))
    walk(reached, names, module_code, most)
    if module_code is not None:
        add_lost(reached, most)
        walk(reached, names, module_code, most)
        note_constants(reached, module_code)
    return reached


def walk(reached: Reached, names: dict[str, object], module_code: CodeType | None, most: int) -> None:
    """Follow the references of what was reached and not yet looked into."""
    position = reached.walked
    while position < len(reached.objects):
        if len(reached.objects) >= most:
            reached.partial = True
            break
        holder = reached.objects[position]
        if reached.inner[position] != CLOSED and not is_closed(holder, names, module_code):
            for part in parts(holder, most, reached.inner[position]):
                if part.held is names or part.held is pristine.SHARED_BUILTINS or part.held is pristine.BUILTINS:
                    continue
                reached.add(position, part, reached.paths[position])
        position += 1
    reached.walked = position


def add_lost(reached: Reached, most: int) -> None:
    """Add what lies on cycles that no name reaches, under paths that begin with an empty set."""
    for number, obj in enumerate(lost_cycles(reached.index, min(most, LOST)), 1):
        reached.lost.add(reached.place(Part(obj, LOST_PATH), LOST_PATH if number == 1 else f"{LOST_PATH}{number}"))


def add_locals(reached: Reached, label: str, frame: FrameType) -> None:
    """Add what a running function's locals refer to, as `f.x`.

    Up to 3.12 `f_locals` is a copy that the frame keeps: where nothing needs it, it is emptied at once.
    """
    values = frame.f_locals
    for name, value in values.items():
        path = f"{label}.{pristine.plain(name, 40)}"
        reached.add(ROOT, Part(value, path), "")
        reached.locals[path] = reached.index[id(value)]
    if COPIES_CAN_GO:
        values.clear()


def copies_of_a_local() -> int:
    """How many references a look at `f_locals` leaves behind, measured on a local of this very function."""
    known = object()
    before = getrefcount(known)
    after_a_look = getrefcount(known) if _getframe().f_locals else 0
    return after_a_look - before


COPIES_STAY = copies_of_a_local()
COPIES_CAN_GO = COPIES_STAY > 0 and hasattr(sys, "monitoring")
"""`sys.settrace`, the only way to follow 3.11, writes the copy back into the frame; monitoring leaves it alone."""


def is_closed(obj: object, names: dict[str, object], module_code: CodeType | None) -> bool:
    """Whether what is behind an object is none of the program's data."""
    kind = type(obj)
    if obj is names or obj is pristine.SHARED_BUILTINS or kind is ModuleType or kind is CodeType:
        return True
    if kind is FrameType:
        return module_code is None or obj.f_code.co_filename != module_code.co_filename  # type: ignore[attr-defined]
    return is_atom(obj) or is_foreign(obj, names)


def note_constants(reached: Reached, module_code: CodeType) -> None:
    """Find the literals: constants of the code that the names reach as well."""
    todo: list[object] = [module_code]
    todo += [each.__code__ for each in reached.objects if type(each) is FunctionType]
    seen: set[int] = set()
    while todo:
        holder = todo.pop()
        if id(holder) in seen:
            continue
        seen.add(id(holder))
        for constant in holder.co_consts if type(holder) is CodeType else holder:  # type: ignore[attr-defined]
            kind = type(constant)
            number = reached.index.get(id(constant))
            if number is not None:
                reached.references.append(Reference(ROOT, number, "constant", False))
                reached.constants.add(number)
            elif kind is CodeType or kind is tuple or kind is frozenset:
                todo.append(constant)
