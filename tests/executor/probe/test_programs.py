"""A snippet behaves like a script, with the value of its last expression shown."""

import pytest

from core.executor.report.model import Note
from tests.executor.probe.interpreters import Worker


@pytest.mark.parametrize(
    ("code", "stdout"),
    [
        ("1 + 1", "2\n"),
        ("None", ""),
        ("print(1)\n'a'", "1\n'a'\n"),
        ("x = 5", ""),
        ("for i in range(2): i", ""),
        ("print(__name__, __file__)", "__main__ snippet.py\n"),
        ("import sys\nsys.displayhook = lambda x: print('<', x)\n7", "< 7\n"),
        ("_ = 1\n2\n_", "1\n"),
        ("a = 5000\na is 5000 if 0 else a is 2500 * 2", "True\n"),
        ("import atexit\natexit.register(print, 'bye')\nprint('hi')", "hi\nbye\n"),
        ("class A:\n    def __del__(self): print('deleted')\na = A()\nprint('end')", "end\ndeleted\n"),
        ("class A:\n    def __del__(self): print('deleted')\na = A()\na.me = a\ndel a\nprint('end')", "end\ndeleted\n"),
        ("import threading\nthreading.Thread(target=print, args=(1,)).start()", "1\n"),
        ("from concurrent.futures import ThreadPoolExecutor as P\nx = P().submit(print, 'done')", "done\n"),
        ("import os\nif os.fork():\n    os.wait()\n    print('parent')\nelse:\n    print('child')", "child\nparent\n"),
        ("import inspect\ndef f(): pass\nprint(inspect.getsource(f), end='')", "def f(): pass\n"),
        ("import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)", "True\n"),
    ],
)
def test_output_is_that_of_a_script(python: Worker, code: str, stdout: str) -> None:
    seen = python.run(code)
    assert (sorted(seen.stdout.splitlines()), seen.exit_status) == (sorted(stdout.splitlines()), 0), seen.stderr


@pytest.mark.parametrize(
    ("code", "status", "stderr"),
    [
        ("import sys\nsys.exit()", 0, ""),
        ("import sys\nsys.exit(3)", 3, ""),
        ("import sys\nsys.exit(-1)", 255, ""),
        ("import sys\nsys.exit('no luck')", 1, "no luck\n"),
        ("exit_ = SystemExit\nclass E(exit_): pass\nraise E(4)", 4, ""),
        ("import sys\nsys.excepthook = lambda *x: print('mine', file=sys.stderr)\n1 / 0", 1, "mine\n"),
        ("raise KeyboardInterrupt", 1, "Traceback (most recent call last):\n"),
    ],
)
def test_exit_status(python: Worker, code: str, status: int, stderr: str) -> None:
    seen = python.run(code)
    assert seen.exit_status == status
    assert seen.stderr.startswith(stderr)


def test_a_traceback_shows_the_learners_lines_only(python: Worker) -> None:
    seen = python.run("import json\ndef load(text):\n    return json.loads(text)\nload('{')")
    assert seen.exit_status == 1
    assert 'File "snippet.py", line 4, in <module>' in seen.stderr
    assert "    return json.loads(text)" in seen.stderr
    assert "JSONDecodeError" in seen.stderr
    assert "decoder.py" not in seen.stderr
    assert "probe" not in seen.stderr


def test_a_chained_error_keeps_both_tracebacks(python: Worker) -> None:
    seen = python.run("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e")
    assert "direct cause" in seen.stderr
    assert "line 2, in <module>" in seen.stderr
    assert "line 4, in <module>" in seen.stderr


def test_a_syntax_error_shows_where(python: Worker) -> None:
    seen = python.run("a = (1,\nb = 2")
    assert seen.exit_status == 1
    assert "SyntaxError" in seen.stderr
    assert "snippet.py" in seen.stderr


def test_input_reads_the_given_lines(python: Worker) -> None:
    seen = python.run("print(input('name? '), input())", stdin="Аня\nBob\n")
    assert seen.stdout == "name? Аня Bob\n"


def test_input_without_lines_says_what_is_missing(python: Worker) -> None:
    seen = python.run("x = input()")
    assert "EOFError" in seen.stderr
    assert "--- stdin" in seen.stderr
    assert Note.stdin_missing in seen.report.notes


def test_warnings_are_shown_once(python: Worker) -> None:
    seen = python.run("import warnings\nwarnings.warn('careful')\nx = 1\nprint(x is 1)")
    assert seen.stderr.count("careful") == 2
    assert seen.stderr.count("SyntaxWarning") == 1


def test_nothing_is_held_by_the_shown_value(python: Worker) -> None:
    seen = python.run("import sys\na = []\nprint(sys.getrefcount(a))\na")
    assert seen.row("a").refcount == 1
    assert seen.stdout == "2\n[]\n"
    assert Note.getrefcount_argument in seen.report.notes


def test_a_borrowed_local_is_noted_where_it_exists(python: Worker) -> None:
    seen = python.run("import sys\ndef f():\n    x = []\n    return sys.getrefcount(x)\nf()")
    assert (Note.getrefcount_borrowed in seen.report.notes) == (python.version >= (3, 14))
    assert seen.stdout == ("1\n" if python.version >= (3, 14) else "2\n")


def test_the_bytecode_is_that_of_the_snippet(python: Worker) -> None:
    seen = python.run("def f(x):\n    return x + 1000\nf(2)", "bytecode")
    assert seen.report.bytecode is not None
    functions = {instruction.function for instruction in seen.report.bytecode}
    assert functions == {"", "f"}
    operations = [instruction.operation for instruction in seen.report.bytecode]
    assert "CACHE" not in operations
    assert "BINARY_OP" in operations
    assert "POP_TOP" in operations
    assert not any("0x" in instruction.argument for instruction in seen.report.bytecode)


def test_the_timing_is_of_the_whole_snippet_and_silent(python: Worker) -> None:
    seen = python.run("print('once')\nsum(range(100))", "timing", limits={"timing_ms": 60})
    assert seen.stdout == "once\n4950\n"
    assert seen.report.timing is not None
    assert 0 < seen.report.timing.best_nanoseconds <= seen.report.timing.median_nanoseconds
    assert seen.report.timing.loops >= 1


def test_a_failing_snippet_has_no_timing(python: Worker) -> None:
    seen = python.run("1 / 0", "timing", "bytecode")
    assert seen.report.timing is None
    assert Note.timing_failed in seen.report.notes
    assert seen.report.bytecode
