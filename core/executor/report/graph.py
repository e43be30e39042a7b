"""A picture of names and objects: who holds whom, how many references each object has, where the cycles are."""

from collections.abc import Sequence
from dataclasses import dataclass

import graphviz

from core.executor.probe.values import circled
from core.executor.report.model import Badge, Edge, ObjectRow, Report, Uncounted

MOST_OBJECTS = 10
MOST_NAMES = 3
"""Names drawn for one object; the others are counted."""
WIDE = 720
"""Pixels; a wider picture is too small to read on a phone held upright."""
VALUE = 22
"""Longest value text in a node, in characters."""

BACKGROUND, CARD, INK, FAINT = "#fbf7ef", "#ffffff", "#1f2430", "#6b7280"
NAME, NAME_INK = "#dbeafe", "#1e3a8a"
CYCLE, CYCLE_CARD = "#c2410c", "#ffedd5"


class NoPictureError(Exception):
    """Graphviz's `dot` is not installed or does not work; install the package graphviz."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What of a report is drawn: the objects in their order, the edges among them, how many objects are left out."""

    rows: tuple[ObjectRow, ...]
    edges: tuple[tuple[Edge, int], ...]
    left_out: int


def drawing_of(report: Report) -> Drawing:
    """Choose what fits on a phone: rows that names or other drawn rows lead to; single values and code come last.

    Parallel edges are drawn as one with their number.
    """
    telling = [row for row in report.objects if row.names or not is_plain(row)]
    holders = {edge.source for edge in report.edges}
    data = [row for row in telling if not is_code(row) or (row.type == "function" and row.number in holders)]
    kept = (data or telling)[:MOST_OBJECTS]
    numbers = {row.number for row in kept}
    edges: dict[tuple[int, int], tuple[Edge, int]] = {}
    for edge in report.edges:
        if edge.source in numbers and edge.target in numbers:
            first, times = edges.get((edge.source, edge.target), (edge, 0))
            edges[edge.source, edge.target] = (first, times + 1)
    return Drawing(tuple(kept), tuple(edges.values()), max(0, len(data) - len(kept)) + report.more)


def is_plain(row: ObjectRow) -> bool:
    """Whether a row is a value that holds nothing: numbers, texts, None."""
    return row.type in ("int", "float", "complex", "bool", "NoneType", "str", "bytes", "ellipsis", "range")


def is_code(row: ObjectRow) -> bool:
    """Whether a row is a function, a class or a module: drawn only where it holds data or is all there is."""
    return row.uncounted is Uncounted.shared or row.type in ("function", "type", "module")


def dot_source(report: Report, direction: str = "TB") -> str:
    """The picture in the DOT language, from top to bottom or (LR) from left to right; every label is escaped."""
    drawing = drawing_of(report)
    graph = graphviz.Digraph(
        graph_attr={
            "bgcolor": BACKGROUND,
            "rankdir": direction,
            "pad": "0.3",
            "nodesep": "0.3",
            "ranksep": "0.5",
            "fontname": "DejaVu Sans",
            "fontsize": "16",
            "fontcolor": FAINT,
        },
        node_attr={"fontname": "DejaVu Sans", "fontsize": "18", "fontcolor": INK, "penwidth": "1.6"},
        edge_attr={"fontname": "DejaVu Sans", "fontsize": "15", "fontcolor": FAINT, "color": INK, "penwidth": "1.6"},
    )
    if drawing.left_out:
        graph.attr(label=f"+{drawing.left_out} …", labelloc="b")
    for row in drawing.rows:
        draw_object(graph, row)
    cyclic = {row.number for row in drawing.rows if Badge.in_cycle in row.badges}
    for edge, times in drawing.edges:
        draw_edge(graph, edge, times, in_cycle={edge.source, edge.target} <= cyclic and closes(edge, drawing.edges))
    return str(graph.source)


def draw_object(graph: graphviz.Digraph, row: ObjectRow) -> None:
    """An object's card and the names that stand for it."""
    cyclic = Badge.in_cycle in row.badges
    count = "∞" if row.uncounted is Uncounted.immortal else "—" if row.refcount is None else str(row.refcount)
    title = f"{circled(row.number)} {row.type}  ×{count}"
    graph.node(
        f"o{row.number}",
        label=graphviz.escape(title) + r"\n" + graphviz.escape(shortened(row.value, VALUE)),
        shape="box",
        style="rounded,filled",
        margin="0.16,0.1",
        fillcolor=CYCLE_CARD if cyclic else CARD,
        color=CYCLE if cyclic else INK,
        penwidth="2.6" if cyclic else "1.6",
    )
    names = [*row.names[:MOST_NAMES]]
    if len(row.names) > MOST_NAMES:
        names.append(f"+{len(row.names) - MOST_NAMES}")
    for place, name in enumerate(names):
        node = f"n{row.number}_{place}"
        graph.node(
            node,
            label=graphviz.escape(shortened(name, VALUE)),
            shape="box",
            style="filled",
            margin="0.14,0.06",
            fillcolor=NAME,
            fontcolor=NAME_INK,
            color=NAME_INK,
        )
        graph.edge(node, f"o{row.number}", color=NAME_INK)


def draw_edge(graph: graphviz.Digraph, edge: Edge, times: int, *, in_cycle: bool) -> None:
    """A reference between two objects, or several of them as one line."""
    label = shortened(edge.label, 12) if times == 1 else f"×{times}"
    graph.edge(
        f"o{edge.source}",
        f"o{edge.target}",
        label=graphviz.escape(f" {label} "),
        color=CYCLE if in_cycle else INK,
        fontcolor=CYCLE if in_cycle else FAINT,
        penwidth="2.6" if in_cycle else "1.6",
    )


def closes(edge: Edge, edges: Sequence[tuple[Edge, int]]) -> bool:
    """Whether a way leads from the end of an edge back to its beginning."""
    reached, todo = set[int](), [edge.target]
    while todo:
        node = todo.pop()
        if node not in reached:
            reached.add(node)
            todo += [other.target for other, _ in edges if other.source == node]
    return edge.source in reached


def shortened(text: str, longest: int) -> str:
    """At most so many characters, the last one an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def picture(report: Report) -> bytes:
    """The picture as a PNG, laid out the way that is narrower when it is too wide for a phone.

    Takes a tenth of a second and longer. Raises NoPictureError.
    """
    upright = drawn(report, "TB")
    if width(upright) <= WIDE:
        return upright
    return min(upright, drawn(report, "LR"), key=width)


def drawn(report: Report, direction: str) -> bytes:
    """The picture as Graphviz lays it out."""
    try:
        png: bytes = graphviz.Source(dot_source(report, direction), format="png", engine="dot").pipe()
    except (graphviz.ExecutableNotFound, graphviz.CalledProcessError) as error:
        raise NoPictureError from error
    return png


def width(png: bytes) -> int:
    """The width of a PNG in pixels, from its header (ISO/IEC 15948, 11.2.2)."""
    return int.from_bytes(png[16:20], "big")
