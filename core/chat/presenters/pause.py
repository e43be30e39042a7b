"""What a learner is told about their pause."""

from datetime import date

from core.chat.presenters.dates import written
from core.chat.texts import Voice
from core.document import Button, Document, paragraph
from core.study.pausing import DAILY

SPANS = (3, 7, 14)
"""Days offered as buttons; any other number can be typed."""


def state(until: date | None, voice: Voice) -> Document:
    """Whether there is a pause, and the way into one or out of it."""
    if until is None:
        offered = tuple(Button(voice("pause-days", days=days), f"pause:{days}") for days in SPANS)
        return Document((paragraph(voice("pause-none")),), (offered,))
    return Document((paragraph(voice("pause-now", date=written(until, voice))),), _way_out(voice))


def begun(until: date, voice: Voice) -> Document:
    """A pause that has just begun, or has got another end."""
    told = voice("pause-begun", date=written(until, voice), daily=DAILY)
    return Document((paragraph(told),), _way_out(voice))


def ended(was_on: bool, voice: Voice) -> Document:
    """The end of a pause, or that there was none."""
    if not was_on:
        return Document((paragraph(voice("pause-not-on")),))
    return Document((paragraph(voice("pause-ended")),), ((Button(voice("button-ask"), "ask:next"),),))


def _way_out(voice: Voice) -> tuple[tuple[Button, ...], ...]:
    return ((Button(voice("pause-end"), "pause:off"),),)
