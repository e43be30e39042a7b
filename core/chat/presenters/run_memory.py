"""The memory view: a row per object, each count with its reasons."""

from collections.abc import Sequence

from core.chat.texts import Voice
from core.document import Block, Mono, Spans, Table, Text, bold, paragraph, text
from core.executor.probe.values import circled
from core.executor.report.model import Badge, ObjectRow, Report

ROWS = 8
"""Rows shown in a message; a phone shows about as many at once."""
NAMES = 4
REFERRERS = 6

SHOWN_BADGES = (Badge.lost, Badge.in_cycle, Badge.small_int, Badge.interned, Badge.weakly_referenced, Badge.gc_tracked)
"""Badges beside the value; being immortal or a constant is told with the count."""

PHRASES = (
    ("closure of ", "run-ref-closure"),
    ("defaults of ", "run-ref-defaults"),
    ("key of ", "run-ref-key"),
    ("inside ", "run-ref-inside"),
    ("in ", "run-ref-inside"),
    ("type of ", "run-ref-type"),
    ("a local of ", "run-ref-local"),
)
"""How the probe's words for a way to an object begin, and the message that says it."""


def memory_blocks(report: Report, voice: Voice) -> list[Block]:
    """The table, most telling rows first, and how many objects it leaves out."""
    telling = [row for row in report.objects if row.names or not is_bare_value(row)]
    rows = telling[:ROWS]
    if not rows:
        return []
    header = tuple(text(voice(f"run-column-{column}")) for column in ("names", "value", "refs", "id", "size"))
    blocks: list[Block] = [Table(header, tuple(cells(row, voice) for row in rows))]
    hidden = len(telling) - len(rows) + report.more
    if hidden:
        blocks.append(paragraph(voice("run-more-objects", count=hidden)))
    return blocks


def is_bare_value(row: ObjectRow) -> bool:
    """Whether a row without a name is just a number or a text inside something else."""
    return row.type in ("int", "float", "complex", "bool", "NoneType", "str", "bytes", "ellipsis")


def cells(row: ObjectRow, voice: Voice) -> tuple[Spans, ...]:
    """One object: its names, number and value, count with reasons, the end of its id, its size."""
    address = Mono(f"…{row.id & 0xFFFF:04x}")
    return names(row, voice), value(row, voice), references(row, voice), (address,), text(str(row.size))


def names(row: ObjectRow, voice: Voice) -> Spans:
    """The object's names; without any, the way to it."""
    shown: Sequence[str] = row.names[:NAMES] or [said(label, voice) for label in row.referrers[:1]]
    spans: list[Mono | Text] = []
    for name in shown:
        spans += [Text(", "), Mono(name)] if spans else [Mono(name)]
    if len(row.names) > NAMES:
        spans.append(Text(f" +{len(row.names) - NAMES}"))
    return tuple(spans) or text("—")


def value(row: ObjectRow, voice: Voice) -> Spans:
    """The row's number, its value and its badges; what goes without saying is left out."""
    spans: list[Mono | Text] = [Text(f"{circled(row.number)} "), Mono(row.value)]
    badges = set() if row.type in ("type", "module") else set(row.badges)
    if Badge.lost in badges:
        badges.discard(Badge.in_cycle)
    told = [voice(f"run-badge-{badge.replace('_', '-')}") for badge in SHOWN_BADGES if badge in badges]
    if told:
        spans.append(Text(f" {' · '.join(told)}", italic=True))
    return tuple(spans)


def references(row: ObjectRow, voice: Voice) -> Spans:
    """`3 = a, b, c[0]`, or why there is no honest number."""
    if row.refcount is None:
        return text(voice(f"run-uncounted-{row.uncounted or 'shared'}"))
    listed = counted([said(label, voice) for label in row.referrers])
    unnamed = row.unnamed + sum(times for _, times in listed[REFERRERS:])
    reasons = [label if times == 1 else f"{label} ×{times}" for label, times in listed[:REFERRERS]]
    if unnamed:
        reasons.append(voice("run-unnamed", count=unnamed))
    return text(bold(str(row.refcount)), f" = {', '.join(reasons)}" if reasons else "")


def counted(labels: Sequence[str]) -> list[tuple[str, int]]:
    """Each label once, with how often it comes, in the order of first appearance."""
    times: dict[str, int] = {}
    for label in labels:
        times[label] = times.get(label, 0) + 1
    return list(times.items())


def said(label: str, voice: Voice) -> str:
    """The probe's words for a reference, in the reader's language."""
    if label == "constant":
        return voice("run-ref-constant")
    for beginning, message in PHRASES:
        if label.startswith(beginning):
            return voice(message, of=said(label.removeprefix(beginning), voice))
    return label
