"""A run as an answer: how it ended, what it printed, what its memory looks like, what to look at next."""

from collections.abc import Sequence

from core.chat.presenters.run_comparison import comparison_blocks
from core.chat.presenters.run_memory import memory_blocks
from core.chat.presenters.run_numbers import duration
from core.chat.presenters.run_output import output_blocks
from core.chat.presenters.run_views import bytecode_blocks, picture_blocks, timing_blocks, trace_blocks
from core.chat.snippet_store import Kept
from core.chat.texts import Voice
from core.document import Block, Button, Document, Heading, Quote, Text, paragraph
from core.executor.model import Outcome, Run, View
from core.executor.report.model import Note

SIGNS = {
    Outcome.finished: "✅",
    Outcome.error: "❌",
    Outcome.timed_out: "⏱",
    Outcome.memory_limit: "🐘",
    Outcome.too_many_processes: "🐇",
    Outcome.output_limit: "📜",
    Outcome.disk_full: "💾",
    Outcome.killed: "💥",
    Outcome.busy: "⏳",
    Outcome.unavailable: "🧱",
}
NOT_RUN = (Outcome.busy, Outcome.unavailable)

VIEWS = ((View.trace, View.graph), (View.bytecode, View.timing))
"""The views that buttons offer, in rows of buttons; the comparison of versions joins the second row."""

TOLD = (
    Note.getrefcount_argument,
    Note.getrefcount_borrowed,
    Note.ids_repeat,
    Note.memory_partial,
    Note.memory_failed,
    Note.trace_cut,
    Note.trace_failed,
    Note.bytecode_failed,
    Note.bytecode_cut,
    Note.timing_failed,
)
"""Notes that are told below the answer; a missing input is told as the reason of the error."""


def run_document(ran: Run, kept: Kept, voice: Voice, picture: bytes | None = None) -> Document:
    """The answer to a run. `picture` is the drawn graph, where it was asked for and could be drawn."""
    shown = kept.written.view & set(View)
    body: list[Block] = [headline(ran, voice)]
    if ran.outcome not in NOT_RUN:
        body += output_blocks(ran, voice)
    if ran.outcome is not Outcome.finished:
        body.append(paragraph(advice(ran, voice)))
    if ran.report is not None:
        if View.trace in shown and ran.report.trace:
            body += trace_blocks(ran.report.trace, voice)
        if View.graph in shown:
            body += picture_blocks(picture, voice)
        if View.timing in shown and ran.report.timing:
            body += timing_blocks(ran.report.timing, voice)
        if View.bytecode in shown and ran.report.bytecode:
            body += bytecode_blocks(ran.report.bytecode, voice)
        if not shown - {View.memory}:
            body += memory_blocks(ran.report, voice)
        body += [
            Quote((Text(voice(f"run-note-{note.replace('_', '-')}")),)) for note in TOLD if note in ran.report.notes
        ]
    return Document(tuple(body), buttons(ran, kept, shown, voice))


def headline(ran: Run, voice: Voice) -> Heading:
    """Sign, version, time, and in a few words what came of it."""
    parts = [SIGNS[ran.outcome]]
    if ran.outcome in NOT_RUN:
        return Heading((Text(f"{parts[0]} {voice(f'run-outcome-{hyphened(ran.outcome)}', place=ran.place or 0)}"),))
    said = [f"Python {ran.python}", duration(ran.milliseconds, voice)]
    if ran.outcome is Outcome.finished:
        if not any(chunk.text.strip() for chunk in ran.output):
            said.append(voice("run-silent"))
    elif ran.outcome is Outcome.error:
        said.append(voice("run-exit-status", status=ran.exit_status or 0))
    else:
        said.append(voice(f"run-outcome-{hyphened(ran.outcome)}", place=0))
    return Heading((Text(f"{parts[0]} {' · '.join(said)}"),))


def advice(ran: Run, voice: Voice) -> str:
    """One sentence on what to change."""
    if ran.report is not None and Note.stdin_missing in ran.report.notes:
        return voice("run-advice-stdin")
    if ran.outcome is Outcome.unavailable:
        known = {"no_such_python", "code_too_long", "executor_unreachable"}
        reason = ran.reason if ran.reason in known else "wall"
        return voice(f"run-advice-unavailable-{hyphened(reason)}", python=ran.python)
    return voice(f"run-advice-{hyphened(ran.outcome)}", signal=ran.reason or "")


def hyphened(word: str) -> str:
    """A word of the executor as it stands in a message's id."""
    return word.replace("_", "-")


def buttons(ran: Run, kept: Kept, shown: frozenset[View], voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """The other views of the same program; after a run that did not take place only the way to try again."""
    if ran.outcome in NOT_RUN:
        if ran.outcome is Outcome.busy:
            return ((Button(voice("run-button-again"), f"view:{kept.id}:{View.memory}"),),)
        return ()
    rows = []
    for views in VIEWS:
        row = []
        for view in views:
            target = View.memory if view in shown else view
            row.append(Button(voice(f"run-button-{target}"), f"view:{kept.id}:{target}"))
        rows.append(row)
    rows[1].insert(0, Button(voice("run-button-compare"), f"compare:{kept.id}"))
    return tuple(tuple(row) for row in rows)


def comparison(runs: Sequence[Run], kept: Kept, voice: Voice) -> Document:
    """The same program on several versions: what it printed where, and which counts and sizes differ."""
    row = (
        Button(voice("run-button-memory"), f"view:{kept.id}:{View.memory}"),
        Button(voice("run-button-bytecode"), f"view:{kept.id}:{View.bytecode}"),
    )
    return Document(tuple(comparison_blocks(runs, voice)), (row,))
