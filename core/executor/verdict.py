"""Decides how a run ended, from what the supervisor saw; the child's own report decides nothing."""

import signal
from dataclasses import dataclass

from core.executor.cgroup import Counters
from core.executor.model import Outcome

_NO_PROCESS = ("BlockingIOError: [Errno 11]", "RuntimeError: can't start new thread")
_NO_SPACE = ("OSError: [Errno 28]", "OSError: [Errno 27]")


@dataclass(frozen=True, slots=True)
class Ending:
    """The facts about the end of a run.

    `exit_status` is None where PID 1 could not tell it. `last_line` of stderr is the program's word: it only chooses
    between words for a program that has failed already.
    """

    exit_status: int | None
    timed_out: bool
    overflowed: bool
    full: bool
    last_line: str
    before: Counters
    after: Counters


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended, and the word for why."""

    outcome: Outcome
    reason: str | None = None


def decide(ending: Ending) -> Verdict:
    """The first limit that was hit, else the exit status in words."""
    if ending.after.memory_kills > ending.before.memory_kills:
        return Verdict(Outcome.memory_limit, "killed_by_kernel")
    if ending.overflowed:
        return Verdict(Outcome.output_limit)
    if ending.timed_out or ending.exit_status in (-signal.SIGXCPU, None):
        return Verdict(Outcome.timed_out)
    if ending.exit_status == 0:
        return Verdict(Outcome.finished)
    if ending.last_line.startswith("MemoryError"):
        return Verdict(Outcome.memory_limit, "memory_error")
    if ending.after.refused_processes > ending.before.refused_processes or ending.last_line.startswith(_NO_PROCESS):
        return Verdict(Outcome.too_many_processes)
    if ending.full or ending.last_line.startswith(_NO_SPACE):
        return Verdict(Outcome.disk_full)
    if ending.exit_status < 0:
        return Verdict(Outcome.killed, _signal_name(-ending.exit_status))
    return Verdict(Outcome.error)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
