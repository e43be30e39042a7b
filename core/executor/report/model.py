"""The shape of a report.

A snippet can write into the pipe that carries the report, so whatever arrives is parsed as hostile input: every length
and every number has a cap, words come from closed lists, characters that could steer a terminal are replaced, and a
frame that breaks a rule is refused as a whole.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

FRAME_BYTES = 256 * 1024
"""Longest frame that is looked at."""
ROWS = 60
EDGES = 400
STEPS = 200
CHANGES = 16
INSTRUCTIONS = 600
NAMES = 12
REFERRERS = 12


def printable(text: str) -> str:
    """The text with a dot for each character that does not show: controls, line breaks, direction marks."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "·" for sign in text)


Label = Annotated[str, StringConstraints(max_length=80), AfterValidator(printable)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(printable)]
Count = Annotated[int, Field(ge=0, lt=2**40, strict=True)]
Address = Annotated[int, Field(ge=0, lt=2**64, strict=True)]
Number = Annotated[int, Field(ge=0, le=1000, strict=True)]
Nanoseconds = Annotated[float, Field(ge=0, lt=1e12, allow_inf_nan=False)]


class Uncounted(StrEnum):
    """Why an object has no honest reference count."""

    immortal = "immortal"
    """Its count never moves (PEP 683)."""
    cached = "cached"
    """The interpreter keeps one for everybody: small ints, `None`, one-character strings before 3.12."""
    interned = "interned"
    """A string that every use of the same identifier in the process shares."""
    shared = "shared"
    """It was there before the program: modules, their functions and classes."""
    deferred = "deferred"
    """A free-threaded build does not count every reference to it."""


class Badge(StrEnum):
    """A property of an object, worth a word."""

    immortal = "immortal"
    small_int = "small_int"
    interned = "interned"
    constant = "constant"
    gc_tracked = "gc_tracked"
    weakly_referenced = "weakly_referenced"
    in_cycle = "in_cycle"
    lost = "lost"
    """On a cycle that no name reaches: it lives until the collector runs."""


class Note(StrEnum):
    """Something the reader of the report should know."""

    getrefcount_argument = "getrefcount_argument"
    """The program printed `sys.getrefcount`, which also counts its own argument."""
    getrefcount_borrowed = "getrefcount_borrowed"
    """From 3.14 on a function's local is lent to `sys.getrefcount`, not counted once more."""
    stdin_missing = "stdin_missing"
    ids_repeat = "ids_repeat"
    """The program printed ids or hashes of strings, which repeat from run to run."""
    memory_partial = "memory_partial"
    """There was more memory than the report looks at, so some references stay unnamed."""
    trace_cut = "trace_cut"
    trace_failed = "trace_failed"
    bytecode_cut = "bytecode_cut"
    bytecode_failed = "bytecode_failed"
    timing_failed = "timing_failed"
    memory_failed = "memory_failed"


class ChangeKind(StrEnum):
    """What a line did to a name or an object."""

    created = "created"
    bound = "bound"
    rebound = "rebound"
    unbound = "unbound"
    incremented = "incremented"
    decremented = "decremented"
    freed = "freed"
    lost = "lost"
    """No name reaches it any more, a cycle keeps it alive."""
    collected = "collected"
    """A lost cycle that the garbage collector freed."""


class Frozen(BaseModel):
    """A part of the report: it comes from a learner's process, so nothing unknown is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ObjectRow(Frozen):
    """An object that the program's names reach at its end.

    `refcount` counts the references that the program holds, without those of the probe; it is None with a reason in
    `uncounted`. `referrers` name them ("a", "c[0]", "node.next", "closure of f"), `unnamed` is how many are left over.
    `value` shows short values and refers to other rows by their circled numbers; `size` is in bytes, the object alone.
    """

    number: Number
    names: Annotated[tuple[Label, ...], Field(max_length=NAMES)]
    type: Label
    value: Line
    id: Address
    refcount: Count | None
    uncounted: Uncounted | None
    size: Address
    badges: Annotated[tuple[Badge, ...], Field(max_length=len(Badge))]
    referrers: Annotated[tuple[Label, ...], Field(max_length=REFERRERS)]
    unnamed: Count


class Edge(Frozen):
    """Row `source` holds a reference to row `target` under `label` ("[0]", ".next", "closure")."""

    source: Number
    target: Number
    label: Label


class Change(Frozen):
    """What happened to a name, an object or both; `number` is 0 for a value without a row.

    `before` and `after` are counts for objects, short values for names.
    """

    kind: ChangeKind
    number: Number
    name: Label
    before: Label
    after: Label


class TraceStep(Frozen):
    """A line that ran, and what it changed; `repeats` counts the passes of a folded loop."""

    line: Count
    source: Line
    function: Label
    changes: Annotated[tuple[Change, ...], Field(max_length=CHANGES)]
    repeats: Count


class Trace(Frozen):
    """The lines of the snippet in the order in which they ran."""

    steps: Annotated[tuple[TraceStep, ...], Field(max_length=STEPS)]


class Instruction(Frozen):
    """A bytecode instruction; `offset` in bytes, `line` 0 where there is none, `function` empty for the module."""

    function: Label
    line: Count
    offset: Count
    operation: Label
    argument: Line


class Timing(Frozen):
    """The snippet as a whole, timed the way `timeit` does it: best and median of `repeats` series of `loops` runs."""

    loops: Count
    repeats: Count
    best_nanoseconds: Nanoseconds
    median_nanoseconds: Nanoseconds


class Report(Frozen):
    """Everything the probe says about a run."""

    objects: Annotated[tuple[ObjectRow, ...], Field(max_length=ROWS)] = ()
    more: Count = 0
    edges: Annotated[tuple[Edge, ...], Field(max_length=EDGES)] = ()
    trace: Trace | None = None
    bytecode: Annotated[tuple[Instruction, ...], Field(max_length=INSTRUCTIONS)] | None = None
    timing: Timing | None = None
    notes: Annotated[tuple[Note, ...], Field(max_length=len(Note))] = ()


def read_report(frame: bytes | str) -> Report | None:
    """The report in a JSON frame, None when it is too long or breaks any rule."""
    if len(frame) > FRAME_BYTES:
        return None
    try:
        return Report.model_validate_json(frame)
    except ValidationError:
        return None
