"""Burning time."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_SLOW = Outcome.timed_out

ATTACKS = (
    attack("endless loop", "while True: pass", _SLOW),
    attack(
        "endless loop that catches everything",
        """
while True:
    try:
        while True: pass
    except BaseException: pass
""",
        _SLOW,
    ),
    attack("huge power", "print(len(str(9 ** 9 ** 8)))", _SLOW, Outcome.error, Outcome.memory_limit),
    attack("long sleep", "import time; time.sleep(3600)", _SLOW),
    attack("catastrophic regex", "import re; re.match(r'(a+)+$', 'a' * 64 + 'b')", _SLOW),
    attack("nested parentheses", "eval('(' * 5000 + ')' * 5000)", Outcome.error, Outcome.memory_limit, Outcome.killed),
    attack("nested unary minus", "eval('-' * 200000 + '1')", Outcome.error, Outcome.killed, Outcome.memory_limit),
    attack(
        "parentheses in the source itself",
        "x = " + "(" * 3000 + "1" + ")" * 3000,
        Outcome.error,
        Outcome.killed,
        Outcome.memory_limit,
    ),
    attack("runaway recursion", "def f(): return f()\nf()", Outcome.error, says="RecursionError"),
    attack(
        "recursion without a limit",
        """
import sys
sys.setrecursionlimit(10 ** 9)
def f(): return f()
f()
""",
        Outcome.killed,
        Outcome.memory_limit,
        Outcome.error,
        _SLOW,
    ),
    attack(
        "recursion in C",
        """
x = []
for _ in range(10 ** 6): x = [x]
import sys; sys.setrecursionlimit(10 ** 8)
print(len(repr(x)))
""",
        Outcome.killed,
        Outcome.memory_limit,
        Outcome.error,
        _SLOW,
    ),
    attack(
        "signals ignored",
        """
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: pass
""",
        _SLOW,
    ),
    attack(
        "processor limit raised",
        """
import resource
try: resource.setrlimit(resource.RLIMIT_CPU, (10 ** 6, 10 ** 6))
except ValueError: print("refused")
while True: pass
""",
        _SLOW,
        says="refused",
    ),
    attack(
        "threads that never end",
        """
import threading
def spin():
    while True: pass
for _ in range(4): threading.Thread(target=spin).start()
""",
        _SLOW,
    ),
    attack("sum over an endless iterator in C", "import itertools; sum(itertools.repeat(0))", _SLOW),
    attack("quadratic string building", "s = ''\nwhile True: s = 'x' + s + 'y' * 1000", _SLOW, Outcome.memory_limit),
    attack(
        "hash collisions",
        """
class Same:
    def __hash__(self): return 1
    def __eq__(self, other): return False
d = {}
while True: d[Same()] = None
""",
        _SLOW,
    ),
    attack(
        "finaliser that hangs",
        """
class Slow:
    def __del__(self):
        while True: pass
x = Slow()
""",
        _SLOW,
    ),
    attack("atexit that hangs", "import atexit, time\natexit.register(time.sleep, 3600)", _SLOW),
    attack("stopping itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", _SLOW),
)
