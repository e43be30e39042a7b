"""A group's league: when its games begin."""

from collections.abc import Sequence

from core.chat.presenters.dates import clock, days_named, moment, zone_named
from core.chat.texts import Voice
from core.delivery.schedules import Schedule
from core.delivery.timetable import Occurrence
from core.document import Bullets, Document, paragraph, text


def league(known: Schedule, coming: Sequence[Occurrence], voice: Voice) -> Document:
    """The days and the hour, the next three games, and how to end it."""
    order = known.order
    days, zone = days_named(order.timetable.days, voice), zone_named(order.timetable.zone, voice)
    said = voice("quiz-league-set", days=days, time=clock(order.timetable.minute), zone=zone, level=order.level)
    moments = tuple(text(moment(each, voice, order.timetable.zone)) for each in coming)
    return Document(
        (
            paragraph(said),
            paragraph(voice("quiz-league-next")),
            Bullets(moments),
            paragraph(voice("quiz-league-off")),
        )
    )
