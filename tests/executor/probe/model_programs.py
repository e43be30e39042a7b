"""Random programs made of names, lists, dicts, attributes, closures and deletions, and a tiny model of what they hold.

The model never looks at CPython: a program is a list of actions, each knows its line of code and what it does to a
heap of cells with explicit references. An object's expected count is the number of references that start at a name or
at an object that is still alive; objects without any are dropped with what they held. The objects of a cycle keep each
other alive, as they do until the collector runs, which these programs switch off.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

NAMES = tuple("abcdefgh")
ATTRIBUTES = ("x", "y", "z")

PRELUDE = """\
import gc
gc.disable()
class Node:
    pass
def holder(*held):
    return lambda: held[0]
"""


@dataclass(slots=True)
class Cell:
    """An object of the model: its kind, and what it refers to under which key."""

    kind: str
    refers: dict[object, "Cell"] = field(default_factory=dict)


@dataclass(slots=True)
class Heap:
    """Names, and the cells behind them; `lines` is the program that made them so."""

    names: dict[str, Cell] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    all: list[Cell] = field(default_factory=list)

    def make(self, name: str, kind: str, code: str, refers: dict[object, Cell]) -> None:
        """Bind a new object to a name."""
        cell = Cell(kind, refers)
        self.all.append(cell)
        self.names[name] = cell
        self.lines.append(f"{name} = {code}")

    def counts(self) -> dict[str, int]:
        """How many references each named object has once everything unreferenced is gone."""
        alive = list(self.all)
        while True:
            total = {id(cell): 0 for cell in alive}
            for cell in (*self.names.values(), *(held for each in alive for held in each.refers.values())):
                total[id(cell)] += 1
            dead = [cell for cell in alive if total[id(cell)] == 0]
            if not dead:
                return {name: total[id(cell)] for name, cell in self.names.items()}
            alive = [cell for cell in alive if total[id(cell)] > 0]


def named(draw: st.DrawFn, heap: Heap, *kinds: str) -> str | None:
    """A name that stands for an object of one of these kinds, None where there is none."""
    names = [name for name, cell in heap.names.items() if not kinds or cell.kind in kinds]
    return draw(st.sampled_from(names)) if names else None


def make_list(draw: st.DrawFn, heap: Heap, target: str) -> None:
    held = draw(st.lists(st.sampled_from(list(heap.names)), max_size=4)) if heap.names else []
    heap.make(target, "list", f"[{', '.join(held)}]", {i: heap.names[name] for i, name in enumerate(held)})


def make_dict(draw: st.DrawFn, heap: Heap, target: str) -> None:
    held = draw(st.lists(st.sampled_from(list(heap.names)), max_size=4)) if heap.names else []
    items = ", ".join(f"{i}: {name}" for i, name in enumerate(held))
    heap.make(target, "dict", f"{{{items}}}", {i: heap.names[name] for i, name in enumerate(held)})


def make_node(draw: st.DrawFn, heap: Heap, target: str) -> None:
    heap.make(target, "node", "Node()", {})


def make_closure(draw: st.DrawFn, heap: Heap, target: str) -> None:
    """The cell holds a tuple, the tuple holds the object."""
    if name := named(draw, heap):
        heap.make(target, "closure", f"holder({name})", {0: heap.names[name]})


def alias(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if name := named(draw, heap):
        heap.names[target] = heap.names[name]
        heap.lines.append(f"{target} = {name}")


def delete(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if heap.names.pop(target, None) is not None:
        heap.lines.append(f"del {target}")


def forget(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if heap.names.pop(target, None) is not None:
        heap.lines.append(f"{target} = None")


def append(draw: st.DrawFn, heap: Heap, target: str) -> None:
    where, what = named(draw, heap, "list"), named(draw, heap)
    if where and what:
        cell = heap.names[where]
        cell.refers[len(cell.refers)] = heap.names[what]
        heap.lines.append(f"{where}.append({what})")


def pop(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if (where := named(draw, heap, "list")) and (cell := heap.names[where]).refers:
        del cell.refers[len(cell.refers) - 1]
        heap.lines.append(f"{where}.pop()")


def repeat(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if where := named(draw, heap, "list"):
        cell = heap.names[where]
        doubled = [*cell.refers.values(), *cell.refers.values()]
        if len(doubled) <= 16:
            cell.refers = dict(enumerate(doubled))
            heap.lines.append(f"{where} *= 2")


def set_item(draw: st.DrawFn, heap: Heap, target: str) -> None:
    where, what = named(draw, heap, "dict"), named(draw, heap)
    if where and what:
        key = draw(st.integers(0, 5))
        heap.names[where].refers[key] = heap.names[what]
        heap.lines.append(f"{where}[{key}] = {what}")


def delete_item(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if (where := named(draw, heap, "dict")) and (cell := heap.names[where]).refers:
        key = draw(st.sampled_from(list(cell.refers)))
        del cell.refers[key]
        heap.lines.append(f"del {where}[{key}]")


def set_attribute(draw: st.DrawFn, heap: Heap, target: str) -> None:
    where, what = named(draw, heap, "node"), named(draw, heap)
    if where and what:
        attribute = draw(st.sampled_from(ATTRIBUTES))
        heap.names[where].refers[attribute] = heap.names[what]
        heap.lines.append(f"{where}.{attribute} = {what}")


def delete_attribute(draw: st.DrawFn, heap: Heap, target: str) -> None:
    if (where := named(draw, heap, "node")) and (cell := heap.names[where]).refers:
        attribute = draw(st.sampled_from(list(cell.refers)))
        del cell.refers[attribute]
        heap.lines.append(f"del {where}.{attribute}")


def call(draw: st.DrawFn, heap: Heap, target: str) -> None:
    """A closure gives back what it holds."""
    if where := named(draw, heap, "closure"):
        heap.names[target] = heap.names[where].refers[0]
        heap.lines.append(f"{target} = {where}()")


ACTIONS = (
    make_list,
    make_dict,
    make_node,
    make_closure,
    alias,
    delete,
    forget,
    append,
    pop,
    repeat,
    set_item,
    delete_item,
    set_attribute,
    delete_attribute,
    call,
)


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """A program and the counts of the objects that its names stand for at its end."""
    heap = Heap()
    make_list(draw, heap, "a")
    for action in draw(st.lists(st.sampled_from(ACTIONS), min_size=3, max_size=30)):
        action(draw, heap, draw(st.sampled_from(NAMES)))
    return PRELUDE + "\n".join(heap.lines) + "\n", heap.counts()
