"""What learners do every day works, and prints what it prints anywhere."""

import pytest

from core.executor.embedded import EmbeddedExecutor
from core.executor.model import Outcome, Snippet, View
from tests.executor.harmless import PROGRAMS, Harmless

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def works(executor: EmbeddedExecutor, program: Harmless, python: str | None) -> None:
    run = await executor.run(Snippet(program.code, python=python, stdin=program.stdin, view=frozenset({View.memory})))
    said = "".join(chunk.text for chunk in run.output)
    assert (run.outcome, said) == (Outcome.finished, program.prints), (run.python, run.reason)
    assert run.exit_status == 0
    assert run.report is not None


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
async def test_a_learners_program_works(patient: EmbeddedExecutor, program: Harmless) -> None:
    await works(patient, program, None)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_learners_programs_work_on_every_interpreter(patient: EmbeddedExecutor) -> None:
    failed = []
    for interpreter in patient.pythons()[1:]:
        for program in PROGRAMS:
            try:
                if program.everywhere:
                    await works(patient, program, interpreter.label)
            except AssertionError as error:
                failed.append(f"{interpreter.label} {program.name}: {str(error)[:300]}")
    assert not failed, "\n".join(failed)


async def test_the_picture_of_objgraph_comes_back(patient: EmbeddedExecutor) -> None:
    run = await patient.run(Snippet("import objgraph\nx = [[], {}]\nobjgraph.show_refs([x], filename='refs.png')"))
    assert run.outcome is Outcome.finished, run.output
    assert [(file.name, file.media_type) for file in run.files] == [("refs.png", "image/png")]
    assert run.files[0].content.startswith(b"\x89PNG")


async def test_files_that_a_snippet_made_come_back(patient: EmbeddedExecutor) -> None:
    code = "for name in ('b.csv', 'a.txt', 'c.svg', 'd.html', 'e.txt', 'f.bin'): open(name, 'w').write(name)"
    run = await patient.run(Snippet(code))
    assert [(file.name, file.media_type, file.content) for file in run.files] == [
        ("a.txt", "text/plain", b"a.txt"),
        ("b.csv", "text/csv", b"b.csv"),
        ("c.svg", "image/svg+xml", b"c.svg"),
        ("d.html", "text/html", b"d.html"),
    ]


async def test_both_streams_keep_the_order_in_which_they_were_written(patient: EmbeddedExecutor) -> None:
    code = "import sys\nfor n in range(200):\n    print(n)\n    print(-n, file=sys.stderr)"
    run = await patient.run(Snippet(code))
    expected = "".join(f"{n}\n{-n}\n" for n in range(200))
    assert "".join(chunk.text for chunk in run.output) == expected
    assert len(run.output) == 400
