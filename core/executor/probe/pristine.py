"""Python as it was before the snippet: builtins and type slots that later patches do not reach."""

import builtins
from types import GetSetDescriptorType, MappingProxyType, MemberDescriptorType
from typing import Any

SHARED_BUILTINS = vars(builtins)
BUILTINS: Any = dict(SHARED_BUILTINS)
"""A module that sets its global `__builtins__` to this keeps its functions away from a patched `builtins`."""

__builtins__ = BUILTINS

SHOWN = "<value>"
"""The name, impossible to write, under which the value of a last expression waits to be shown."""

HEAP_TYPE = 1 << 9
TRACKABLE = 1 << 14
TUPLE, STR, DICT, EXCEPTION, CLASS = 1 << 26, 1 << 28, 1 << 29, 1 << 30, 1 << 31
LIST = 1 << 25
"""Bits of `type.__flags__`, from CPython's Include/object.h; all but these two are the `*_SUBCLASS` flags."""

_name = type.__dict__["__name__"]
_module = type.__dict__["__module__"]
_mro = type.__dict__["__mro__"]
_flags = type.__dict__["__flags__"]
_namespace = type.__dict__["__dict__"]


def identities(*kinds: type) -> frozenset[int]:
    """Classes to be told by their `id`: a set of classes would ask a stranger's metaclass for a hash."""
    return frozenset(map(id, kinds))


BARE = identities(list, tuple, dict, set, frozenset, int, str, float, type(None), bool, bytes)
"""Types whose instances have no attributes of their own."""
DESCRIPTORS = (GetSetDescriptorType, MemberDescriptorType)


def type_name(of: type) -> str:
    """The class's own name, at most 60 characters, whatever its metaclass says."""
    return plain(_name.__get__(of))


def type_module(of: type) -> str:
    """The `__module__` of a class, empty where it is no string."""
    try:
        module = _module.__get__(of)
    except AttributeError:
        return ""
    return exact(module) if flags(type(module)) & STR else ""


def lineage(of: type) -> tuple[type, ...]:
    """The method resolution order, without asking the metaclass."""
    mro: tuple[type, ...] = _mro.__get__(of)
    return mro


def flags(of: type) -> int:
    """The `tp_flags` of a class."""
    bits: int = _flags.__get__(of)
    return bits


def namespace(of: type) -> "MappingProxyType[str, object]":
    """The class's own attributes."""
    attributes: MappingProxyType[str, object] = _namespace.__get__(of)
    return attributes


def exact(text: str) -> str:
    """The same characters as a plain `str`, for instances of its subclasses too."""
    return str.__str__(text)


def plain(text: str, longest: int = 60) -> str:
    """At most so many characters of a text, a dot for each that does not show (controls, lone surrogates)."""
    cut = str.__getitem__(text, slice(0, longest))
    return cut if cut.isprintable() else "".join(sign if sign.isprintable() else "·" for sign in cut)


def is_kind(of: type, base: type) -> bool:
    """Whether `base` is in the line of `of`, by identity; `issubclass` would ask the metaclass."""
    return any(one is base for one in lineage(of))


def find_attribute(of: type, name: str) -> object | None:
    """What the class or its bases hold under a name, without descriptors, metaclasses or hostile keys having a say."""
    for one in lineage(of):
        for key, value in namespace(one).items():
            if type(key) is str and key == name:
                return value
    return None


def instance_dict(obj: object) -> dict[object, object] | None:
    """The `__dict__` of an instance, read through the interpreter's own descriptor; None where it has none.

    A class may carry another class's descriptor or something of its own under that name: that one is passed over.
    """
    if id(type(obj)) in BARE:
        return None
    for one in lineage(type(obj)):
        for key, slot in namespace(one).items():
            if type(key) is str and key == "__dict__" and type(slot) is GetSetDescriptorType:
                try:
                    found: Any = slot.__get__(obj)
                except (TypeError, AttributeError):
                    continue
                if flags(type(found)) & DICT:
                    attributes: dict[object, object] = found
                    return attributes
    return None
