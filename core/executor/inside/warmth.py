"""Knows which pages of the zygote a run will write to, so that a spare can copy them before its task arrives.

A forked child shares its parent's memory until it writes; each page written to costs an exception and a copy, and hundreds
of them are most of a short run's time. A trial child runs a sample, then looks at its own page table for the pages that
have become its own.
"""

import gc
import os
import struct
import sys
from collections.abc import Iterator

from core.executor.probe import snippet

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EXCLUSIVE, _FILE_PAGE, _PRESENT = 1 << 56, 1 << 61, 1 << 63
"""Bits of /proc/self/pagemap, see Documentation/admin-guide/mm/pagemap.rst."""

SAMPLE = """
import sys
class Node:
    def __init__(self, name):
        self.name = name
        self.next = None
first, second = Node("first"), Node("second")
first.next, second.next = second, first
numbers = [each * 1.5 for each in range(20)]
names = {"first": first, "numbers": numbers, "both": (first, second)}
def show(text, *rest):
    print(text, *rest, f"{text!r:>8}")
show("warm", len(numbers), names["both"][0].name)
"""


def run_sample() -> None:
    """Runs a program like a learner's, so that imports, caches and specialised bytecode are there before any fork."""
    kept = sys.stdin, sys.stdout, sys.stderr, sys.modules["__main__"]
    snippet.execute({"code": SAMPLE, "filename": "snippet.py", "stdin": "", "view": ["memory"], "limits": {}})
    sys.stdin, sys.stdout, sys.stderr, sys.modules["__main__"] = kept


def written_pages() -> list[tuple[int, int]]:
    """Address and length of the memory that a run of the sample writes to, found out in a child."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        gc.enable()
        run_sample()
        with os.fdopen(writer, "wb") as report:
            for start, length in _own_ranges():
                report.write(struct.pack("!QQ", start, length))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as report:
        found = list(struct.iter_unpack("!QQ", report.read()))
    os.waitpid(pid, 0)
    return [(start, length) for start, length in found]


def _own_ranges() -> Iterator[tuple[int, int]]:
    with open("/proc/self/maps") as maps, open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        for line in maps.read().splitlines():
            addresses, rights, _ = line.split(" ", 2)
            if not rights.startswith("rw-p") or line.endswith("[stack]"):
                continue
            start, end = (int(address, 16) for address in addresses.split("-"))
            pagemap.seek(start // _PAGE * 8)
            entries = struct.unpack(f"={(end - start) // _PAGE}Q", pagemap.read((end - start) // _PAGE * 8))
            yield from _ranges(start, [bool(entry & _PRESENT and entry & _EXCLUSIVE) for entry in entries])


def _ranges(start: int, own: list[bool]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number, is_own in enumerate(own):
        if not is_own:
            continue
        if first is not None and last is not None and number > last + 1:
            yield start + first * _PAGE, (last - first + 1) * _PAGE
            first = number
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield start + first * _PAGE, (last - first + 1) * _PAGE
