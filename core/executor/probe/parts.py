"""What an object holds references to, each with the words that lead there."""

import gc
from collections import deque
from collections.abc import Iterable
from itertools import islice
from types import CellType, CodeType, FrameType, FunctionType, MemberDescriptorType, MethodType, TracebackType
from typing import Any, NamedTuple

from core.executor.probe import pristine
from core.executor.probe.values import key_text

__builtins__ = pristine.BUILTINS

get_referents = gc.get_referents
"""Follows `tp_traverse`, the slot that the collector uses, so it runs no Python code of the object's class."""

MACHINERY = pristine.identities(CodeType, FrameType, TracebackType, CellType, *pristine.DESCRIPTORS)
NOT_DATA = MACHINERY | pristine.identities(FunctionType, staticmethod, classmethod, property)
NOT_DATA_INSIDE = NOT_DATA | pristine.identities(str)
"""Beside machinery a generator or an iterator also holds the text of its own name."""


class Part(NamedTuple):
    """A reference that an object holds; `label` names it, with `{}` in place of the path to the holder.

    `shown` says whether a learner thinks of it as data. Machinery (cells, code, class internals) is followed, so that
    counts add up, but gets no row of its own. `inner` overrides how the held object's own parts are found.
    """

    held: object
    label: str
    shown: bool = True
    inner: str = ""


INSIDE = "inside {}"
ATTRIBUTES = "attributes"
CLOSED = "closed"
HIDDEN = "hidden"


def parts(holder: Any, most: int, inner: str = "") -> list[Part]:
    """The references of an object, at most about `most` of them, in the object's own order."""
    kind = type(holder)
    if inner == CLOSED:
        return []
    if inner == HIDDEN:
        return [part._replace(shown=False) for part in parts(holder, most)]
    if inner == ATTRIBUTES:
        return attributes(holder, most)
    if pristine.flags(kind) & pristine.CLASS:
        return class_parts(holder, most)
    if kind is CellType:
        return [Part(held, "{}") for held in get_referents(holder)]
    if kind is FrameType:
        return frame_parts(holder, most)
    if kind is FunctionType:
        return with_the_rest(holder, function_parts(holder), most, shown=False)
    if kind is MethodType:
        return with_the_rest(holder, [Part(holder.__self__, "{}.__self__")], most, shown=False)
    known = [*items(holder, kind, most), *slots(holder, kind, most)]
    own = pristine.instance_dict(holder)
    if own is not None:
        known.append(Part(own, "{}", shown=False, inner=ATTRIBUTES))
    return with_the_rest(holder, known, most, shown=id(kind) not in MACHINERY)


def items(holder: Any, kind: type, most: int) -> list[Part]:
    """What a built-in container, or an instance of a subclass, contains."""
    bits = pristine.flags(kind)
    if bits & pristine.LIST:
        return numbered(list.__getitem__(holder, slice(0, most)))
    if bits & pristine.TUPLE:
        return numbered(tuple.__getitem__(holder, slice(0, most)))
    if bits & pristine.DICT:
        return dict_items(holder, most)
    if pristine.is_kind(kind, deque):
        return numbered(islice(deque.__iter__(holder), most))
    for base in (set, frozenset):
        if pristine.is_kind(kind, base):
            return [Part(element, "in {}") for element in islice(base.__iter__(holder), most)]
    return []


def numbered(elements: Iterable[object]) -> list[Part]:
    """The elements of a sequence under their indexes."""
    return [Part(element, f"{{}}[{position}]") for position, element in enumerate(elements)]


def dict_items(holder: dict[Any, Any], most: int) -> list[Part]:
    """The values of a dict, and its keys."""
    found = []
    for key, value in islice(dict.items(holder), most):
        found += [Part(value, f"{{}}[{key_text(key)}]"), Part(key, "key of {}")]
    return found


def attributes(holder: dict[Any, Any], most: int) -> list[Part]:
    """The values in the `__dict__` of an instance, as its attributes."""
    found = []
    for key, value in islice(dict.items(holder), most):
        name = f".{pristine.plain(key, 40)}" if type(key) is str else f".__dict__[{key_text(key)}]"
        found += [Part(value, "{}" + name), Part(key, "key of {}.__dict__", shown=False)]
    return found


def slots(holder: Any, kind: type, most: int) -> list[Part]:
    """The attributes that live in `__slots__`."""
    if id(kind) in pristine.BARE:
        return []
    found = []
    for base in pristine.lineage(kind):
        own = [(name, value) for name, value in pristine.namespace(base).items() if type(name) is str]
        if not any(name == "__slots__" for name, _ in own):
            continue
        for name, slot in own[:most]:
            if type(slot) is MemberDescriptorType:
                try:
                    found.append(Part(slot.__get__(holder), f"{{}}.{pristine.plain(name, 40)}"))
                except AttributeError:
                    continue
    return found


def function_parts(holder: FunctionType) -> list[Part]:
    """Cells, defaults and attributes of a function."""
    found: list[Part] = []
    if holder.__closure__:
        found.append(Part(holder.__closure__, "closure of {}", shown=False, inner=CLOSED))
        found += [Part(cell, "closure of {}", shown=False) for cell in holder.__closure__]
    found += [
        Part(pack, "defaults of {}", shown=False) for pack in (holder.__defaults__, holder.__kwdefaults__) if pack
    ]
    return found


def frame_parts(holder: FrameType, most: int) -> list[Part]:
    """The locals that a finished frame keeps alive, say through an exception's traceback; their names are not known."""
    label = f"a local of {pristine.plain(holder.f_code.co_name, 40)}"
    return [Part(held, label, shown=id(type(held)) not in NOT_DATA) for held in get_referents(holder)[:most]]


def class_parts(holder: type, most: int) -> list[Part]:
    """The attributes of a class, and its machinery: methods, descriptors, bases."""
    found = []
    for name, value in islice(pristine.namespace(holder).items(), most):
        plain = type(name) is str and not name.startswith("__") and id(type(value)) not in NOT_DATA
        found.append(
            Part(value, f"{{}}.{pristine.plain(name, 40)}" if plain else INSIDE, plain, "" if plain else HIDDEN)
        )
    for held in get_referents(holder):
        found.append(Part(held, INSIDE, shown=False, inner=CLOSED if type(held) is dict else HIDDEN))
    return found


def with_the_rest(holder: Any, known: list[Part], most: int, *, shown: bool) -> list[Part]:
    """The known parts, and whatever else the collector sees behind the object, each reference once.

    From 3.13 on the collector sees an instance's attributes twice: in front of the object and in its `__dict__`.
    """
    if len(known) >= most:
        return known
    named: dict[int, int] = {}
    for part in known:
        named[id(part.held)] = named.get(id(part.held), 0) + 1
    for value in dict.values(pristine.instance_dict(holder) or {}):
        named[id(value)] = named.get(id(value), 0) + 1
    for held in get_referents(holder):
        if named.get(id(held), 0):
            named[id(held)] -= 1
        elif held is type(holder):
            known.append(Part(held, "type of {}", shown=False))
        elif len(known) < most:
            known.append(Part(held, INSIDE, shown=shown and id(type(held)) not in NOT_DATA_INSIDE))
    return known
