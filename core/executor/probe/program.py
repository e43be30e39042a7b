"""The snippet as a program: compiled once, run as `__main__`, its ending turned into an exit status."""

import ast
import atexit
import builtins
import gc
import sys
import threading
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import NamedTuple

from core.executor.probe import mistakes, pristine, reserve

__builtins__ = pristine.BUILTINS

ATTEMPTS = 4

_settrace, _setprofile, _setrecursionlimit = sys.settrace, sys.setprofile, sys.setrecursionlimit
_exit_code = SystemExit.__dict__["code"]
_monitoring = getattr(sys, "monitoring", None)


class Ending(NamedTuple):
    """How a program ended; `input_missing` when it stopped because there was nothing left to read."""

    status: int
    input_missing: bool


Namespace = dict[str, object]
Body = Callable[[CodeType, Namespace], None]


def fresh_main(filename: str) -> Namespace:
    """A new, empty `__main__` module, and its namespace."""
    module = ModuleType("__main__")
    module.__builtins__ = builtins  # type: ignore[attr-defined]
    module.__file__ = filename
    sys.modules["__main__"] = module
    return module.__dict__


def compile_tree(tree: ast.Module, filename: str) -> CodeType:
    """The snippet as one code object, so that equal constants are one object as in a script.

    The value of a last expression goes to the name `pristine.SHOWN`, for which the tree is changed. Raises what
    `compile` raises.
    """
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        target = ast.copy_location(ast.Name(pristine.SHOWN, ast.Store()), last)
        tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
    return compile(tree, filename, "exec", dont_inherit=True)


def plain(code: CodeType, names: Namespace) -> None:
    """Run the code in the namespace."""
    exec(code, names)


def run(code: CodeType, names: Namespace, filename: str, body: Body = plain) -> Ending:
    """Run the program, show the value of its last expression, tell how it failed, wait for its threads."""
    ending: BaseException | None = None
    # Both are made before the program runs: afterwards there may be no memory for as little as an iterator.
    attempts, kept = iter(range(ATTEMPTS)), reserve.Reserve()
    try:
        body(code, names)
        if pristine.SHOWN in names:
            show_value(names)
    except BaseException as error:
        ending = error
    for _ in attempts:
        try:
            kept.give_back()
            disarm()
            break
        except BaseException:
            continue
    names.pop(pristine.SHOWN, None)
    try:
        return Ending(status_of(ending, filename), ending is not None and mistakes.wanted_input(ending))
    finally:
        ending = None
        guarded(threading._shutdown)  # type: ignore[attr-defined]


def status_of(ending: BaseException | None, filename: str) -> int:
    """The exit status, after telling on stderr what an interpreter would tell."""
    if ending is None:
        return 0
    if pristine.is_kind(type(ending), SystemExit):
        return exit_status(_exit_code.__get__(ending))
    mistakes.show(ending, filename)
    return 1


def disarm() -> None:
    """Take off what the program hung on the interpreter: trace and profile functions, monitors, a tiny stack.

    A trace function that raises makes this very call fail, and is gone afterwards.
    """
    _settrace(None)
    _setprofile(None)
    _setrecursionlimit(1000)
    if _monitoring is not None:
        for tool in range(6):
            if _monitoring.get_tool(tool) is not None:
                _monitoring.set_events(tool, 0)


def show_value(names: Namespace) -> None:
    """What the REPL does with a value, but nothing keeps it under the name `_`."""
    value = names.pop(pristine.SHOWN)
    if sys.displayhook is not sys.__displayhook__:
        sys.displayhook(value)
    elif value is not None:
        print(repr(value))


def exit_status(code: object) -> int:
    """The status for an argument of `sys.exit`: none is 0, a number is itself modulo 256, anything else is printed."""
    if code is None:
        return 0
    if type(code) is int or type(code) is bool:
        return int(code) & 0xFF
    try:
        mistakes.write(f"{code}\n")
    except BaseException:
        mistakes.write("SystemExit\n")
    return 1


def guarded(step: Callable[[], object]) -> None:
    """Take a step of the program's ending, whatever it raises."""
    try:
        step()
    except BaseException:
        return


def tear_down(names: Namespace) -> None:
    """What a script's end does: `atexit`, then the names go, `_private` ones first, then a last collection.

    The order is that of CPython's `_PyModule_ClearDict`, so finalizers print what they would print from a script.
    """
    guarded(atexit._run_exitfuncs)
    for private in (True, False):
        for name in list(names):
            if type(name) is str and name != "__builtins__" and name.startswith("_") is private:
                names[name] = None
    guarded(gc.collect)
    guarded(lambda: sys.stdout.flush())
    guarded(lambda: sys.stderr.flush())
