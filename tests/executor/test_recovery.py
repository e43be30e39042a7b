"""What dies is replaced, and nobody waits in vain."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from core.executor.embedded import EmbeddedExecutor, open_executor
from core.executor.limits import Limits
from core.executor.model import Outcome, Run, Snippet
from tests.executor.conftest import PROJECT, SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="session")

ONE_SLOT = replace(SETTINGS, slots=1, queue=2, limits=Limits(wall_seconds=2.0))


@pytest_asyncio.fixture(loop_scope="session")
async def single() -> AsyncIterator[EmbeddedExecutor]:
    opened = await open_executor(ONE_SLOT)
    yield opened
    await opened.close()


def descendants(pid: int) -> list[int]:
    """The process and all below it, deepest last."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(each for child in children for each in descendants(int(child)))]


def printed(run: Run) -> str:
    return "".join(chunk.text for chunk in run.output)


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 4], ids=["bubblewrap", "its reaper", "the zygote", "PID 1", "PID 2"])
async def test_a_killed_process_of_an_idle_slot_is_replaced(single: EmbeddedExecutor, depth: int) -> None:
    assert (await single.run(Snippet("print(1)"))).outcome is Outcome.finished
    await asyncio.sleep(0.3)
    (root,) = single.process_ids()
    chain = descendants(root)
    os.kill(chain[depth], signal.SIGKILL)
    run = await single.run(Snippet("print(2)"))
    assert (run.outcome, printed(run)) == (Outcome.finished, "2\n")


async def test_a_run_whose_zygote_dies_under_it_is_tried_once_more(single: EmbeddedExecutor) -> None:
    await single.run(Snippet("pass"))
    running = asyncio.ensure_future(single.run(Snippet("import time; time.sleep(0.5); print('done')")))
    await asyncio.sleep(0.3)
    (root,) = single.process_ids()
    os.kill(root, signal.SIGKILL)
    run = await running
    assert (run.outcome, printed(run)) == (Outcome.finished, "done\n")


async def test_one_too_many_is_told_its_place(single: EmbeddedExecutor) -> None:
    await single.run(Snippet("pass"))
    await asyncio.sleep(0.3)
    slow = Snippet("import time; time.sleep(0.3)")
    runs = await asyncio.gather(*(single.run(replace(slow, learner=str(number))) for number in range(4)))
    assert [run.outcome for run in runs] == [*[Outcome.finished] * 3, Outcome.busy]
    assert runs[-1].place == 3


async def test_a_learner_who_gives_up_frees_the_slot(single: EmbeddedExecutor) -> None:
    await single.run(Snippet("pass"))
    given_up = asyncio.ensure_future(single.run(Snippet("while True: pass")))
    waiting = asyncio.ensure_future(single.run(Snippet("print('next')")))
    await asyncio.sleep(0.2)
    given_up.cancel()
    assert printed(await waiting) == "next\n"
    with pytest.raises(asyncio.CancelledError):
        await given_up


async def test_output_so_far_is_kept_when_the_time_is_up(single: EmbeddedExecutor) -> None:
    run = await single.run(Snippet("import sys\nprint('half', end='')\nsys.stderr.write('way')\nwhile True: pass"))
    assert (run.outcome, printed(run)) == (Outcome.timed_out, "halfway")


async def test_an_unknown_python_is_unavailable(single: EmbeddedExecutor) -> None:
    run = await single.run(Snippet("1", python="2.7"))
    assert (run.outcome, run.reason) == (Outcome.unavailable, "no_such_python")


async def test_without_bubblewrap_nothing_runs_and_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.executor.wall.shutil.which", lambda name: None)
    opened = await open_executor(ONE_SLOT)
    try:
        run = await opened.run(Snippet("print('ran without a wall')"))
        assert (run.outcome, run.reason, run.output) == (Outcome.unavailable, "bubblewrap is not installed", ())
    finally:
        await opened.close()


async def test_zygotes_are_recycled_and_a_new_one_has_another_layout() -> None:
    opened = await open_executor(replace(ONE_SLOT, limits=Limits(runs_per_zygote=2)))
    try:
        seen = [printed(await opened.run(Snippet("print(hash('kucha'))"))) for _ in range(6)]
    finally:
        await opened.close()
    assert len(set(seen)) == 3


async def test_closing_ends_a_run_that_is_under_way() -> None:
    opened = await open_executor(ONE_SLOT)
    await opened.run(Snippet("pass"))
    running = asyncio.ensure_future(opened.run(Snippet("import time; time.sleep(60)")))
    waiting = asyncio.ensure_future(opened.run(Snippet("pass")))
    await asyncio.sleep(0.3)
    await opened.close()
    assert {run.outcome for run in await asyncio.gather(running, waiting)} == {Outcome.unavailable}


DOOMED = """
import asyncio, os
from core.executor.embedded import open_executor
from core.executor.model import Snippet
from tests.executor.test_recovery import ONE_SLOT, descendants

async def main():
    executor = await open_executor(ONE_SLOT)
    await executor.run(Snippet("pass"))
    await asyncio.sleep(0.3)
    run = asyncio.ensure_future(executor.run(Snippet("import time; time.sleep(60)")))
    await asyncio.sleep(0.3)
    print(*descendants(executor.process_ids()[0]), flush=True)
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


async def test_a_killed_supervisor_takes_everything_along() -> None:
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DOOMED, stdout=asyncio.subprocess.PIPE, cwd=PROJECT
    )
    said, _ = await doomed.communicate()
    left = [Path("/proc", pid) for pid in said.decode().split()]
    assert len(left) >= 5
    for _ in range(100):
        if not any(process.exists() for process in left):
            break
        await asyncio.sleep(0.05)
    assert [process for process in left if process.exists()] == []
