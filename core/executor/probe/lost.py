"""Cycles that no name reaches any more: garbage that waits for the collector."""

import gc

from core.executor.probe import pristine
from core.executor.probe.cycles import on_cycles

__builtins__ = pristine.BUILTINS

_get_objects, _get_referents = gc.get_objects, gc.get_referents

MOST_TRACKED = 20_000
"""With more objects than this the search would take longer than a learner's program; a frozen heap does not count."""
CONTAINERS = pristine.identities(list, dict, set)


def lost_cycles(reached: dict[int, int], most: int) -> list[object]:
    """At most so many objects that lie on a cycle of lists, dicts, sets and instances of the program's own classes.

    `reached` has the ids of what the names reach.
    """
    tracked = _get_objects()
    if len(tracked) > MOST_TRACKED:
        return []
    found = [each for each in tracked if id(each) not in reached and may_be_lost(type(each))]
    numbers = {id(each): number for number, each in enumerate(found)}
    followers = [[numbers[id(held)] for held in _get_referents(each) if id(held) in numbers] for each in found]
    return [found[number] for number in sorted(on_cycles(followers))][:most]


def may_be_lost(kind: type) -> bool:
    """Whether instances of the class are data of a program."""
    return id(kind) in CONTAINERS or (
        bool(pristine.flags(kind) & pristine.HEAP_TYPE) and pristine.type_module(kind) == "__main__"
    )
