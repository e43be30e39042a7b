"""Knows which pages of the zygote a run will write to, so that a spare can copy them before its task arrives.

A forked child shares its parent's memory until it writes; each page written to costs an exception and a copy, and
hundreds of them are most of a short run's time. A trial child runs a sample, then looks at its own page table for the
pages that have become its own.
"""

# pathlib is not loaded behind the wall: it would cost every zygote a megabyte.
# ruff: noqa: PTH123

import gc
import os
import struct
import sys
import threading
from collections.abc import Iterator

from core.executor.probe import snippet

_PAGE = os.sysconf("SC_PAGE_SIZE")
_ENTRY = 8
_EXCLUSIVE, _PRESENT = 1 << 56, 1 << 63
"""Bits of /proc/self/pagemap, see Documentation/admin-guide/mm/pagemap.rst."""
_NEAR = 1

SAMPLE = """
import sys
import threading
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
    """Runs a program like a learner's, so that imports, caches and specialised bytecode are there before any fork.

    The end of a program shuts the main thread down for good, which a process that is to be forked must not do.
    """
    kept = sys.stdin, sys.stdout, sys.stderr, sys.modules["__main__"]
    shut_down = threading._shutdown  # type: ignore[attr-defined]
    threading._shutdown = lambda: None  # type: ignore[attr-defined]
    snippet.execute({"code": SAMPLE, "filename": "snippet.py", "stdin": "", "view": ["memory"], "limits": {}})
    threading._shutdown = shut_down  # type: ignore[attr-defined]
    sys.stdin, sys.stdout, sys.stderr, sys.modules["__main__"] = kept


def written_pages() -> list[tuple[int, int]]:
    """Address and length of the memory that a run of the sample writes to, found out in a child.

    The child only reads its page table, in as few steps as can be, and the parent waits: what either did besides would
    be found, too.
    """
    mappings = list(_writable_mappings())
    table = os.memfd_create("pages")
    pid = os.fork()
    if pid == 0:
        gc.enable()
        run_sample()
        pagemap = os.open("/proc/self/pagemap", os.O_RDONLY)
        for start, pages in mappings:
            os.write(table, os.pread(pagemap, pages * _ENTRY, start // _PAGE * _ENTRY))
        os._exit(0)
    os.waitpid(pid, 0)
    with os.fdopen(table, "rb") as written:
        written.seek(0)
        entries = {start: written.read(pages * _ENTRY) for start, pages in mappings}
    return [each for start, found in entries.items() for each in _own_ranges(start, found)]


def _writable_mappings() -> Iterator[tuple[int, int]]:
    """Start and number of pages of each private mapping that can be written to, without the stack."""
    with open("/proc/self/maps") as maps:
        for line in maps.read().splitlines():
            addresses, rights, _ = line.split(" ", 2)
            if rights.startswith("rw-p") and not line.endswith("[stack]"):
                start, end = (int(address, 16) for address in addresses.split("-"))
                yield start, (end - start) // _PAGE


def _own_ranges(start: int, table: bytes) -> Iterator[tuple[int, int]]:
    first = length = 0
    for number, (entry,) in enumerate(struct.iter_unpack("=Q", table)):
        if not (entry & _PRESENT and entry & _EXCLUSIVE):
            continue
        if length and number > first + length + _NEAR:
            yield start + first * _PAGE, length * _PAGE
            length = 0
        if not length:
            first = number
        length = number - first + 1
    if length:
        yield start + first * _PAGE, length * _PAGE
