"""Programs of learners, which the wall must not get in the way of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Harmless:
    """`prints` is the whole output; `everywhere` is false for what only the default interpreter offers."""

    name: str
    code: str
    prints: str
    stdin: str = ""
    everywhere: bool = True


def harmless(name: str, code: str, prints: str, stdin: str = "", everywhere: bool = True) -> Harmless:
    return Harmless(name, code.strip("\n"), prints, stdin, everywhere)


_PACKAGES = False

PROGRAMS = (
    harmless("print", "print('привет')", "привет\n"),
    harmless("last expression", "2 + 2", "4\n"),
    harmless("last expression that is None", "x = []\nx.append(1)", ""),
    harmless("nothing at all", "", ""),
    harmless("main guard", "if __name__ == '__main__': print(__name__)", "__main__\n"),
    harmless("input", "print(int(input()) + int(input()))", "42\n", stdin="40\n2\n"),
    harmless("input with a prompt", "name = input('? ')\nprint('hello', name)", "? hello Ada\n", stdin="Ada\n"),
    harmless("lines of standard input", "import sys\nprint(len(sys.stdin.readlines()))", "3\n", stdin="a\nb\nc\n"),
    harmless(
        "standard input of a child",
        "import subprocess\nprint(subprocess.check_output('cat'))",
        "b'x y\\n'\n",
        stdin="x y\n",
    ),
    harmless(
        "weak reference", "import weakref\nclass A: pass\na = A(); r = weakref.ref(a)\ndel a\nprint(r())", "None\n"
    ),
    harmless(
        "collected cycle", "import gc\nclass A: pass\na = A(); a.me = a\ndel a\nprint(gc.collect() > 0)", "True\n"
    ),
    harmless(
        "finaliser at the end", "class A:\n    def __del__(self): print('bye')\na = A()\nprint('hi')", "hi\nbye\n"
    ),
    harmless("atexit", "import atexit\natexit.register(print, 'last')\nprint('first')", "first\nlast\n"),
    harmless(
        "weakref.finalize at the end",
        "import weakref\nclass A: pass\na = A()\nf = weakref.finalize(a, print, 'gone')\nprint('hi')",
        "hi\ngone\n",
    ),
    harmless(
        "tracemalloc",
        "import tracemalloc\ntracemalloc.start()\nx = bytearray(10**6)\nprint(tracemalloc.get_traced_memory()[0] > 9)",
        "True\n",
    ),
    harmless("getrefcount", "import sys\na = []\nb = a\nprint(sys.getrefcount(a))", "3\n"),
    harmless("getsizeof", "import sys\nprint(sys.getsizeof([]) >= 40)", "True\n"),
    harmless(
        "ctypes reads a count", "import ctypes\na = []\nprint(ctypes.c_long.from_address(id(a)).value > 0)", "True\n"
    ),
    harmless(
        "dis",
        "import dis\nprint(any(i.opname.startswith('RETURN') for i in dis.get_instructions(lambda: 1)))",
        "True\n",
    ),
    harmless(
        "threads",
        """
import threading
seen = []
threads = [threading.Thread(target=seen.append, args=(n,)) for n in range(10)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(seen))
""",
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n",
    ),
    harmless(
        "thread that outlives the module",
        """
import threading, time
def late():
    time.sleep(0.05)
    print('late')
threading.Thread(target=late).start()
print('early')
""",
        "early\nlate\n",
    ),
    harmless("main thread", "import threading\nprint(threading.current_thread() is threading.main_thread())", "True\n"),
    harmless(
        "pool of threads",
        """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool: print(list(pool.map(abs, range(-3, 0))))
""",
        "[3, 2, 1]\n",
    ),
    harmless(
        "pool of two processes",
        """
from multiprocessing import Pool
def square(x): return x * x
if __name__ == '__main__':
    with Pool(2) as pool: print(pool.map(square, [1, 2, 3]))
""",
        "[1, 4, 9]\n",
    ),
    harmless(
        "process, queue, lock and value",
        """
from multiprocessing import Lock, Process, Queue, Value
def work(queue, lock, value):
    with lock: value.value += 1
    queue.put('done')
if __name__ == '__main__':
    queue, lock, value = Queue(), Lock(), Value('i', 0)
    both = [Process(target=work, args=(queue, lock, value)) for _ in range(2)]
    for p in both: p.start()
    print(queue.get(), queue.get())
    for p in both: p.join()
    print(value.value)
""",
        "done done\n2\n",
    ),
    harmless(
        "shared memory",
        """
from multiprocessing import shared_memory
m = shared_memory.SharedMemory(create=True, size=100)
m.buf[0] = 7
other = shared_memory.SharedMemory(m.name)
print(other.buf[0])
other.close(); m.close(); m.unlink()
""",
        "7\n",
        everywhere=False,
    ),
    harmless(
        "asyncio",
        """
import asyncio
async def main():
    print(await asyncio.gather(*(asyncio.sleep(0.01, n) for n in range(3))))
asyncio.run(main())
""",
        "[0, 1, 2]\n",
    ),
    harmless(
        "subprocess",
        "import subprocess\nprint(subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout)",
        "hi\n\n",
    ),
    harmless(
        "another process of the same Python",
        "import os, sys\nprint(os.popen(f'{sys.executable} -c \"print(6*7)\"').read(), end='')",
        "42\n",
    ),
    harmless(
        "fork and wait",
        "import os\npid = os.fork()\nif not pid: os._exit(3)\nprint(os.waitstatus_to_exitcode(os.wait()[1]))",
        "3\n",
    ),
    harmless(
        "signal handler",
        """
import os, signal
signal.signal(signal.SIGUSR1, lambda *a: print('got it'))
os.kill(os.getpid(), signal.SIGUSR1)
""",
        "got it\n",
    ),
    harmless(
        "alarm",
        """
import signal, time
class Late(Exception): pass
def ring(*a): raise Late
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try: time.sleep(5)
except Late: print('rang')
""",
        "rang\n",
    ),
    harmless("files", "open('a.txt', 'w').write('x')\nprint(open('a.txt').read())", "x\n"),
    harmless(
        "temporary files",
        "import tempfile\nwith tempfile.TemporaryDirectory() as d: print(d.startswith('/tmp'))",
        "True\n",
    ),
    harmless("working folder", "import os\nprint(os.listdir())", "['snippet.py']\n"),
    harmless("low descriptors", "print(open('x', 'w').fileno() < 10)", "True\n"),
    harmless("home", "from pathlib import Path\nprint(Path.home() == Path.cwd())", "True\n"),
    harmless("own module", "open('mine.py', 'w').write('x = 5')\nimport mine\nprint(mine.x)", "5\n"),
    harmless(
        "source of a function",
        "import inspect\ndef f(): return 1\nprint(inspect.getsource(f))",
        "def f(): return 1\n\n",
    ),
    harmless("pickle", "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)", "True\n"),
    harmless(
        "dataclass", "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nprint(P(1))", "P(x=1)\n"
    ),
    harmless(
        "typing and get_type_hints",
        "import typing\ndef f(a: int): ...\nprint(typing.get_type_hints(f))",
        "{'a': <class 'int'>}\n",
    ),
    harmless(
        "sqlite in memory",
        "import sqlite3\nprint(sqlite3.connect(':memory:').execute('select 6*7').fetchone())",
        "(42,)\n",
    ),
    harmless(
        "sqlite on disk",
        "import sqlite3\nc = sqlite3.connect('x.db')\nc.execute('create table t(a)')\nc.commit()\nprint('ok')",
        "ok\n",
    ),
    harmless("json", "import json\nprint(json.dumps({'a': [1, None]}))", '{"a": [1, null]}\n'),
    harmless("re", "import re\nprint(re.findall(r'\\d+', 'a1b22'))", "['1', '22']\n"),
    harmless(
        "decimal and fractions",
        "from decimal import Decimal\nfrom fractions import Fraction\nprint(Decimal('0.1') * 3, Fraction(1, 3))",
        "0.3 1/3\n",
    ),
    harmless("random", "import random\nrandom.seed(1)\nprint(random.randint(1, 6))", "2\n"),
    harmless(
        "time zone",
        "import datetime\nprint(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).isoformat())",
        "2026-01-01T00:00:00+00:00\n",
    ),
    harmless("mmap", "import mmap\nm = mmap.mmap(-1, 4096)\nm[0] = 65\nprint(m[:1])", "b'A'\n"),
    harmless("socket pair", "import socket\na, b = socket.socketpair()\na.send(b'x')\nprint(b.recv(1))", "b'x'\n"),
    harmless("selectors", "import selectors\nprint(selectors.DefaultSelector().select(0))", "[]\n"),
    harmless("resource", "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0)", "True\n"),
    harmless("faulthandler", "import faulthandler\nfaulthandler.is_enabled()", "False\n"),
    harmless("exit", "print('a')\nexit(0)\nprint('b')", "a\n"),
    harmless(
        "warning",
        """
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    warnings.warn('x')
print(len(w))
""",
        "1\n",
    ),
    harmless(
        "logging",
        "import logging, sys\nlogging.basicConfig(stream=sys.stdout, format='%(message)s')\nlogging.warning('careful')",
        "careful\n",
    ),
    harmless("a hundred megabytes", "x = bytearray(100 * 1024 * 1024)\nprint(len(x))", "104857600\n"),
    harmless("a million numbers", "print(sum(range(10 ** 6)))", "499999500000\n"),
    harmless(
        "unittest",
        """
import io, unittest
class T(unittest.TestCase):
    def test(self): self.assertEqual(1, 1)
result = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(result.wasSuccessful())
""",
        "True\n",
    ),
    harmless("timeit", "import timeit\nprint(timeit.timeit('1 + 1', number=100) < 1)", "True\n"),
    harmless("contextvars", "import contextvars\nv = contextvars.ContextVar('v', default=3)\nprint(v.get())", "3\n"),
    harmless(
        "numpy", "import numpy as np\nprint(np.arange(6).reshape(2, 3).sum(axis=0))", "[3 5 7]\n", everywhere=_PACKAGES
    ),
    harmless(
        "numpy views",
        "import numpy as np\na = np.zeros(3)\nb = a[:]\nprint(b.base is a)",
        "True\n",
        everywhere=_PACKAGES,
    ),
    harmless(
        "psutil",
        "import os, psutil\nprint(psutil.Process().pid == os.getpid(), psutil.pids())",
        "True [1, 2]\n",
        everywhere=_PACKAGES,
    ),
    harmless(
        "psutil memory",
        "import psutil\nprint(psutil.Process().memory_info().rss > 0, psutil.virtual_memory().total > 0)",
        "True True\n",
        everywhere=_PACKAGES,
    ),
    harmless(
        "memory_profiler",
        "from memory_profiler import memory_usage\nprint(memory_usage(-1, interval=0.01, timeout=0.02)[0] > 0)",
        "True\n",
        everywhere=_PACKAGES,
    ),
    harmless("guppy3", "from guppy import hpy\nprint(hpy().heap().size > 0)", "True\n", everywhere=_PACKAGES),
    harmless(
        "objgraph counts",
        "import objgraph\nclass A: pass\nx = [A(), A()]\nprint(objgraph.count('A'))",
        "2\n",
        everywhere=_PACKAGES,
    ),
)
