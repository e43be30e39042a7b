"""Content records as TOML, in the style in which authors write them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = str | int | bool | Sequence[str] | Sequence[Mapping[str, str]]
Record: TypeAlias = Mapping[str, Value]

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def table(name: str, record: Record, children: Mapping[str, Sequence[Record]] | None = None) -> str:
    """`[[name]]` with its keys, then the tables under it, each as `[[name.child]]`; `tomllib` reads the same values.

    Keys are bare keys; strings hold no lone surrogates.
    """
    parts = [f"[[{name}]]\n{pairs(record)}"]
    for child, records in (children or {}).items():
        parts += [f"[[{name}.{child}]]\n{pairs(each)}" for each in records]
    return "\n".join(parts)


def pairs(record: Record) -> str:
    """`key = value` lines."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in record.items())


def string(text: str) -> str:
    """A string: literal over several lines where it is code, basic elsewhere."""
    if (
        "\n" in text
        and "'''" not in text
        and not text.endswith("'")
        and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)
    ):
        return f"'''\n{text}'''"
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return string(value)
    return f"[{', '.join(_items(value))}]"


def _items(values: Sequence[str] | Sequence[Mapping[str, str]]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield string(value)
        else:
            yield "{ " + ", ".join(f"{key} = {string(text)}" for key, text in value.items()) + " }"
