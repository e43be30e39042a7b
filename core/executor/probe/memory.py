"""The memory view: a row for each object that the program's names reach, most telling first."""

import gc
import weakref
from types import CodeType, FunctionType, MethodType, ModuleType

from core.executor.probe import pristine
from core.executor.probe.counting import counts, is_immortal, is_interned, is_small_int, why_uncounted
from core.executor.probe.cycles import on_cycles
from core.executor.probe.reach import ROOT, Reached, Reference, reach
from core.executor.probe.sizes import size
from core.executor.probe.values import is_atom, value_text

__builtins__ = pristine.BUILTINS

Row = dict[str, object]

_is_tracked = gc.is_tracked
_weakrefs = weakref.getweakrefcount

NAMED_MOST = 12
REFERRERS_MOST = 12


class MemoryView:
    """The rows, the edges between them, and where each object went (row numbers by `id`)."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.more = 0
        self.edges: list[Row] = []
        self.numbers: dict[int, int] = {}
        self.partial = False


def view_memory(names: dict[str, object], module_code: CodeType | None, limits: dict[str, int]) -> MemoryView:
    """Look at what a module's names reach; `limits` caps `visits`, `rows` and `edges`."""
    reached = reach(names, module_code, limits["visits"])
    totals = counts(reached.objects)
    cyclic = find_cycles(reached)
    incoming: dict[int, list[Reference]] = {}
    for reference in reached.references:
        incoming.setdefault(reference.target, []).append(reference)
    order = sorted(reached.shown(), key=lambda number: interest(reached, number, cyclic))
    view = MemoryView()
    view.partial = reached.partial
    view.more = max(0, len(order) - limits["rows"])
    order = order[: limits["rows"]]
    view.numbers = {id(reached.objects[number]): place for place, number in enumerate(order, 1)}
    for place, number in enumerate(order, 1):
        row = describe(reached.objects[number], totals[number], names, view.numbers)
        explain(row, incoming.get(number, []), reached.names.get(number, []))
        row["number"] = place
        row["badges"] = badges(reached, number, totals[number], number in cyclic)
        view.rows.append(row)
    view.edges = edges_between(reached, {number: place for place, number in enumerate(order, 1)})[: limits["edges"]]
    return view


def find_cycles(reached: Reached) -> set[int]:
    """The reached objects on a cycle; classes, which always are on one with their own internals, are left out."""
    followers: list[list[int]] = [[] for _ in reached.objects]
    is_class = [bool(pristine.flags(type(each)) & pristine.CLASS) for each in reached.objects]
    for reference in reached.references:
        if reference.source != ROOT and not is_class[reference.source] and not is_class[reference.target]:
            followers[reference.source].append(reference.target)
    return on_cycles(followers)


def interest(reached: Reached, number: int, cyclic: set[int]) -> tuple[int, int]:
    """The sorting key: shared objects, named cycles, named data, the rest, atoms, functions, classes, modules."""
    obj = reached.objects[number]
    kind = type(obj)
    named = len(reached.names.get(number, ()))
    if kind is ModuleType:
        rank = 9
    elif pristine.flags(kind) & pristine.CLASS:
        rank = 8
    elif kind is FunctionType or kind is MethodType:
        rank = 6 if named == 1 and number not in cyclic else 3
    elif is_atom(obj):
        rank = 1 if named > 1 else 4 if named else 7
    else:
        in_cycle = number in cyclic
        rank = 0 if named > 1 else 2 if named and in_cycle else 3 if named else 4 if in_cycle else 5
    return rank, number


def describe(obj: object, count: int, names: dict[str, object], numbers: dict[int, int]) -> Row:
    """What can be said of an object by itself."""
    reason = why_uncounted(obj, count, names)
    return {
        "type": pristine.type_name(type(obj)),
        "value": value_text(obj, numbers)[:200],
        "id": id(obj),
        "refcount": None if reason else max(count, 0),
        "uncounted": reason,
        "size": size(obj),
    }


def explain(row: Row, incoming: list[Reference], names: list[str]) -> None:
    """Say who holds the object; what is counted but not named goes into `unnamed`."""
    labels = [reference.label for reference in incoming]
    labels.sort(key=lambda label: label not in names)
    labels = labels[:REFERRERS_MOST]
    count = row["refcount"]
    row["names"] = names[:NAMED_MOST]
    row["referrers"] = labels
    row["unnamed"] = max(0, count - len(labels)) if type(count) is int else 0


def badges(reached: Reached, number: int, count: int, cyclic: bool) -> list[str]:
    """The properties worth a word."""
    obj = reached.objects[number]
    answers = {
        "immortal": is_immortal(obj, count),
        "small_int": is_small_int(obj),
        "interned": is_interned(obj),
        "constant": number in reached.constants,
        "gc_tracked": _is_tracked(obj),
        "weakly_referenced": _weakrefs(obj) > 0,
        "in_cycle": cyclic,
        "lost": number in reached.lost,
    }
    return [badge for badge, holds in answers.items() if holds]


def edges_between(reached: Reached, places: dict[int, int]) -> list[Row]:
    """The references from row to row; a way through machinery (a cell, a dict of defaults) counts as one."""
    outgoing: dict[int, list[Reference]] = {}
    for reference in reached.references:
        outgoing.setdefault(reference.source, []).append(reference)
    edges: list[Row] = []
    for number, place in places.items():
        todo, seen = list(reversed(outgoing.get(number, []))), {number}
        while todo:
            reference = todo.pop()
            target = reference.target
            if target in places and reference.shown:
                label = short_label(reference.label, reached.paths[number])
                edges.append({"source": place, "target": places[target], "label": label})
            elif target not in seen and target not in places and leads_through(reached.objects[target]):
                seen.add(target)
                todo += reversed(outgoing.get(target, []))
    return edges


def leads_through(obj: object) -> bool:
    """Whether what is behind a piece of machinery belongs to its holder: not for classes, functions and code."""
    kind = type(obj)
    return not (pristine.flags(kind) & pristine.CLASS or kind is FunctionType or kind is CodeType)


def short_label(label: str, path: str) -> str:
    """The last step of a path: `.next` of `node.next`."""
    if label.startswith(path) and len(label) > len(path):
        return label[len(path) :]
    return label.split(" ", 1)[0]
