"""A control group for each slot, on cgroup v2 or v1, where this process may make one."""

import contextlib
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.executor.limits import Limits

_OWN = re.compile(r"kucha-(\d+)-\d+")
_numbers = itertools.count()
_BESIDE_THE_PROGRAM = 6
"""Tasks of a slot that are not the snippet's: two of bubblewrap, the zygote, the box's PID 1 and room for a fork."""
_SUPERVISOR = "supervisor"
_KILLS = ("memory.events", "memory.oom_control")
_WARM_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Counters:
    """How often the kernel killed for memory and refused a process in a group, since the group was made."""

    memory_kills: int = 0
    refused_processes: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The folders that make up one slot's group: one on v2, one a controller on v1."""

    memory: Path
    processes: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.memory,) if self.memory == self.processes else (self.memory, self.processes)

    @property
    def joins(self) -> tuple[Path, ...]:
        """A process that writes 0 into each of these files is in the group, with all that it starts."""
        return tuple(folder / "cgroup.procs" for folder in self.folders)

    def gauge(self) -> "Gauge":
        return Gauge(self)

    def remove(self) -> bool:
        """False while processes are still in the group."""
        for folder in self.folders:
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                return False
        return True


class Gauge:
    """Reads a group's counters through files that stay open, a few microseconds a reading."""

    def __init__(self, group: Group) -> None:
        kills = next(file for file in _KILLS if (group.memory / file).exists())
        self._memory = os.open(group.memory / kills, os.O_RDONLY)
        self._processes = os.open(group.processes / "pids.events", os.O_RDONLY)

    def read(self) -> Counters:
        return Counters(_number(self._memory, b"oom_kill"), _number(self._processes, b"max"))

    def close(self) -> None:
        os.close(self._memory)
        os.close(self._processes)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Where groups can be made: the same folder twice on v2."""

    version: int
    memory: Path
    processes: Path

    def make(self, limits: Limits) -> Group:
        """A group of its own, called after this process; raises OSError where the system refuses."""
        full_name = f"kucha-{os.getpid()}-{next(_numbers)}"
        group = Group(self.memory / full_name, self.processes / full_name)
        for folder in group.folders:
            folder.mkdir(exist_ok=True)
        most = limits.memory_bytes + _WARM_BYTES
        if self.version == 2:
            _write(group.memory / "memory.max", most)
            _write_where_offered(group.memory / "memory.swap.max", 0)
        else:
            _write(group.memory / "memory.limit_in_bytes", most)
            _write_where_offered(group.memory / "memory.memsw.limit_in_bytes", most)
            _write_where_offered(group.memory / "memory.swappiness", 0)
        _write(group.processes / "pids.max", limits.processes + _BESIDE_THE_PROGRAM)
        return group

    def remove_left_over(self) -> None:
        """Removes the empty groups of supervisors that were killed before they could."""
        for folder in {self.memory, self.processes}:
            for left in folder.glob("kucha-*"):
                owner = _OWN.fullmatch(left.name)
                if owner and not Path("/proc", owner[1]).exists():
                    with contextlib.suppress(OSError):
                        left.rmdir()


def find_hierarchy() -> Hierarchy | None:
    """The hierarchy in which this process may make limited groups, None where there is none."""
    for candidate in _candidates():
        try:
            group = candidate.make(Limits())
        except OSError:
            continue
        group.remove()
        return candidate
    return None


def _candidates() -> Iterator[Hierarchy]:
    own = dict(_own_paths())
    mounts = dict(_mounts())
    if "memory" in mounts and "pids" in mounts:
        yield Hierarchy(1, _inside(mounts["memory"], own.get("memory")), _inside(mounts["pids"], own.get("pids")))
    if "" in mounts:
        folder = _inside(mounts[""], own.get(""))
        folder = folder.parent if folder.name == _SUPERVISOR else folder
        with contextlib.suppress(OSError):
            _delegate(folder)
            yield Hierarchy(2, folder, folder)


def _inside(mount: Path, own: str | None) -> Path:
    """The own group as seen through this mount; a container may be told a path that only its host knows."""
    folder = mount / (own or "/").lstrip("/")
    return folder if folder.is_dir() else mount


def _own_paths() -> Iterator[tuple[str, str]]:
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            yield controller, path


def _mounts() -> Iterator[tuple[str, Path]]:
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        if kind == "cgroup2":
            yield "", Path(before.split(" ")[4])
        elif kind == "cgroup":
            for controller in options.split(","):
                yield controller, Path(before.split(" ")[4])


def _delegate(folder: Path) -> None:
    """Lets groups below `folder` be limited. On v2 a group with limited children holds no process itself, so this one
    moves into a child first; that is refused where others live in the same group and stays without effect."""
    wanted = "+memory +pids"
    if {"memory", "pids"} <= set((folder / "cgroup.subtree_control").read_text().split()):
        return
    try:
        (folder / "cgroup.subtree_control").write_text(wanted)
    except OSError:
        if (folder / "cgroup.procs").read_text().split() != [str(os.getpid())]:
            raise
        child = folder / _SUPERVISOR
        child.mkdir(exist_ok=True)
        (child / "cgroup.procs").write_text(str(os.getpid()))
        (folder / "cgroup.subtree_control").write_text(wanted)


def _write(path: Path, number: int) -> None:
    path.write_text(str(number))


def _write_where_offered(path: Path, number: int) -> None:
    with contextlib.suppress(OSError):
        if path.exists():
            path.write_text(str(number))


def _number(descriptor: int, word: bytes) -> int:
    for line in os.pread(descriptor, 512, 0).splitlines():
        key, _, value = line.partition(b" ")
        if key == word:
            return int(value)
    return 0
