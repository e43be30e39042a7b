"""The same program on every interpreter."""

from collections.abc import Sequence

from core.chat.presenters.run_numbers import duration
from core.chat.presenters.run_output import visible
from core.chat.texts import Voice
from core.document import Block, CodeBlock, Heading, Mono, Spans, Table, Text, bold, paragraph, text
from core.executor.model import Run
from core.executor.report.model import ObjectRow, Uncounted

OUTPUT = 300
"""Characters of output shown for a group of versions."""
OBJECTS = 6


def comparison_blocks(runs: Sequence[Run], voice: Voice) -> list[Block]:
    """What was printed where, equal versions together, then the objects whose count or size differs."""
    groups = grouped(runs)
    same = len(groups) == 1
    title = voice("run-compare-same" if same else "run-compare-different", versions=len(runs))
    blocks: list[Block] = [Heading((bold(f"{'＝' if same else '≠'} {title}"),))]
    for group in groups:
        times = ", ".join(f"{ran.python}: {duration(ran.milliseconds, voice)}" for ran in group)
        blocks.append(
            paragraph(bold("Python " + ", ".join(ran.python for ran in group)), f" · {outcome(group[0], voice)}")
        )
        blocks.append(CodeBlock(shortened(printed(group[0])) or voice("run-silent")))
        blocks.append(paragraph(Text(times, italic=True)))
    table = differing_objects(runs, voice)
    if table:
        blocks += [paragraph(voice("run-compare-objects")), table]
    return blocks


def grouped(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs with the same outcome and output together, in the order of versions."""
    groups: dict[tuple[str, int | None, str], list[Run]] = {}
    for ran in runs:
        groups.setdefault((ran.outcome, ran.exit_status, printed(ran)), []).append(ran)
    return list(groups.values())


def printed(ran: Run) -> str:
    """The output as it is shown."""
    return visible("".join(chunk.text for chunk in ran.output)).rstrip("\n")


def shortened(output: str) -> str:
    """What a program printed, cut to fit beside the others."""
    return output if len(output) <= OUTPUT else f"{output[:OUTPUT]}\n…"


def outcome(ran: Run, voice: Voice) -> str:
    """How it ended, in a word or two."""
    return voice(f"run-outcome-{ran.outcome.value.replace('_', '-')}", place=ran.place or 0)


def differing_objects(runs: Sequence[Run], voice: Voice) -> Table | None:
    """A row for each named object that is not the same everywhere; the versions are the columns."""
    reported = [ran for ran in runs if ran.report is not None]
    if len(reported) < 2:
        return None
    told: dict[str, list[str]] = {}
    for place, ran in enumerate(reported):
        for row in ran.report.objects if ran.report else ():
            for name in row.names[:1] if row.uncounted is not Uncounted.shared else ():
                told.setdefault(name, ["—"] * len(reported))[place] = count_and_size(row)
    rows: list[tuple[Spans, ...]] = [
        ((Mono(name),), *(text(cell) for cell in values)) for name, values in told.items() if len(set(values)) > 1
    ]
    if not rows:
        return None
    header = (text(voice("run-column-names")), *(text(ran.python) for ran in reported))
    return Table(header, tuple(rows[:OBJECTS]))


def count_and_size(row: ObjectRow) -> str:
    """`2 · 56`: references and bytes; ∞ for what is immortal."""
    uncounted = "∞" if row.uncounted is Uncounted.immortal else "—"
    return f"{uncounted if row.refcount is None else row.refcount} · {row.size}"
