import pytest

from core.executor.report.model import Note, TraceStep
from tests.executor.probe.interpreters import Worker


def told(step: TraceStep) -> list[str]:
    """A step's changes as short words, leaving out what names came to mean."""
    return [
        f"{change.kind} {change.name} {change.before}→{change.after}".replace("  ", " ")
        for change in step.changes
        if change.kind not in ("bound", "rebound", "unbound")
    ]


def by_line(python: Worker, code: str) -> dict[int, list[str]]:
    seen = python.run(code, "trace")
    assert seen.report.trace is not None
    assert Note.trace_failed not in seen.report.notes
    lines: dict[int, list[str]] = {}
    for step in seen.report.trace.steps:
        lines.setdefault(step.line, []).extend(told(step))
    return lines


NODE = "class Node: pass\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "a = []\nb = a\nc = [a, a]\ndel b",
            {
                1: ["created a →1"],
                2: ["incremented 1→2"],
                3: ["created c →1", "incremented 2→4"],
                4: ["decremented 4→3"],
            },
        ),
        ("a = []\na = None", {1: ["created a →1"], 2: ["freed 1→0"]}),
        ("a = []\nb = a\ndel a\ndel b", {3: ["decremented 2→1"], 4: ["freed 1→0"]}),
        ("a = [[]]\ndel a", {1: ["created a →1", "created a[0] →1"], 2: ["freed 1→0", "freed 1→0"]}),
        ("a = []\na.append(a)\ndel a", {2: ["incremented 1→2"], 3: ["lost 2→1"]}),
        (
            NODE + "n = Node()\nn.me = n\ndel n\nimport gc\nx = gc.collect()",
            {2: ["created n →1"], 3: ["incremented 1→2"], 4: ["lost 2→1"], 6: ["collected →0"]},
        ),
        (
            NODE + "p = Node()\nq = Node()\np.q = q\ndel q\ndel p",
            {4: ["incremented 1→2"], 5: ["decremented 2→1"], 6: ["freed 1→0", "freed 1→0"]},
        ),
        (
            "def f(x):\n    y = [x]\n    return y\na = []\nb = f(a)\nb = 0",
            {2: ["created f.y →1", "incremented 2→3"], 5: ["incremented 1→2", "decremented 3→2"]},
        ),
        ("def f():\n    x = []\n    x = 0\nf()", {2: ["created f.x →1"], 3: ["freed 1→0"]}),
    ],
)
def test_each_line_tells_what_it_did(python: Worker, code: str, expected: dict[int, list[str]]) -> None:
    lines = by_line(python, code)
    assert {line: lines[line] for line in expected} == expected


def test_a_loop_is_told_once_with_the_number_of_its_passes(python: Worker) -> None:
    seen = python.run("c = []\nfor i in range(50):\n    c.append(i)\n    d = [c]\n", "trace")
    assert seen.report.trace is not None
    assert len(seen.report.trace.steps) < 12
    assert max(step.repeats for step in seen.report.trace.steps) >= 48
    counter = next(
        change
        for step in seen.report.trace.steps
        for change in step.changes
        if change.name == "i" and step.repeats > 40
    )
    assert (counter.before, counter.after) == ("0", "49")


def test_numbers_are_those_of_the_rows(python: Worker) -> None:
    seen = python.run("a = []\nb = a\nc = [a, a]", "trace", "memory")
    assert seen.report.trace is not None
    created = {c.name: c.number for step in seen.report.trace.steps for c in step.changes if c.kind == "created"}
    assert created == {"a": seen.row("a").number, "c": seen.row("c").number}


def test_a_long_run_is_cut_and_says_so(python: Worker) -> None:
    seen = python.run(
        "import random\nn = 0\nfor i in range(3000):\n    n = [i] * (i % 7)\n    n = n\nprint('done')", "trace"
    )
    assert seen.stdout == "done\n"
    assert Note.trace_cut in seen.report.notes
    assert seen.row("i").value == "2999"


def test_watching_changes_no_count_and_no_output(python: Worker) -> None:
    code = (
        "import sys\n"
        "class Node:\n    def __del__(self): print('gone')\n"
        "def f(x):\n    y = x\n    return [y]\n"
        "a = Node()\nb = f(a)\nc = [f(i) for i in range(3)]\n"
        "def g():\n    n = Node()\n    n = None\n    print('after')\ng()\ndel a\nb.clear()\n"
    )
    plain, traced = python.run(code), python.run(code, "memory", "trace")
    counts = [[(row.names, row.refcount) for row in seen.report.objects] for seen in (plain, traced)]
    assert counts[0] == counts[1]
    assert sorted(plain.stdout) == sorted(traced.stdout)
    if python.version >= (3, 12):
        assert plain.stdout == traced.stdout


def test_only_the_main_thread_is_told(python: Worker) -> None:
    code = (
        "import threading\ndef f():\n    x = []\n    x = 1\nt = threading.Thread(target=f)\nt.start()\nt.join()\na = []"
    )
    seen = python.run(code, "trace")
    assert seen.report.trace is not None
    lines = {step.line for step in seen.report.trace.steps}
    assert 8 in lines
    assert not lines & {3, 4}


def test_an_error_ends_the_trace_where_it_happened(python: Worker) -> None:
    seen = python.run("a = []\ndef f(x):\n    y = [x]\n    return 1 / 0\nf(a)", "trace")
    assert seen.exit_status == 1
    assert "ZeroDivisionError" in seen.stderr
    assert seen.report.trace is not None
    assert 4 in {step.line for step in seen.report.trace.steps}
    assert seen.row("a").refcount == 1
