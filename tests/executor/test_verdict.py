"""Facts about an ending, and the word they come to."""

import signal
from dataclasses import replace

import pytest

from core.executor.cgroup import Counters
from core.executor.model import Outcome
from core.executor.verdict import Ending, decide

FINE = Ending(0, False, False, False, "", Counters(), Counters())
FAILED = replace(FINE, exit_status=1)


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        (FINE, Outcome.finished),
        (FAILED, Outcome.error),
        (replace(FINE, exit_status=None, timed_out=True), Outcome.timed_out),
        (replace(FINE, exit_status=-signal.SIGXCPU), Outcome.timed_out),
        (replace(FINE, exit_status=None, overflowed=True), Outcome.output_limit),
        (replace(FINE, exit_status=-signal.SIGSEGV), Outcome.killed),
        (replace(FINE, after=Counters(memory_kills=1)), Outcome.memory_limit),
        (replace(FINE, exit_status=None, timed_out=True, after=Counters(memory_kills=1)), Outcome.memory_limit),
        (replace(FAILED, last_line="MemoryError"), Outcome.memory_limit),
        (replace(FAILED, after=Counters(refused_processes=3)), Outcome.too_many_processes),
        (replace(FAILED, last_line="RuntimeError: can't start new thread"), Outcome.too_many_processes),
        (replace(FAILED, full=True), Outcome.disk_full),
        (replace(FAILED, last_line="OSError: [Errno 28] No space left on device"), Outcome.disk_full),
        (replace(FINE, full=True), Outcome.finished),
        (replace(FINE, last_line="MemoryError"), Outcome.finished),
        (replace(FINE, after=Counters(refused_processes=3)), Outcome.finished),
        (replace(FAILED, before=Counters(2, 2), after=Counters(2, 2)), Outcome.error),
    ],
)
def test_an_ending_has_its_word(ending: Ending, outcome: Outcome) -> None:
    assert decide(ending).outcome is outcome


def test_a_signal_is_named() -> None:
    assert decide(replace(FINE, exit_status=-signal.SIGABRT)).reason == "SIGABRT"
    assert decide(replace(FINE, exit_status=-40)).reason == "signal 40"
