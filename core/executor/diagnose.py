"""Which layers of the wall this machine can have, for `kucha check`."""

import asyncio
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from enum import StrEnum

from core.executor import seccomp
from core.executor.cgroup import find_hierarchy
from core.executor.embedded import ExecutorSettings, open_executor
from core.executor.model import Outcome, Snippet


class LayerName(StrEnum):
    """The layers, and the wall as a whole."""

    bubblewrap = "bubblewrap"
    user_namespaces = "user_namespaces"
    seccomp = "seccomp"
    cgroup = "cgroup"
    rlimits = "rlimits"
    whole_wall = "whole_wall"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, whether it can be had, whether `/run` needs it, and one line for an operator."""

    name: LayerName
    available: bool
    required: bool
    detail: str


async def diagnose(settings: ExecutorSettings) -> tuple[Layer, ...]:
    """Tries each layer on its own, then the whole with a snippet."""
    alone = await asyncio.to_thread(_each_alone)
    return (*alone, await _whole_wall(settings))


def _each_alone() -> tuple[Layer, ...]:
    return (_bubblewrap(), _user_namespaces(), _seccomp(), _cgroup(), _rlimits())


def _bubblewrap() -> Layer:
    found = shutil.which("bwrap")
    version = _first_line([found, "--version"]) if found else None
    detail = version or "install the package bubblewrap"
    return Layer(LayerName.bubblewrap, version is not None, True, detail)


def _user_namespaces() -> Layer:
    found = shutil.which("bwrap")
    if found is None:
        return Layer(LayerName.user_namespaces, False, True, "cannot be tried without bubblewrap")
    command = [found, "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    user = 65533 if os.geteuid() == 0 else None
    tried = subprocess.run(command, capture_output=True, text=True, check=False, user=user, cwd="/")
    if tried.returncode == 0:
        return Layer(LayerName.user_namespaces, True, True, "unprivileged user namespaces can be made")
    return Layer(LayerName.user_namespaces, False, True, tried.stderr.strip().splitlines()[-1][:200])


def _seccomp() -> Layer:
    try:
        instructions = len(seccomp.compiled()) // 8
    except (seccomp.NoFilter, OSError) as error:
        return Layer(LayerName.seccomp, False, True, str(error))
    return Layer(LayerName.seccomp, True, True, f"{len(seccomp.ALLOWED)} calls allowed, {instructions} instructions")


def _cgroup() -> Layer:
    hierarchy = find_hierarchy()
    if hierarchy is None:
        detail = "no group can be made: memory and processes of a run are limited a process at a time (rlimits) only"
        return Layer(LayerName.cgroup, False, False, detail)
    return Layer(LayerName.cgroup, True, False, f"version {hierarchy.version}: memory and pids, a group a slot")


def _rlimits() -> Layer:
    names = ", ".join(name.removeprefix("RLIMIT_") for name in ExecutorSettings().limits.rlimits())
    return Layer(LayerName.rlimits, True, True, names)


async def _whole_wall(settings: ExecutorSettings) -> Layer:
    executor = await open_executor(replace(settings, slots=1))
    try:
        run = await executor.run(Snippet("print(6 * 7)"))
    finally:
        await executor.close()
    said = "".join(chunk.text for chunk in run.output)
    if run.outcome is Outcome.finished and said == "42\n":
        return Layer(LayerName.whole_wall, True, True, f"a snippet ran on Python {run.version}")
    return Layer(LayerName.whole_wall, False, True, run.reason or f"the trial ended as {run.outcome}")


def _first_line(command: list[str]) -> str | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.SubprocessError, IndexError):
        return None
