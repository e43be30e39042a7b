"""The probe under every CPython of this machine, without a wall."""

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.executor.interpreters import find_interpreters
from core.executor.model import Interpreter
from core.executor.report.model import ObjectRow, Report

REPOSITORY = Path(__file__).parents[3]
ROOTS = Path(os.environ.get("KUCHA_PYTHONS", REPOSITORY / ".pythons"))
WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a program: its exit status, its report, its output."""

    exit_status: int
    report: Report
    stdout: str
    stderr: str

    def row(self, name: str) -> ObjectRow:
        """The row of the object with that name, or with that single referrer where it has no name."""
        for row in self.report.objects:
            if name in row.names or (not row.names and name in row.referrers):
                return row
        raise AssertionError(
            f"no row of {name}; there are {[row.names or row.referrers for row in self.report.objects]}"
        )


class Worker:
    """A long-lived interpreter that forks for each program."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.label = interpreter.label
        self.version = tuple(int(part) for part in interpreter.label.removesuffix("t").split("."))
        self.free_threaded = interpreter.free_threaded
        self._process = subprocess.Popen(
            [*command(interpreter), str(WORKER), str(REPOSITORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(interpreter),
        )

    def run(self, code: str, *view: str, **task: Any) -> Seen:
        """Run a program and parse its report the way the supervisor does."""
        frame, stdout, stderr = self.answer({"code": code, "view": view or ("memory",), **task})
        assert frame is not None, stderr
        return Seen(frame["exit_status"], Report.model_validate_json(json.dumps(frame["report"])), stdout, stderr)

    def answer(self, task: dict[str, Any]) -> tuple[Any, str, str]:
        """The raw frame, stdout and stderr of a task."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return told["frame"], told["stdout"], told["stderr"]

    def close(self) -> None:
        """End the interpreter."""
        self._process.communicate()


def command(interpreter: Interpreter) -> list[str]:
    """What starts the interpreter outside of the sandbox."""
    if interpreter.root is None:
        if interpreter.prefix is None:
            return [str(interpreter.path), "-I"]
        return [str(interpreter.prefix / "bin" / interpreter.path.name), "-I"]
    root = Path(interpreter.root)
    libraries = next(root.glob("usr/lib/*-linux-gnu"))
    loader = next(libraries.glob("ld-linux-*.so.*"))
    return [str(loader), "--library-path", str(libraries), str(root) + str(interpreter.path), "-s", "-P"]


def environment(interpreter: Interpreter) -> dict[str, str]:
    """An unpacked system's library is found through PYTHONHOME; nothing else is passed on."""
    home = {} if interpreter.root is None else {"PYTHONHOME": f"{interpreter.root}/usr"}
    return {"LC_ALL": "C.UTF-8", "PATH": os.defpath, **home}


@cache
def found() -> tuple[Interpreter, ...]:
    """Every interpreter that can serve, oldest first."""
    return tuple(sorted(find_interpreters(ROOTS), key=lambda each: (len(each.label), each.label)))
