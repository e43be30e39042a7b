"""`/pause`: days on which nothing is sent, the streak sleeps, and reviews wait."""

from dataclasses import replace
from datetime import date, timedelta

from core.chat.answer import Answer, Way
from core.chat.classroom import Turn
from core.chat.presenters.pause import begun, ended, state
from core.chat.presenters.remark import message
from core.delivery.spoken import spoken_days
from core.document import Document

OFF = frozenset("off stop end back выкл стоп хватит конец".split())
"""Words that end a pause."""


async def pause(turn: Turn, arguments: str) -> Answer:
    """Begin one of so many days, or `off`; without words, whether there is one."""
    words = arguments.strip()
    if not words:
        until = await turn.room.pauses.paused_until(turn.learner.id, _today(turn))
        return Answer(state(until, turn.voice), personal=True)
    document = await _changed(turn, words)
    if document is None:
        return replace(message(turn.voice("pause-unknown")), personal=True)
    return Answer(document, personal=True)


async def pause_button(turn: Turn, words: str) -> Answer:
    """The same by a button."""
    document = await _changed(turn, words)
    if document is None:
        return replace(message(turn.voice("pause-unknown")), personal=True)
    return Answer(document, Way.EDIT, personal=True)


async def _changed(turn: Turn, words: str) -> Document | None:
    """Keep what was asked for; None when the words mean nothing."""
    today = _today(turn)
    if words.casefold() in OFF:
        return ended(await turn.room.pauses.end(turn.learner, today), turn.voice)
    days = spoken_days(words)
    if days is None:
        return None
    until = today + timedelta(days=days)
    await turn.room.pauses.begin(turn.learner, today, until)
    return begun(until, turn.voice)


def _today(turn: Turn) -> date:
    return turn.learner.local(turn.room.now()).date()
