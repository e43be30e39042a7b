"""The process outside the wall ends with all that it has started, and never keeps a closing tutor waiting."""

import asyncio
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.executor.outside import Outside

ORPHAN_TO_BE = "sleep 1000 & echo $! > {file}; echo started >&2; wait"
"""As bubblewrap while it builds the wall: an inner process that nothing but its group still ties to the outer one."""


@pytest.fixture
def control() -> Iterator[int]:
    near, far = socket.socketpair()
    with near, far:
        yield far.fileno()


@pytest.fixture
def started(tmp_path: Path, control: int) -> tuple[Outside, int]:
    """An outer process, and the number of the inner one."""
    file = tmp_path / "pid"
    outside = Outside(["/bin/sh", "-c", ORPHAN_TO_BE.format(file=file)], control)
    until(lambda: file.exists() and file.read_text("utf-8").endswith("\n"))
    return outside, int(file.read_text("utf-8"))


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.01)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ended(outside: Outside) -> None:
    async def end() -> None:
        await asyncio.wait_for(outside.end(), 3)

    asyncio.run(end())


def test_an_inner_process_ends_with_the_outer_one(started: tuple[Outside, int]) -> None:
    outside, inner = started
    ended(outside)
    until(lambda: not runs(inner))


def test_an_outer_process_that_was_killed_alone_does_not_leave_the_inner_one(started: tuple[Outside, int]) -> None:
    outside, inner = started
    os.kill(outside.pid, 9)
    until(lambda: not outside.is_alive())
    assert runs(inner)
    ended(outside)
    until(lambda: not runs(inner))


async def test_the_last_line_is_the_reason(control: int) -> None:
    outside = Outside(["/bin/sh", "-c", "echo first >&2; echo no room >&2; exit 1"], control)
    assert await outside.last_line() == "no room"
    await outside.end()


def test_a_command_that_is_not_there_is_an_os_error_and_leaks_nothing(control: int) -> None:
    opened = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(FileNotFoundError):
        Outside(["/nowhere/launcher"], control)
    assert len(list(Path("/proc/self/fd").iterdir())) == opened
