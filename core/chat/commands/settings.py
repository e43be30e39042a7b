"""`/settings`: language, level, time zone and Python version."""

from dataclasses import replace

from core.bank.versions import TAUGHT
from core.bank.wording import Language
from core.chat.answer import Answer, Way
from core.chat.catalogue import SETTINGS
from core.chat.classroom import Turn
from core.chat.presenters.person import setting_choices, settings
from core.chat.presenters.remark import message
from core.chat.texts import Voice
from core.delivery.zones import find_zone
from core.study.learner import Learner


async def show_settings(turn: Turn, arguments: str) -> Answer:
    """The settings as buttons; or change one at once: `zone Europe/Moscow`."""
    field, _, value = arguments.strip().partition(" ")
    if not field:
        return Answer(settings(turn.learner, turn.voice))
    if field.casefold() not in SETTINGS or not value.strip():
        return message(turn.voice("settings-unknown"))
    learner = changed(turn.learner, field.casefold(), value.strip())
    if learner is None:
        unknown = turn.voice("settings-unknown-zone", zone=value.strip()[:60])
        return message(unknown if field == "zone" else turn.voice("settings-unknown"))
    await turn.room.learners.change(learner)
    return Answer(settings(learner, shown_to(turn, learner)))


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
    await turn.room.learners.change(learner)
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
        case _:
            return None


def shown_to(turn: Turn, learner: Learner) -> Voice:
    """The voice in the language the learner has chosen just now."""
    return turn.room.texts.in_language(learner.language)
