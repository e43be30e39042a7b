"""After many runs nothing is left behind."""

import asyncio
import os
import random
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.executor.cgroup import find_hierarchy
from core.executor.embedded import open_executor
from core.executor.limits import Limits
from core.executor.model import Outcome, Snippet, View
from tests.executor.conftest import SETTINGS

PROGRAMS = (
    "print('hello')",
    "x = [[] for _ in range(100)]",
    "1 / 0",
    "import os\nos.fork()",
    "import subprocess\nsubprocess.Popen(['sleep', '100'])",
    "import os\nos.kill(os.getpid(), 9)",
    "open('a.txt', 'w').write('x' * 1000)",
    "import os\nos._exit(0)",
    "while True: print('x' * 10000)",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(0.01,)).start()",
    "import mmap\nm = mmap.mmap(-1, 10 ** 6)\nm[:] = b'x' * 10 ** 6",
    "import socket\nkept = [socket.socketpair() for _ in range(10)]",
)
WORDS = {Outcome.finished, Outcome.error, Outcome.killed, Outcome.output_limit}


@dataclass(frozen=True, slots=True)
class Traces:
    """What this process has of the system."""

    descriptors: int
    mounts: int
    children: int
    groups: int


def traces() -> Traces:
    hierarchy = find_hierarchy()
    own = f"kucha-{os.getpid()}-*"
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return Traces(
        len(list(Path("/proc/self/fd").iterdir())),
        len(Path("/proc/self/mountinfo").read_text().splitlines()),
        len(children),
        len(list(hierarchy.memory.glob(own))) if hierarchy else 0,
    )


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def soak(runs: int) -> None:
    before = traces()
    chosen = random.Random(runs)
    executor = await open_executor(replace(SETTINGS, slots=3, limits=Limits(wall_seconds=2.0, runs_per_zygote=100)))
    warm = 0

    async def client() -> None:
        nonlocal warm
        for number in range(runs // 6):
            code = chosen.choice(PROGRAMS)
            run = await executor.run(Snippet(code, view=frozenset({View.memory})))
            assert run.outcome in WORDS, (code, run.outcome, run.reason)
            if number == runs // 12:
                warm = resident_bytes()

    await asyncio.gather(*(client() for _ in range(6)))
    during = traces()
    await executor.close()
    await asyncio.sleep(0.1)
    assert traces() == before
    assert during.groups - before.groups <= 3
    assert resident_bytes() - warm < 16 * 1024 * 1024


async def test_a_short_soak_leaves_nothing_behind() -> None:
    await soak(120)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_two_thousand_mixed_runs_leave_nothing_behind() -> None:
    await soak(2000)
