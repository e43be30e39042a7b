"""What goes into the executor and what comes out of it; nothing here starts a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from core.executor.report.model import Report


class Outcome(StrEnum):
    """How a run ended, in one word that a presenter turns into a sentence."""

    finished = "finished"
    error = "error"
    timed_out = "timed_out"
    memory_limit = "memory_limit"
    too_many_processes = "too_many_processes"
    output_limit = "output_limit"
    disk_full = "disk_full"
    killed = "killed"
    busy = "busy"
    unavailable = "unavailable"


class View(StrEnum):
    """What a learner may ask to see besides the output."""

    memory = "memory"
    trace = "trace"
    graph = "graph"
    bytecode = "bytecode"
    timing = "timing"


class Stream(StrEnum):
    """Where a program wrote."""

    stdout = "stdout"
    stderr = "stderr"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stranger's program, and whose turn it takes.

    `python` is an interpreter's label ("3.13", "3.14t"), None the default one. `learner` and `chat` are opaque keys for
    fairness only: one run a learner at a time, turns between chats. Both may be empty.
    """

    code: str
    python: str | None = None
    stdin: str = ""
    view: frozenset[View] = frozenset()
    learner: str = ""
    chat: str = ""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A CPython that can serve runs.

    `root` is the folder used as the sandbox's `/` for an unpacked system, None where the host's own read-only system
    folders serve; `path` is the executable as seen inside the sandbox.
    """

    label: str
    version: str
    path: PurePosixPath
    root: PurePosixPath | None = None
    prefix: PurePosixPath | None = None
    free_threaded: bool = False


class Chunk(BaseModel):
    """A stretch of output from one stream; chunks come in the order of their arrival."""

    model_config = ConfigDict(frozen=True)
    stream: Stream
    text: str


class MadeFile(BaseModel):
    """A file that the snippet left in its working folder: at most 1 MB, name without folders."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")
    name: str
    media_type: str
    content: bytes


class Run(BaseModel):
    """What came of a snippet.

    Outcome, exit status and time are the supervisor's; the report is the child's word, checked for shape only.
    `exit_status` is negative for a signal and None where nothing ran. `place` is given with `busy` (1 is next),
    `reason` is a machine-readable word for `unavailable`, `killed` and `busy`.
    """

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")
    outcome: Outcome
    python: str = ""
    version: str = ""
    milliseconds: float = 0.0
    exit_status: int | None = None
    output: tuple[Chunk, ...] = ()
    output_cut: bool = False
    files: tuple[MadeFile, ...] = ()
    report: Report | None = None
    place: int | None = None
    reason: str | None = None


class Executor(Protocol):
    """Runs snippets. It never raises for what a snippet does, nor for a missing wall."""

    async def run(self, snippet: Snippet) -> Run: ...

    def pythons(self) -> Sequence[Interpreter]:
        """The interpreters a snippet may name; the default one comes first."""
        ...

    async def close(self) -> None: ...
