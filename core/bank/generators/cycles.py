"""Families about reference cycles and the collector."""

from collections.abc import Mapping, Set

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill

INSTANCE_BYTES = 48
"""What `sys.getsizeof` says of a small instance; only a believer in bytes needs it."""


def _collect_returns(draw: Draw) -> Draft:
    names = draw.names[: draw.number(2, 3)]
    sizes = {name: draw.number(1, 4) for name in names}
    dropped = draw.some(names, draw.number(1, len(names)))
    lost = draw.number(2, 4) if draw.chance(0.4) else 0
    tail = draw.one(dropped) if draw.chance(0.5) else ""
    code = program(
        "import gc",
        "gc.collect()",
        f"class {draw.thing}: pass",
        "def ring(size):",
        f"    items = [{draw.thing}() for _ in range(size)]",
        "    for i, item in enumerate(items):",
        "        item.next = items[i - 1]",
        "    return items[0]",
        "; ".join(f"{name} = ring({size})" for name, size in sizes.items()),
        f"ring({lost})" if lost else "",
        f"{tail}.extra = {draw.thing}()" if tail else "",
        f"del {', '.join(dropped)}",
        "print(gc.collect())",
    )
    found = sum(sizes[name] for name in dropped) + lost
    return Draft(
        code,
        (
            Wrong("0", misconception="cycle-leaks-forever"),
            Wrong(str(len(dropped) + bool(lost)), slip="cycles-not-objects"),
            Wrong(str(found), slip="only-the-ring"),
            Wrong(str(sum(sizes.values()) + lost + bool(tail)), slip="held-rings-too"),
            Wrong(str((found + bool(tail)) * INSTANCE_BYTES), misconception="collect-returns-bytes"),
            Wrong(str(found + bool(tail) - lost), slip="nameless-ring-forgotten"),
        ),
    )


def _reached(start: Set[str], edges: Mapping[str, str]) -> frozenset[str]:
    """Everything that can be reached from some objects."""
    found: set[str] = set()
    for name in start:
        while name and name not in found:
            found.add(name)
            name = edges.get(name, "")
    return frozenset(found)


def _dead_by_counting(names: Set[str], deleted: Set[str], edges: Mapping[str, str]) -> int:
    """How many objects die when names go, if nobody looks for cycles."""
    alive = set(names)
    held = alive - deleted
    while loose := {name for name in alive - held if name not in {edges.get(other) for other in alive}}:
        alive -= loose
    return len(names) - len(alive)


def _at_once_or_later(draw: Draw) -> Draft:
    names = draw.names[:3]
    edges: dict[str, str] = {}
    for name in names:
        if draw.chance(0.75):
            edges[name] = draw.one(names)
    deleted = draw.some(names, draw.number(2, 3))
    code = program(
        "import gc, weakref",
        "gc.disable()",
        f"class {draw.thing}: pass",
        f"{', '.join(names)} = {draw.thing}(), {draw.thing}(), {draw.thing}()",
        f"watch = [weakref.ref(each) for each in ({', '.join(names)})]",
        *(f"{name}.next = {target}" for name, target in edges.items()),
        f"del {', '.join(deleted)}",
        "def dead(): return [ref() for ref in watch].count(None)",
        "before = dead()",
        "gc.collect()",
        "print(before, dead())",
    )
    every, gone = frozenset(names), frozenset(deleted)
    counted = _dead_by_counting(every, gone, edges)
    unreachable = len(every - _reached(every - gone, edges))
    return Draft(
        code,
        (
            Wrong(f"{unreachable} {unreachable}", misconception="gc-frees-at-once"),
            Wrong(f"{counted} {counted}", misconception="cycle-leaks-forever"),
            Wrong(f"0 {unreachable}", misconception="gc-disable-frees-nothing"),
            Wrong(f"{len(gone)} {len(gone)}", misconception="del-destroys"),
            Wrong("0 0", slip="nothing-dies"),
            Wrong(f"{counted} 3", slip="collector-takes-all"),
        ),
    )


def _generation(draw: Draw) -> Draft:
    shelf = draw.names[0]
    runs = [draw.one([0, 0, 0, 0, 1, 2]) for _ in range(draw.number(1, 4))]
    code = program(
        "import gc",
        "gc.disable()",
        "gc.collect()",
        f'{shelf} = ["{draw.thing.lower()}"]',
        *(f"gc.collect({run})" for run in runs),
        "for generation in range(3):",
        "    young = gc.get_objects(generation)",
        f"    if any(each is {shelf} for each in young):",
        "        print(generation)",
    )
    return Draft(
        code,
        (
            Wrong("2", misconception="incremental-since-314"),
            Wrong(str(min(2, len(runs))), slip="every-run-promotes"),
            Wrong(str(runs[-1]), slip="moves-to-that-number"),
            Wrong("0", slip="stays-young"),
            Wrong("1", slip="one-step-only"),
            Wrong(str(max(runs)), slip="moves-to-that-number"),
        ),
    )


def _counters(draw: Draw) -> Draft:
    shelf = draw.names[0]
    made = draw.number(3, 12)
    runs = [draw.one([0, 0, 0, 1]) for _ in range(draw.number(2, 5))]
    code = program(
        "import gc",
        "gc.disable()",
        "gc.collect()",
        f"{shelf} = [[] for _ in range({made})]",
        f"for n in ({', '.join(map(str, runs))}):",
        "    gc.collect(n)",
        "print(gc.get_count()[1:])",
    )
    young = old = 0
    for run in runs:
        young, old = (young + 1, old) if run == 0 else (0, old + 1)
    objects = (made + 1, 0) if 1 not in runs else (0, made + 1)
    return Draft(
        code,
        (
            Wrong(str(objects), misconception="get-count-counts-objects"),
            Wrong(str((runs.count(0), runs.count(1))), slip="never-reset"),
            Wrong("(0, 0)", slip="always-reset"),
            Wrong(str((old, young)), slip="swapped"),
            Wrong(str((len(runs), old)), slip="every-run-counts"),
        ),
    )


_ATOMS = {
    "5": False,
    '"text"': False,
    "3.14": False,
    "None": False,
    'b"x"': False,
    "range(3)": False,
    "object()": False,
}
_HOLDERS = {"[]": True, "[1, 2]": True, "{1, 2}": True, "len": True, "lambda: 0": True}
_VARYING = ("{}", '{"a": 1}', "tuple([1, 2])", "frozenset([1, 2])", 'dict(a="b")')


def _tracked(draw: Draw) -> Draft:
    shown = draw.shuffled(
        [draw.one(list(_ATOMS)), draw.one(_VARYING), draw.one([*_HOLDERS, f"{draw.thing}()", draw.thing])]
    )
    code = program(
        "import gc",
        f"class {draw.thing}: pass" if any(draw.thing in each for each in shown) else "",
        f"things = [{', '.join(shown)}]",
        "print(*(gc.is_tracked(each) for each in things))",
    )

    def believed(atoms: bool, varying: bool, holders: bool) -> str:
        return " ".join(str(atoms if each in _ATOMS else varying if each in _VARYING else holders) for each in shown)

    return Draft(
        code,
        (
            Wrong(believed(True, True, True), misconception="collector-checks-every-object"),
            Wrong(believed(False, False, True), misconception="atoms-in-containers-never-tracked"),
            Wrong(believed(False, True, True), slip="every-container"),
            Wrong(believed(False, True, False), slip="only-collections"),
        ),
    )


FAMILIES = (
    Family("collect-returns", "gc-two-mechanisms", 2, Skill.USE, ("F28", "F28-b"), _collect_returns),
    Family("at-once-or-later", "garbage-collector", 1, Skill.USE, ("F01", "F27", "F27-b", "F44"), _at_once_or_later),
    Family("generation", "gc-two-mechanisms", 2, Skill.USE, ("F29", "F48"), _generation),
    Family("gc-counters", "gc-two-mechanisms", 2, Skill.KNOW, ("F31",), _counters),
    Family("tracked", "gc-algorithms", 3, Skill.KNOW, ("F34", "F35", "F35-b", "F35-c"), _tracked),
)
