"""Values in a few characters, told without calling anything that a snippet could have written."""

from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

SHORT = 24
LONG = 60
ITEMS = 8

CONSTANTS = pristine.identities(type(None), bool, type(...), type(NotImplemented), float, complex)
ATOMS = CONSTANTS | pristine.identities(int, str, bytes, range)
"""Types whose values hold nothing else; `repr` of the exact type is the interpreter's own."""


def circled(number: int) -> str:
    """① for 1 up to ⑳ for 20, the signs that most fonts have, then plain numbers in parentheses."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"


def is_atom(obj: object) -> bool:
    """Whether `atom_text` tells the value."""
    return id(type(obj)) in ATOMS


def atom_text(obj: Any, longest: int = LONG) -> str | None:
    """The text of a value that holds nothing else, None for anything but the exact built-in types."""
    kind = type(obj)
    if id(kind) in CONSTANTS:
        return repr(obj)
    if kind is int:
        bits: int = obj.bit_length()
        return repr(obj) if bits <= 128 else f"<int, {bits} bits>"
    if kind is str or kind is bytes:
        text = repr(obj[:longest])
        return text if len(obj) <= longest else f"{text}…"
    if kind is range:
        ends = [obj.start, obj.stop, obj.step]
        return repr(obj) if all(type(end) is int and int.bit_length(end) <= 128 for end in ends) else "<range>"
    return None


def key_text(key: Any) -> str:
    """A dict key for a path: `'x'`, `1`, `<Node>`."""
    return atom_text(key, SHORT) or f"<{pristine.type_name(type(key))}>"


def inner_text(obj: Any, numbers: dict[int, int]) -> str:
    """A value inside another one: atoms as they are, rows by their number, anything else by its type."""
    text = atom_text(obj, SHORT)
    if text is not None:
        return text
    number = numbers.get(id(obj))
    return circled(number) if number else f"<{pristine.type_name(type(obj))}>"


def value_text(obj: Any, numbers: dict[int, int]) -> str:
    """A value in one line; `numbers` gives the row of an object by its id."""
    text = atom_text(obj)
    if text is not None:
        return text
    kind = type(obj)
    if kind is list:
        return f"[{', '.join(sequence(obj, numbers))}]"
    if kind is tuple:
        inside = sequence(obj, numbers)
        return f"({inside[0]},)" if len(inside) == 1 else f"({', '.join(inside)})"
    if kind is dict:
        return f"{{{', '.join(pairs(obj, numbers))}}}"
    if kind is set or kind is frozenset:
        return set_text(obj, numbers)
    return named_text(obj, kind) or instance_text(obj, kind, numbers)


def sequence(obj: "list[Any] | tuple[Any, ...]", numbers: dict[int, int]) -> list[str]:
    """The first items of a list or a tuple, and whether there are more."""
    texts = [inner_text(item, numbers) for item in obj[:ITEMS]]
    return [*texts, "…"] if len(obj) > ITEMS else texts


def pairs(obj: dict[Any, Any], numbers: dict[int, int]) -> list[str]:
    """The first pairs of a dict, and whether there are more."""
    texts: list[str] = []
    for key, value in obj.items():
        if len(texts) == ITEMS:
            return [*texts, "…"]
        texts.append(f"{inner_text(key, numbers)}: {inner_text(value, numbers)}")
    return texts


def set_text(obj: "set[Any] | frozenset[Any]", numbers: dict[int, int]) -> str:
    """A set or a frozenset, as Python would write it."""
    texts: list[str] = []
    for item in obj:
        texts.append(inner_text(item, numbers) if len(texts) < ITEMS else "…")
        if len(texts) > ITEMS:
            break
    inside = f"{{{', '.join(texts)}}}" if texts else ""
    return f"frozenset({inside})" if type(obj) is frozenset else inside or "set()"


def named_text(obj: Any, kind: type) -> str | None:
    """Things that carry a name: functions, classes, modules, methods."""
    if kind is FunctionType or kind is BuiltinFunctionType:
        return f"<function {pristine.plain(obj.__name__, SHORT)}>"
    if pristine.flags(kind) & pristine.CLASS:
        return f"<class {pristine.type_name(obj)[:SHORT]}>"
    if kind is ModuleType:
        name = ModuleType.__getattribute__(obj, "__dict__").get("__name__")
        return f"<module {pristine.plain(name, SHORT)}>" if type(name) is str else "<module>"
    if kind is MethodType:
        of = obj.__func__
        return f"<method {pristine.plain(of.__name__, SHORT)}>" if type(of) is FunctionType else "<method>"
    return None


def instance_text(obj: Any, kind: type, numbers: dict[int, int]) -> str:
    """`<Node object>`, with the first attributes of an instance where it has any."""
    name = pristine.type_name(kind)
    own = pristine.instance_dict(obj) or {}
    texts: list[str] = []
    for key, value in dict.items(own):
        if type(key) is str and len(texts) < 4:
            texts.append(f"{pristine.plain(key, SHORT)}={inner_text(value, numbers)}")
    if len(own) > len(texts):
        texts.append("…")
    return f"<{name} {' '.join(texts)}>" if texts else f"<{name} object>"
