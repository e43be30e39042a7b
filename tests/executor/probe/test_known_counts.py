import pytest

from tests.executor.probe.interpreters import Worker
from tests.executor.probe.known_counts import PROGRAMS, Program

LITERAL_TYPES = {"float", "int", "str", "tuple"}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_counts_are_what_the_program_wrote_down(python: Worker, program: Program) -> None:
    seen = python.run(program.code)
    for path, expected in program.counts.items():
        row = seen.row(path)
        if expected == "none" or (python.free_threaded and row.uncounted in ("deferred", "immortal")):
            assert row.refcount is None
            assert row.uncounted is not None
        else:
            count = int(str(expected).split()[0])
            assert (row.refcount, row.unnamed, len(row.referrers)) == (count, 0, count), (path, row)


def test_there_are_enough_of_them() -> None:
    assert len(PROGRAMS) >= 40
    assert len({program.name for program in PROGRAMS}) == len(PROGRAMS)
