"""What a control group is told, and what it tells."""

import os
from pathlib import Path

import pytest

from core.executor.cgroup import Counters, Hierarchy, find_hierarchy
from core.executor.limits import MEGABYTE, Limits

LIMITS = Limits(memory_bytes=100 * MEGABYTE, processes=10)


def test_version_2_is_limited_in_one_folder(tmp_path: Path) -> None:
    group = Hierarchy(2, tmp_path, tmp_path).make(LIMITS)
    assert group.folders == (group.memory,)
    assert (group.memory / "memory.max").read_text() == str(124 * MEGABYTE)
    assert (group.memory / "pids.max").read_text() == "16"
    assert group.joins == (group.memory / "cgroup.procs",)


def test_version_1_is_limited_in_a_folder_a_controller(tmp_path: Path) -> None:
    memory, processes = tmp_path / "memory", tmp_path / "pids"
    memory.mkdir()
    processes.mkdir()
    group = Hierarchy(1, memory, processes).make(LIMITS)
    assert (group.memory / "memory.limit_in_bytes").read_text() == str(124 * MEGABYTE)
    assert (group.processes / "pids.max").read_text() == "16"
    assert len(group.joins) == 2


def test_slots_never_share_a_group(tmp_path: Path) -> None:
    hierarchy = Hierarchy(2, tmp_path, tmp_path)
    assert hierarchy.make(LIMITS).memory != hierarchy.make(LIMITS).memory


@pytest.mark.parametrize("file", ["memory.events", "memory.oom_control"])
def test_a_gauge_reads_what_the_kernel_counts(tmp_path: Path, file: str) -> None:
    group = Hierarchy(2, tmp_path, tmp_path).make(LIMITS)
    (group.memory / file).write_text("low 0\nunder_oom 0\noom_kill 2\n")
    (group.processes / "pids.events").write_text("max 7\n")
    gauge = group.gauge()
    assert gauge.read() == Counters(2, 7)
    (group.processes / "pids.events").write_text("max 8\n")
    assert gauge.read() == Counters(2, 8)
    gauge.close()


def test_groups_of_dead_supervisors_are_removed(tmp_path: Path) -> None:
    for name in ("kucha-999999999-0", f"kucha-{os.getpid()}-0", "kucha-mine", "other"):
        (tmp_path / name).mkdir()
    Hierarchy(2, tmp_path, tmp_path).remove_left_over()
    assert {folder.name for folder in tmp_path.iterdir()} == {f"kucha-{os.getpid()}-0", "kucha-mine", "other"}


def test_looking_for_a_hierarchy_leaves_nothing() -> None:
    hierarchy = find_hierarchy()
    before = len(list(hierarchy.memory.glob("kucha-*"))) if hierarchy else 0
    assert find_hierarchy() == hierarchy
    assert (len(list(hierarchy.memory.glob("kucha-*"))) if hierarchy else 0) == before
