"""What a learner is told about themselves: settings, the way in."""

from core.bank.versions import TAUGHT
from core.bank.wording import Language
from core.chat.presenters.dates import zone_named
from core.chat.texts import Voice
from core.document import Block, Bullets, Button, Document, Heading, Spans, bold, paragraph, text
from core.study.learner import Learner

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

RETENTION = (80, 85, 90, 95)
"""Percentages offered as buttons; any other from 70 to 97 can be typed."""

QUIET = ("22:00-08:00", "23:00-07:00", "00:00-09:00")
"""Quiet hours offered as buttons."""

ABOUT = {"zone": "settings-zone-other", "retention": "settings-retention-about", "quiet": "settings-quiet-about"}
"""What is said above the choices of a setting that does not explain itself."""

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
    chosen = voice("welcome-done", level=learner.level, zone=zone_named(learner.zone, voice), python=learner.python)
    return Document(
        (paragraph(chosen), paragraph(voice("welcome-try"))),
        ((Button(voice("button-ask"), "ask:next"), Button("__slots__", "card:slots")),),
    )


def settings(learner: Learner, voice: Voice) -> Document:
    """The settings, each a button that opens its choices."""
    current = {
        "language": voice(f"language-{learner.language}"),
        "level": voice(f"level-{learner.level}"),
        "zone": zone_named(learner.zone, voice),
        "python": learner.python,
        "retention": voice("settings-retention-value", percent=learner.retention),
        "quiet": _hours(learner.quiet) or voice("settings-quiet-off"),
    }
    lines: tuple[Spans, ...] = tuple(
        text(bold(voice(f"settings-{field}")), f": {value}") for field, value in current.items()
    )
    buttons = [Button(voice(f"settings-{field}"), f"settings:{field}") for field in current]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Document((Heading(text(bold(voice("settings-title")))), Bullets(lines)), rows)


def _hours(quiet: str) -> str:
    """Quiet hours with the dash that people write."""
    return quiet.replace("-", "–")


def setting_choices(field: str, voice: Voice) -> Document:
    """The choices of one setting, and the way back."""
    blocks: list[Block] = [Heading(text(bold(voice(f"settings-{field}"))))]
    if field in ABOUT:
        blocks.append(paragraph(voice(ABOUT[field])))
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
            options = [(zone_named(zone, voice), zone) for zone in ZONES]
            width = 3
        case "retention":
            options = [(voice("settings-retention-value", percent=percent), str(percent)) for percent in RETENTION]
            width = len(RETENTION)
        case "quiet":
            options = [*((_hours(quiet), quiet) for quiet in QUIET), (voice("settings-quiet-off"), "off")]
            width = 2
        case _:
            options = [(label, label) for label in TAUGHT]
            width = len(TAUGHT)
    buttons = [Button(label, f"{verb}:{field}:{value}") for label, value in options]
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
