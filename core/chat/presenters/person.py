"""What a learner is told about themselves: settings, progress, the way in."""

from core.bank.model import Bank
from core.bank.versions import TAUGHT
from core.bank.wording import Language
from core.chat.texts import Voice
from core.document import Block, Bullets, Button, Details, Document, Heading, Spans, Table, bold, paragraph, text
from core.study.learner import Learner
from core.study.progress import Progress, TopicProgress

ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Asia/Vladivostok",
    "Asia/Almaty",
    "Asia/Tbilisi",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "UTC",
)
"""Zones offered as buttons: where most learners live; any other can be typed."""

BAR = 8
"""Cells of a progress bar."""

WIZARD = ("level", "zone", "python")
"""What `/start` asks, in this order."""


def welcome(voice: Voice) -> Document:
    """The greeting, with the first of three taps."""
    first = wizard_step("level", voice)
    return Document((paragraph(voice("welcome")), *first.blocks), first.buttons)


def wizard_step(field: str, voice: Voice) -> Document:
    """One of the three taps; it can be skipped."""
    buttons = _choices(field, voice, "start")
    skip = Button(voice("button-skip"), f"start:{field}:")
    return Document((paragraph(voice(f"welcome-{field}")),), (*buttons, (skip,)))


def wizard_done(learner: Learner, voice: Voice) -> Document:
    """What was chosen, and what to do first."""
    chosen = voice("welcome-done", level=learner.level, zone=learner.zone, python=learner.python)
    return Document(
        (paragraph(chosen), paragraph(voice("welcome-try"))),
        ((Button(voice("button-ask"), "ask:next"), Button("__slots__", "card:slots")),),
    )


def settings(learner: Learner, voice: Voice) -> Document:
    """The settings, each a button that opens its choices."""
    current = {
        "language": voice(f"language-{learner.language}"),
        "level": voice(f"level-{learner.level}"),
        "zone": learner.zone,
        "python": learner.python,
    }
    lines: tuple[Spans, ...] = tuple(
        text(bold(voice(f"settings-{field}")), f": {value}") for field, value in current.items()
    )
    buttons = [Button(voice(f"settings-{field}"), f"settings:{field}") for field in current]
    return Document(
        (Heading(text(bold(voice("settings-title")))), Bullets(lines)), (tuple(buttons[:2]), tuple(buttons[2:]))
    )


def setting_choices(field: str, voice: Voice) -> Document:
    """The choices of one setting, and the way back."""
    blocks: list[Block] = [Heading(text(bold(voice(f"settings-{field}"))))]
    if field == "zone":
        blocks.append(paragraph(voice("settings-zone-other")))
    back = (Button(voice("button-back"), "settings:all"),)
    return Document(tuple(blocks), (*_choices(field, voice, "set"), back))


def _choices(field: str, voice: Voice, verb: str) -> tuple[tuple[Button, ...], ...]:
    match field:
        case "language":
            options = [(voice(f"language-{language}"), str(language)) for language in Language]
            width = 2
        case "level":
            options = [(voice(f"level-{level}"), str(level)) for level in (1, 2, 3)]
            width = 1
        case "zone":
            options = [(zone.rpartition("/")[2].replace("_", " "), zone) for zone in ZONES]
            width = 3
        case _:
            options = [(label, label) for label in TAUGHT]
            width = len(TAUGHT)
    buttons = [Button(label, f"{verb}:{field}:{value}") for label, value in options]
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def progress(progress: Progress, bank: Bank, voice: Voice) -> Document:
    """Today, the streak, what is due, a bar a level, and a table of topics."""
    today = voice("progress-today", answers=progress.today, right=progress.today_right)
    lines: list[Block] = [
        Heading(text(bold(voice("progress-title")))),
        paragraph(today, " ", voice("progress-streak", days=progress.streak)),
        paragraph(voice("progress-due", due=progress.due)),
        Bullets(tuple(_level_line(level, progress, voice) for level in (1, 2, 3))),
    ]
    started = [topic for topic in progress.topics if topic.asked]
    if started:
        lines.append(Details(voice("progress-topics"), (_topics(started, bank, voice),)))
    return Document(tuple(lines), ((Button(voice("button-ask"), "ask:next"),),))


def _level_line(level: int, progress: Progress, voice: Voice) -> Spans:
    known, total = progress.level(level)
    filled = round(BAR * known / total) if total else 0
    return text(f"{'▰' * filled}{'▱' * (BAR - filled)} {known}/{total} · {voice(f'level-{level}')}")


def _topics(topics: list[TopicProgress], bank: Bank, voice: Voice) -> Table:
    header = tuple(text(voice(f"progress-{column}")) for column in ("topic", "known", "asked", "total"))
    rows = tuple(
        (
            text(bank.competencies[topic.competency].name(voice.language)),
            text(str(topic.known)),
            text(str(topic.asked)),
            text(str(topic.total)),
        )
        for topic in topics
    )
    return Table(header, rows)
