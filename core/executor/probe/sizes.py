"""The bytes of an object, by its built-in `__sizeof__`."""

import sys
from types import MethodDescriptorType

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

_getsizeof = sys.getsizeof
COLLECTOR_HEADER = _getsizeof([]) - [].__sizeof__()
MANAGED = 1 << 3 | 1 << 4
"""Bits of `tp_flags` for a dict or a weakref list in front of the object, from CPython's Include/object.h (3.12+; 3.11
uses the second only)."""


def size(obj: object) -> int:
    """`sys.getsizeof` of the object, but a `__sizeof__` written in Python has no say."""
    kind = type(obj)
    if not pristine.flags(kind) & pristine.HEAP_TYPE:
        return _getsizeof(obj)
    first = True
    for base in pristine.lineage(kind):
        for name, value in pristine.namespace(base).items():
            if type(name) is str and name == "__sizeof__":
                if type(value) is MethodDescriptorType:
                    if first:
                        return _getsizeof(obj)
                    bits = pristine.flags(kind)
                    extra = COLLECTOR_HEADER if bits & pristine.TRACKABLE else 0
                    bare: int = value.__get__(obj)()
                    return bare + extra + (16 if bits & MANAGED else 0)
                first = False
    return 0
