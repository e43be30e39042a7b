"""The other views of a run: step by step, the graph, the bytecode, the time it takes."""

from collections.abc import Sequence

from core.chat.presenters.run_numbers import nanoseconds
from core.chat.texts import Voice
from core.document import Block, CodeBlock, Mono, Picture, Spans, Table, Text, paragraph, text
from core.executor.probe.values import circled
from core.executor.report.model import Change, ChangeKind, Instruction, Timing, Trace, TraceStep

STEPS = 14
CHANGES = 5
INSTRUCTIONS = 45

COUNT_MOVES = (
    ChangeKind.created,
    ChangeKind.incremented,
    ChangeKind.decremented,
    ChangeKind.freed,
    ChangeKind.lost,
    ChangeKind.collected,
)
NAME_MOVES = (ChangeKind.bound, ChangeKind.rebound, ChangeKind.unbound)


def trace_blocks(trace: Trace, voice: Voice) -> list[Block]:
    """A table: the line that ran, and what it changed. Lines that changed nothing are left out."""
    steps = [step for step in trace.steps if step.changes]
    if not steps:
        return [paragraph(voice("run-trace-nothing"))]
    header = text(voice("run-column-line")), text(voice("run-column-changes"))
    blocks: list[Block] = [
        Table((header[0], header[1]), tuple((place(step), changes(step, voice)) for step in steps[:STEPS]))
    ]
    if len(steps) > STEPS:
        blocks.append(paragraph(voice("run-more-steps", count=len(steps) - STEPS)))
    return blocks


def place(step: TraceStep) -> Spans:
    """`3 c = [a, a]`, and how often in a loop."""
    spans: Spans = (Text(f"{step.line} "), Mono(step.source[:40]))
    return spans if step.repeats == 1 else (*spans, Text(f" ×{step.repeats}"))


def changes(step: TraceStep, voice: Voice) -> Spans:
    """What a line did, in words; a name is told apart only where no count says it already."""
    counted = {change.number for change in step.changes if change.kind in COUNT_MOVES}
    told = [change for change in step.changes if change.kind in COUNT_MOVES or change.number not in counted]
    words = [said(change, voice) for change in told[:CHANGES]]
    if len(told) > CHANGES:
        words.append("…")
    return text("; ".join(words))


def said(change: Change, voice: Voice) -> str:
    """One change."""
    if change.kind in NAME_MOVES:
        return voice(f"run-change-{change.kind}", name=change.name, before=change.before, after=change.after)
    count = int(change.after) if change.after.isdecimal() else 0
    return voice(f"run-change-{change.kind}", object=circled(change.number), before=change.before, after=count)


def picture_blocks(picture: bytes | None, voice: Voice) -> list[Block]:
    """The graph, or a line that says why there is none."""
    if picture is None:
        return [paragraph(voice("run-graph-missing"))]
    return [Picture(picture, "graph.png", voice("run-graph-alt"))]


def timing_blocks(timing: Timing, voice: Voice) -> list[Block]:
    """The best and the median time of the whole program."""
    return [
        paragraph(
            voice(
                "run-timing",
                best=nanoseconds(timing.best_nanoseconds, voice),
                median=nanoseconds(timing.median_nanoseconds, voice),
                loops=timing.loops,
                repeats=timing.repeats,
            )
        )
    ]


def bytecode_blocks(instructions: Sequence[Instruction], voice: Voice) -> list[Block]:
    """The instructions as `dis` lists them, function by function."""
    lines: list[str] = []
    function = ""
    for instruction in instructions[:INSTRUCTIONS]:
        if instruction.function != function:
            function = instruction.function
            lines.append(f"\n{function}:")
        line = str(instruction.line or "")
        lines.append(f"{line:>3} {instruction.operation:<20} {instruction.argument[:40]}".rstrip())
    blocks: list[Block] = [CodeBlock("\n".join(lines).strip("\n"))]
    if len(instructions) > INSTRUCTIONS:
        blocks.append(paragraph(voice("run-more-instructions", count=len(instructions) - INSTRUCTIONS)))
    return blocks
