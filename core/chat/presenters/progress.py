"""What a learner knows: a few lines, a picture, and the picture's matrix once more in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean

from core.bank.model import Bank
from core.chat.pictures.chart import Chart, Row, Square, Words
from core.chat.presenters.dates import written
from core.chat.texts import Voice
from core.document import (
    Block,
    Bullets,
    Button,
    Details,
    Document,
    Heading,
    Picture,
    Spans,
    Table,
    bold,
    paragraph,
    text,
)
from core.study.mastery import Cell, is_mastered
from core.study.progress import Progress

LEVELS = (1, 2, 3)
BAR = 8
"""Cells of a progress bar."""


def progress_chart(progress: Progress, today: date, bank: Bank, voice: Voice) -> Chart:
    """What is to be drawn, with every word of it; `today` is the learner's."""
    rows = tuple(
        Row(bank.competencies[competency].name(voice.language), tuple(_square(cells.get(level)) for level in LEVELS))
        for competency, cells in _by_competency(progress.cells).items()
    )
    days = tuple(sorted((day, answers) for day, answers in progress.calendar.items() if answers))
    words = Words(
        matrix=voice(
            "progress-mastered",
            mastered=sum(is_mastered(cell) for cell in progress.cells),
            total=sum(cell.total > 0 for cell in progress.cells),
        ),
        calendar=voice("progress-year", days=len(days)),
        forecast=voice("progress-ahead", today=sum(progress.forecast[:1]), total=sum(progress.forecast)),
        levels=tuple(voice("progress-level", level=level) for level in LEVELS),
        untouched=voice("progress-untouched"),
        touched=voice("progress-begun"),
        mastered=voice("progress-done"),
        less=voice("progress-less"),
        more=voice("progress-more"),
        months=tuple(voice("progress-months").split()),
        weekdays=tuple(voice("progress-weekdays").split()),
    )
    return Chart(rows, days, today, progress.forecast, words)


def _by_competency(cells: Iterable[Cell]) -> Mapping[str, Mapping[int, Cell]]:
    """The cells of each competency by level, competencies in their order; without those where nothing can be asked."""
    found: dict[str, dict[int, Cell]] = {}
    for cell in cells:
        if cell.total:
            found.setdefault(cell.competency, {})[cell.level] = cell
    return found


def _square(cell: Cell | None) -> Square | None:
    return Square(cell.mastery, touched=cell.evidence > 0, mastered=is_mastered(cell)) if cell else None


def progress_document(progress: Progress, chart: Chart, picture: bytes | None, voice: Voice) -> Document:
    """Today, the streak, what is due, a bar a level; then the picture of the chart, if it could be drawn."""
    today = voice("progress-today", answers=progress.today, right=progress.today_right)
    lines: list[Block] = [
        Heading(text(bold(voice("progress-title")))),
        paragraph(today, " ", voice("progress-streak", days=progress.streak)),
        paragraph(voice("progress-due", due=progress.due)),
        Bullets(tuple(_level_line(level, progress.cells, voice) for level in LEVELS)),
    ]
    if progress.paused_until:
        lines.insert(1, paragraph(voice("progress-paused", date=written(progress.paused_until, voice))))
    begun = [row for row in chart.rows if any(square and square.touched for square in row.squares)]
    if begun:
        lines.append(Details(voice("progress-topics"), (_topics(begun, chart.words, voice),)))
    if picture:
        words = chart.words
        lines.append(Picture(picture, "progress.png", f"{words.matrix}. {words.calendar}. {words.forecast}."))
    return Document(tuple(lines), ((Button(voice("button-ask"), "ask:next"),),))


def _level_line(level: int, cells: Iterable[Cell], voice: Voice) -> Spans:
    mastery = [cell.mastery for cell in cells if cell.level == level and cell.total]
    share = fmean(mastery) if mastery else 0
    filled = round(BAR * share)
    return text(f"{'▰' * filled}{'▱' * (BAR - filled)} {share:.0%} · {voice(f'level-{level}')}")


def _topics(rows: Sequence[Row], words: Words, voice: Voice) -> Table:
    header = tuple(text(column) for column in (voice("progress-topic"), *words.levels))
    return Table(header, tuple((text(row.name), *(text(_in_words(square)) for square in row.squares)) for row in rows))


def _in_words(square: Square | None) -> str:
    if square is None:
        return "—"
    if square.mastered:
        return "✓"
    return f"{square.mastery:.0%}" if square.touched else "0%"
