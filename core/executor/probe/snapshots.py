"""What a program's memory looks like between two lines, without keeping any of it alive."""

from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import NamedTuple

from core.executor.probe import pristine
from core.executor.probe.counting import counts, is_foreign, why_uncounted
from core.executor.probe.reach import COPIES_CAN_GO, COPIES_STAY, ROOT, Locals, reach
from core.executor.probe.values import atom_text, is_atom

__builtins__ = pristine.BUILTINS

VISITS = 300
COPIES = 0 if COPIES_CAN_GO else COPIES_STAY


class Binding(NamedTuple):
    """What a name stands for: the object with that id, or a value that needs no row and is its own text."""

    held: int
    text: str


class Thing(NamedTuple):
    """An object between two lines.

    `total` is its reference count, None where there is no honest one; `refers` the ids behind it. `data` is false for
    machinery, which takes part in what keeps what alive but is not told.
    """

    kind: str
    total: int | None
    refers: tuple[int, ...]
    path: str
    data: bool


class Snapshot(NamedTuple):
    """Names and objects by id."""

    names: dict[str, Binding]
    things: dict[int, Thing]


NOTHING = Snapshot({}, {})


def take(names: dict[str, object], frames: Locals, passing: int) -> Snapshot:
    """Look at a module's names and at the locals of its running functions.

    `passing` is the id of an object that is just being returned: it is on its way, its count says nothing now.
    """
    reached = reach(names, None, VISITS, frames)
    totals = counts(reached.objects)
    waiting = reached.index.get(id(names.get(pristine.SHOWN)))
    if waiting is not None:
        totals[waiting] -= 1
    for number in reached.locals.values():
        totals[number] -= COPIES
    refers: dict[int, list[int]] = {}
    for reference in reached.references:
        if reference.source != ROOT:
            refers.setdefault(reference.source, []).append(id(reached.objects[reference.target]))
    things = {}
    visible = set(reached.shown())
    for number, obj in enumerate(reached.objects):
        if not is_atom(obj) and not is_foreign(obj, names):
            uncounted = id(obj) == passing or why_uncounted(obj, totals[number], names) is not None
            things[id(obj)] = Thing(
                pristine.type_name(type(obj)),
                None if uncounted else totals[number],
                tuple(refers.get(number, ())),
                reached.paths[number],
                number in visible and is_data(obj),
            )
    bindings = {}
    for number, paths in reached.names.items():
        for path in paths:
            bindings[path] = bind(reached.objects[number])
    for path, number in reached.locals.items():
        bindings[path] = bind(reached.objects[number])
    return Snapshot(bindings, things)


def bind(obj: object) -> Binding:
    """A name's meaning: atoms, functions, classes and modules are told as text."""
    text = atom_text(obj, 20)
    if text is None and not is_data(obj):
        text = pristine.type_name(type(obj))
    return Binding(0, text) if text is not None else Binding(id(obj), "")


def is_data(obj: object) -> bool:
    """Whether an object's count is worth following: functions, classes and modules just get a name."""
    kind = type(obj)
    return id(kind) not in CODE_LIKE and not pristine.flags(kind) & pristine.CLASS


CODE_LIKE = pristine.identities(FunctionType, BuiltinFunctionType, ModuleType)
