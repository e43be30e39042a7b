"""Reference counts as the program sees them, or the reason why there is no honest one."""

import sys
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

_getrefcount = sys.getrefcount
_intern = sys.intern
_is_interned = getattr(sys, "_is_interned", None)
_is_immortal = getattr(sys, "_is_immortal", None)

FREE_THREADED = "t" in sys.abiflags
IMMORTAL_EXISTS = _getrefcount(None) >= 2**30 and sys.version_info >= (3, 12)
"""Whether `None` shows the sentinel of PEP 683 instead of a count."""
STATIC = 5 * 10**8
"""3.11 starts its static objects at 999,999,999 references; no honest count is near."""
DEFERRED = 2**40
"""A free-threaded build adds far more than this to an object whose references it counts later, or never."""


def cached_ints() -> tuple[int, int]:
    """The range of the ints that exist once, measured: -5 to 256, or to 1024 from 3.15 on."""
    lowest, highest = 0, 0
    while int(str(highest + 1)) is int(str(highest + 1)):
        highest += 1
    while int(str(lowest - 1)) is int(str(lowest - 1)):
        lowest -= 1
    return lowest, highest


SMALL_INTS = cached_ints()


def counts(objects: list[Any]) -> list[int]:
    """How many references there are to each object besides the one in this list.

    The path to an object here (the list, the loop's variable, the argument) costs a number of references that differs
    between versions, so it is measured each time on an object that has exactly one owner. The list must hold each
    object once, and nobody else in the probe may hold any.
    """
    known = object()
    objects.append(known)
    raw = [_getrefcount(each) for each in objects]
    objects.pop()
    path = raw.pop() - 1
    return [count - path for count in raw]


def is_small_int(obj: Any) -> bool:
    """Whether the object is one of the ints that exist once."""
    return type(obj) is int and SMALL_INTS[0] <= obj <= SMALL_INTS[1]


def is_interned(obj: Any) -> bool:
    """Whether the object is the one string that identifiers with these characters share."""
    if type(obj) is not str or len(obj) > 4096:
        return False
    if _is_interned is not None:
        return bool(_is_interned(obj))
    copy = obj[:1] + obj[1:] if len(obj) > 1 else "".join(map(chr, map(ord, obj)))
    return _intern(copy) is obj


def is_immortal(obj: Any, count: int) -> bool:
    """Whether the interpreter marks the object as one that never dies."""
    if _is_immortal is not None:
        return bool(_is_immortal(obj))
    return IMMORTAL_EXISTS and 2**30 <= count < DEFERRED


def is_one_for_all(obj: Any) -> bool:
    """Whether the interpreter hands out this object wherever its value is needed, whether or not it is immortal."""
    kind = type(obj)
    if kind is str or kind is bytes:
        return bool(len(obj) == 0 or (len(obj) == 1 and ord(obj) < 256))
    if kind is tuple:
        return len(obj) == 0
    return is_small_int(obj) or obj is None or obj is ... or obj is NotImplemented or kind is bool


def is_foreign(obj: Any, globals_: dict[str, Any]) -> bool:
    """Whether the object belongs to code outside of the program, which refers to it as it likes."""
    kind = type(obj)
    if pristine.is_kind(kind, ModuleType) or kind is BuiltinFunctionType:
        return True
    if kind is FunctionType:
        own = obj.__globals__ is globals_ or obj.__code__.co_filename == "<string>"
        return not own
    if pristine.flags(kind) & pristine.CLASS:
        return pristine.type_module(obj) != "__main__"
    return False


def counted_later(kind: type) -> bool:
    """Whether a free-threaded build keeps no exact count for such objects: functions, classes, code (PEP 703)."""
    return kind is FunctionType or kind is CodeType or bool(pristine.flags(kind) & pristine.CLASS)


def why_uncounted(obj: Any, count: int, globals_: dict[str, Any]) -> str | None:
    """The reason why the object has no honest count, None where `count` is one."""
    if is_immortal(obj, count):
        return "immortal"
    if is_one_for_all(obj) or STATIC <= count < DEFERRED:
        return "cached"
    if is_interned(obj):
        return "interned"
    if is_foreign(obj, globals_):
        return "shared"
    if count >= DEFERRED or (FREE_THREADED and counted_later(type(obj))):
        return "deferred"
    return None
