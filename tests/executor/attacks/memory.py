"""Eating memory."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_FULL = Outcome.memory_limit

ATTACKS = (
    attack("one big allocation", "x = bytearray(10 ** 9)", _FULL, says="MemoryError"),
    attack("one enormous allocation", "x = bytearray(10 ** 15)", _FULL, says="MemoryError"),
    attack("slow growth", "x = []\nwhile True: x.append('y' * 10 ** 6)", _FULL),
    attack("growth in small objects", "x = []\nwhile True: x.append(object())", _FULL, Outcome.timed_out),
    attack(
        "MemoryError caught for ever",
        """
x = []
while True:
    try: x.append(bytearray(10 ** 7))
    except MemoryError: pass
""",
        Outcome.timed_out,
        _FULL,
    ),
    attack(
        "the sum over processes",
        """
import os, time
for _ in range(8):
    if os.fork() == 0:
        x = bytearray(b'x') * (100 * 1024 * 1024)
        time.sleep(30)
time.sleep(30)
""",
        _FULL,
        Outcome.timed_out,
    ),
    attack(
        "shared memory",
        """
import mmap
kept = []
while True:
    m = mmap.mmap(-1, 16 * 1024 * 1024)
    for i in range(0, len(m), 4096): m[i] = 1
    kept.append(m)
""",
        _FULL,
        Outcome.error,
    ),
    attack("sparse mapping", "import mmap\nm = mmap.mmap(-1, 1 << 40)", Outcome.error, _FULL),
    attack(
        "files in /dev/shm",
        """
import os
for n in range(1000):
    with open(f'/dev/shm/{n}', 'wb') as f: f.write(b'x' * 10 ** 6)
""",
        Outcome.disk_full,
    ),
    attack("anonymous file", "import os\nos.memfd_create('x')", Outcome.error, says="PermissionError"),
    attack(
        "data limit raised",
        """
import resource
try: resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))
except ValueError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "memory locked",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('locked', libc.mlockall(3))
""",
        Outcome.finished,
        says="locked -1",
    ),
    attack("tuple repeated", "x = (0,) * 10 ** 9", _FULL),
    attack("string repeated and printed", "print('x' * 10 ** 10)", _FULL),
    attack("integer grown", "x = 1 << 10 ** 12", _FULL, Outcome.error),
    attack("nested dictionaries", "d = {}\nwhile True: d = {i: d for i in range(1000)}", _FULL, Outcome.timed_out),
    attack("numbers array", "import array\na = array.array('d', bytes(8)) * (1 << 32)", _FULL),
    attack(
        "stack of a thread",
        """
import threading
threading.stack_size(1 << 30)
threading.Thread(target=print).start()
""",
        Outcome.error,
        _FULL,
        Outcome.too_many_processes,
    ),
)
