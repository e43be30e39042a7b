"""How fast `/run` answers, against starting the same Python bare, in turns within one pass."""

import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from benchmarks.table import Row
from core.executor.embedded import EmbeddedExecutor, ExecutorSettings, open_executor
from core.executor.model import Interpreter, Outcome, Snippet, View

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = 200
CLIENTS = 8
SECONDS_EACH = 2.0
PASSES = 3

TEN_LINES = """
class Node:
    def __init__(self, name):
        self.name = name
        self.next = None
first, second = Node("a"), Node("b")
first.next, second.next = second, first
shared = []
pairs = {"left": shared, "right": shared}
again = shared
print(len(pairs), first.next.name)
""".strip("\n")

SNIPPET = Snippet(TEN_LINES, view=frozenset({View.memory}))


async def measure() -> list[Row]:
    """Everything the executor promises about speed and size."""
    rows: list[Row] = []
    async with _warm_executor() as executor:
        rows += await _latency(executor)
        rows.append(await _throughput(executor))
        await asyncio.sleep(0.5)
        rows.append(_idle_memory(executor))
    async with _warm_executor(slots=1) as executor:
        rows.append(await _recovery(executor))
    return rows


@contextlib.asynccontextmanager
async def _warm_executor(slots: int = ExecutorSettings().slots) -> AsyncIterator[EmbeddedExecutor]:
    settings = ExecutorSettings(slots=slots, roots=PROJECT / ".pythons", packages=PROJECT / ".learner")
    executor = await open_executor(settings)
    try:
        for _ in range(20):
            await _run(executor)
        await asyncio.sleep(0.5)
        yield executor
    finally:
        await executor.close()


async def _run(executor: EmbeddedExecutor) -> None:
    run = await executor.run(SNIPPET)
    if run.outcome is not Outcome.finished or run.report is None or not run.report.objects:
        raise RuntimeError(f"the benchmark's snippet ended as {run.outcome} ({run.reason})")


def executable_of(interpreter: Interpreter) -> str:
    """Where an interpreter of this machine stands."""
    return str(Path(interpreter.prefix or "/usr", "bin", interpreter.path.name))


def start_bare(executable: str) -> None:
    """The least a Python can do: start, and end."""
    subprocess.run([executable, "-I", "-S", "-c", "pass"], check=True)


async def _latency(executor: EmbeddedExecutor) -> list[Row]:
    """One after the other, by turns, with a pause in which the used box is cleared away, as between two messages."""
    executable = executable_of(executor.pythons()[0])
    runs, starts = [], []
    for _ in range(ROUNDS):
        starts.append(await timed(lambda: asyncio.to_thread(start_bare, executable)))
        await asyncio.sleep(0.01)
        runs.append(await timed(lambda: _run(executor)))
        await asyncio.sleep(0.01)
    ratio = statistics.median(runs) / statistics.median(starts)
    tail = statistics.quantiles(runs, n=100)[98] / statistics.median(runs)
    return [
        Row("bare start of the same Python, p50", round(statistics.median(starts), 2), "ms", "", True),
        Row("run of ten lines with report, p50", round(statistics.median(runs), 2), "ms", "", True),
        Row("run ÷ bare start, p50", round(ratio, 3), "", "<= 0.4", ratio <= 0.4),
        Row("run, p99 ÷ p50", round(tail, 2), "", "<= 2", tail <= 2),
    ]


async def timed(what: Callable[[], Awaitable[None]]) -> float:
    """How long something takes, in milliseconds."""
    started = time.perf_counter()
    await what()
    return (time.perf_counter() - started) * 1000


async def _throughput(executor: EmbeddedExecutor) -> Row:
    """Eight clients that ask again as soon as they are answered, against eight that start a bare Python; by turns."""
    executable = executable_of(executor.pythons()[0])
    ratios = []
    for _ in range(PASSES):
        runs = await _per_second(lambda: _run(executor))
        starts = await _per_second(lambda: asyncio.to_thread(start_bare, executable))
        ratios.append(runs / starts)
    ratio = statistics.median(ratios)
    return Row("runs a second ÷ bare starts a second, 8 clients", round(ratio, 2), "", ">= 3", ratio >= 3)


async def _per_second(what: Callable[[], Awaitable[None]]) -> float:
    count = 0
    end = time.perf_counter() + SECONDS_EACH

    async def client() -> None:
        nonlocal count
        while time.perf_counter() < end:
            await what()
            count += 1

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return count / SECONDS_EACH


async def _recovery(executor: EmbeddedExecutor) -> Row:
    """From the death of the only slot to the next answer: what a learner waits at worst."""
    times = []
    for _ in range(5):
        for pid in executor.process_ids():
            os.kill(pid, signal.SIGKILL)
        times.append(await timed(lambda: _run(executor)) / 1000)
        await asyncio.sleep(1)
    slowest = max(times)
    return Row("only zygote killed, until the next answer", round(slowest, 3), "s", "<= 0.5", slowest <= 0.5)


def _idle_memory(executor: EmbeddedExecutor) -> Row:
    """Proportional set size of a slot: two processes of bubblewrap, the zygote, the spare's two."""
    sizes = [sum(_pss(pid) for pid in _descendants(slot)) for slot in executor.process_ids()]
    largest = max(sizes) / 1024
    return Row("idle slot, PSS", round(largest, 1), "MB", "<= 15", largest <= 15)


def _pss(pid: int) -> int:
    """In kB."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _descendants(int(child)))]
