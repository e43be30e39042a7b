"""The process outside the wall ends with all that it has started, and never keeps a closing tutor waiting."""

import asyncio
import os
import socket
from collections.abc import Iterator
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


async def written(file: Path) -> int:
    while not file.exists() or not file.read_text("utf-8").endswith("\n"):
        await asyncio.sleep(0.01)
    return int(file.read_text("utf-8"))


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_an_inner_process_ends_with_the_outer_one(tmp_path: Path, control: int) -> None:
    outside = Outside(["/bin/sh", "-c", ORPHAN_TO_BE.format(file=tmp_path / "pid")], control)
    inner = await written(tmp_path / "pid")
    await asyncio.wait_for(outside.end(), 3)
    while runs(inner):
        await asyncio.sleep(0.01)


async def test_an_outer_process_that_was_killed_alone_does_not_leave_the_inner_one(tmp_path: Path, control: int) -> None:
    outside = Outside(["/bin/sh", "-c", ORPHAN_TO_BE.format(file=tmp_path / "pid")], control)
    inner = await written(tmp_path / "pid")
    os.kill(outside.pid, 9)
    while outside.is_alive():
        await asyncio.sleep(0.01)
    assert runs(inner)
    await asyncio.wait_for(outside.end(), 3)
    while runs(inner):
        await asyncio.sleep(0.01)


async def test_the_last_line_is_the_reason(control: int) -> None:
    outside = Outside(["/bin/sh", "-c", "echo first >&2; echo no room >&2; exit 1"], control)
    assert await outside.last_line() == "no room"
    await outside.end()


async def test_a_command_that_is_not_there_is_an_os_error_and_leaks_nothing(control: int) -> None:
    opened = len(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        Outside(["/nowhere/launcher"], control)
    assert len(os.listdir("/proc/self/fd")) == opened
