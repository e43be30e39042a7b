import pytest
from hypothesis import HealthCheck, given, settings

from tests.executor.probe.interpreters import Worker
from tests.executor.probe.model_programs import programs

QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def check(python: Worker, code: str, counts: dict[str, int]) -> None:
    """Every named object has the count of the model, and every reference of it is named."""
    seen = python.run(code, limits={"rows": 60})
    assert seen.exit_status == 0, seen.stderr
    for name, count in counts.items():
        row = seen.row(name)
        if python.free_threaded and row.uncounted == "deferred":
            continue
        lost = row.unnamed + len(row.referrers)
        assert (row.refcount, lost) == (count, count), (name, row)


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(program=programs())
def test_counts_equal_those_of_the_model(python: Worker, program: tuple[str, dict[str, int]]) -> None:
    check(python, *program)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=1500, deadline=None, suppress_health_check=QUIET)
@given(program=programs())
def test_counts_equal_those_of_the_model_for_long(python: Worker, program: tuple[str, dict[str, int]]) -> None:
    check(python, *program)
