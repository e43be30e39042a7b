"""`/quiz every friday 18:00`: a group's league, with the guarantees of the daily question."""

import re

from core.chat.answer import Answer
from core.chat.classroom import Turn
from core.chat.commands.quiz_lead import address_of
from core.chat.presenters.quiz.league import league
from core.chat.presenters.remark import message
from core.delivery.schedules import QUIZ, Order, Schedule
from core.delivery.spoken import NotUnderstoodError, Wish, understood
from core.delivery.timetable import EVERY_DAY, Timetable, upcoming

_LEVEL = re.compile(r"\b(?:level|уровень|lvl)\s*([123])\b", re.IGNORECASE)
_BARE = frozenset("every каждый каждую каждое каждые".split())


async def every(turn: Turn, words: str) -> Answer:
    """Set when games begin; without a time and days, tell when they do."""
    if turn.request.place.private:
        return message(turn.voice("quiz-league-groups"))
    if words.casefold() in _BARE:
        return await _shown(turn)
    if not turn.request.manages:
        return message(turn.voice("quiz-league-managers"))
    named = _LEVEL.search(words)
    try:
        wish = understood(words.replace(named[0], " ") if named else words)
    except NotUnderstoodError as error:
        return message(turn.voice("quiz-league-not-understood", word=error.word[:60]))
    known = await turn.room.schedules.find(address_of(turn), QUIZ)
    level = int(named[1]) if named else known.order.level if known else turn.learner.level
    order = _order(turn, wish, known, level)
    if order is None:
        return message(turn.voice("quiz-league-no-time"))
    return _told(turn, await turn.room.schedules.put(address_of(turn), QUIZ, order, turn.room.now()))


async def off(turn: Turn) -> Answer:
    """End the league."""
    if turn.request.place.private:
        return message(turn.voice("quiz-league-groups"))
    if not turn.request.manages:
        return message(turn.voice("quiz-league-managers"))
    stopped = await turn.room.schedules.stop(address_of(turn), QUIZ, turn.room.now())
    return message(turn.voice("quiz-league-stopped" if stopped else "quiz-league-not-on"))


async def _shown(turn: Turn) -> Answer:
    known = await turn.room.schedules.find(address_of(turn), QUIZ)
    if known is None or known.next_date is None:
        return message(turn.voice("quiz-league-not-on"))
    return _told(turn, known)


def _told(turn: Turn, known: Schedule) -> Answer:
    return Answer(league(known, upcoming(known.order.timetable, turn.room.now(), 3, known.last_date), turn.voice))


def _order(turn: Turn, wish: Wish, known: Schedule | None, level: int) -> Order | None:
    """The order, with what was left open as it was before; None without a time. A group's belongs to nobody."""
    before = known.order.timetable if known else None
    minute = wish.minute if wish.minute is not None else before.minute if before else None
    if minute is None:
        return None
    learner = turn.learner
    days = wish.days or (before.days if before else EVERY_DAY)
    timetable = Timetable(minute, days, wish.zone or (before.zone if before else learner.zone))
    return Order(timetable, learner.language, level, learner.python, learner.quiet, None, learner.id)
