"""What happened between two snapshots, in the words of reference counting."""

from typing import NamedTuple

from core.executor.probe import pristine
from core.executor.probe.snapshots import Binding, Snapshot

__builtins__ = pristine.BUILTINS


class Event(NamedTuple):
    """A change; `held` is the id of the object (a recorder replaces it by a serial number), 0 where there is none.

    `before` and `after` are counts, or what the name stood for.
    """

    kind: str
    held: int
    name: str
    before: "int | Binding | None"
    after: "int | Binding | None"


def differences(old: Snapshot, new: Snapshot) -> list[Event]:
    """The changes in the order in which a reader wants them: what is new, names, counts, what is gone."""
    reborn = {held for held in new.things if held in old.things and old.things[held].kind != new.things[held].kind}
    created = [held for held in new.things if held not in old.things or held in reborn]
    events = [
        Event("created", held, new.things[held].path, None, new.things[held].total)
        for held in created
        if new.things[held].data
    ]
    events += name_events(old, new, {event.name for event in events})
    for held, thing in new.things.items():
        before = old.things.get(held)
        if before is None or held in reborn or not thing.data or before.total is None or thing.total is None:
            continue
        if before.total != thing.total:
            kind = "incremented" if before.total < thing.total else "decremented"
            events.append(Event(kind, held, "", before.total, thing.total))
    gone = {held for held in old.things if held not in new.things or held in reborn}
    return events + ends(old, gone)


def name_events(old: Snapshot, new: Snapshot, told: set[str]) -> list[Event]:
    """Names that came, went or changed their meaning; a name that an object was created under is told with it."""
    events = []
    for name, binding in new.names.items():
        before = old.names.get(name)
        if name in told and before is None:
            continue
        if before is None:
            events.append(Event("bound", binding.held, name, None, binding))
        elif before != binding:
            events.append(Event("rebound", binding.held, name, before, binding))
    events += [
        Event("unbound", binding.held, name, binding, None)
        for name, binding in old.names.items()
        if name not in new.names
    ]
    return events


def ends(old: Snapshot, gone: set[int]) -> list[Event]:
    """What became of the objects that no name reaches any more: freed, or kept alive by a cycle.

    Nothing may look at them now, so this does what the interpreter did: it takes off the references that came from
    names and from objects still in reach, frees what has none left, and goes on with what those referred to. An object
    that something unseen holds (a running loop, the library) is not told of.
    """
    left, inside = still_held(old, gone)
    freed: list[int] = []
    todo = [held for held, count in left.items() if count <= 0]
    while todo:
        held = todo.pop(0)
        freed.append(held)
        for target in old.things[held].refers:
            if target in left and target not in freed:
                left[target] -= 1
                inside[target] -= 1
                if left[target] <= 0 and target not in todo:
                    todo.append(target)
    kept = [held for held in left if held not in freed and left[held] == inside[held]]
    told = [Event("freed", held, "", old.things[held].total, 0) for held in freed if old.things[held].data]
    return told + [
        Event("lost", held, "", old.things[held].total, left[held]) for held in kept if old.things[held].data
    ]


class Held(NamedTuple):
    """References to objects out of reach, by id: all that are left, and those that come from others out of reach."""

    left: dict[int, int]
    inside: dict[int, int]


def still_held(old: Snapshot, gone: set[int]) -> Held:
    """What is left of the counts once names and objects in reach have let go."""
    left = {held: total for held in gone if (total := old.things[held].total) is not None}
    inside = dict.fromkeys(left, 0)
    for binding in old.names.values():
        if binding.held in left:
            left[binding.held] -= 1
    for held, thing in old.things.items():
        for target in thing.refers:
            if target in left and held in inside:
                inside[target] += 1
            elif target in left:
                left[target] -= 1
    return Held(left, inside)
