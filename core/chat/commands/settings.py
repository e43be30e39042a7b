"""`/settings`: language, level, time zone, Python version, how much to remember, quiet hours."""

from dataclasses import replace

from core.bank.versions import TAUGHT
from core.bank.wording import Language
from core.chat.answer import Answer, Way
from core.chat.catalogue import SETTINGS
from core.chat.classroom import Turn
from core.chat.presenters.person import setting_choices, settings
from core.chat.presenters.remark import message
from core.chat.texts import Voice
from core.delivery.spoken import hours
from core.delivery.zones import find_zone
from core.study.learner import RETENTIONS, Learner


async def show_settings(turn: Turn, arguments: str) -> Answer:
    """The settings as buttons; or change one at once: `zone Europe/Moscow`, `quiet 22-8`."""
    field, _, value = arguments.strip().partition(" ")
    field, value = field.casefold(), value.strip()
    if not field:
        return Answer(settings(turn.learner, turn.voice))
    if field not in SETTINGS or not value:
        return message(turn.voice("settings-unknown"))
    learner = changed(turn.learner, field, value)
    if learner is None:
        return message(_unknown(field, value, turn.voice))
    await keep(turn, learner)
    return Answer(settings(learner, shown_to(turn, learner)))


def _unknown(field: str, value: str, voice: Voice) -> str:
    match field:
        case "zone":
            return voice("settings-unknown-zone", zone=value[:60])
        case "retention" | "quiet":
            return voice(f"settings-unknown-{field}")
        case _:
            return voice("settings-unknown")


async def open_setting(turn: Turn, field: str) -> Answer:
    """The choices of one setting; `all` goes back."""
    if field in SETTINGS:
        return Answer(setting_choices(field, turn.voice), Way.EDIT)
    return Answer(settings(turn.learner, turn.voice), Way.EDIT)


async def set_setting(turn: Turn, rest: str) -> Answer:
    """`<field>:<value>`: keep it and show all settings."""
    field, _, value = rest.partition(":")
    learner = changed(turn.learner, field, value)
    if learner is None:
        return Answer(settings(turn.learner, turn.voice), Way.EDIT)
    await keep(turn, learner)
    voice = shown_to(turn, learner)
    return Answer(settings(learner, voice), Way.EDIT, notice=voice("settings-saved"))


def changed(learner: Learner, field: str, value: str) -> Learner | None:
    """The learner with one setting changed; None when the value means nothing."""
    match field:
        case "language" if value in list(Language):
            return replace(learner, language=Language(value))
        case "level" if value in ("1", "2", "3"):
            return replace(learner, level=int(value))
        case "zone" if zone := find_zone(value):
            return replace(learner, zone=zone)
        case "python" if value in TAUGHT:
            return replace(learner, python=value)
        case "retention" if (percent := _percent(value)) in RETENTIONS:
            return replace(learner, retention=percent)
        case "quiet" if (quiet := hours(value)) is not None:
            return replace(learner, quiet=quiet)
        case _:
            return None


def _percent(value: str) -> int:
    """The number before a percent sign, if any; 0 for anything else."""
    bare = value.rstrip("% ")
    return int(bare) if len(bare) == 2 and bare.isascii() and bare.isdecimal() else 0


async def keep(turn: Turn, learner: Learner) -> None:
    """Keep changed settings; the learner's own schedules follow a new zone and new quiet hours."""
    await turn.room.learners.change(learner)
    if learner.zone != turn.learner.zone:
        await turn.room.schedules.rezone(learner.id, learner.zone, turn.room.now())
    if learner.quiet != turn.learner.quiet:
        await turn.room.schedules.hush(learner.id, learner.quiet, turn.room.now())


def shown_to(turn: Turn, learner: Learner) -> Voice:
    """The voice in the language the learner has chosen just now."""
    return turn.room.texts.in_language(learner.language)
