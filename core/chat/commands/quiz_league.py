"""`/quiz every friday 18:00`: a group's league, with the guarantees of the daily question."""

from core.chat.answer import Answer
from core.chat.classroom import Turn
from core.chat.commands.ordering import address_of, order, wanted
from core.chat.presenters.quiz.league import league
from core.chat.presenters.remark import message
from core.delivery.schedules import QUIZ, Schedule
from core.delivery.spoken import NotUnderstoodError
from core.delivery.timetable import EVERY_DAY, upcoming

_BARE = frozenset("every каждый каждую каждое каждые".split())


async def every(turn: Turn, words: str) -> Answer:
    """Set when games begin; without a time and days, tell when they do."""
    if turn.request.place.private:
        return message(turn.voice("quiz-league-groups"))
    if words.casefold() in _BARE:
        return await _shown(turn)
    if not turn.request.manages:
        return message(turn.voice("quiz-league-managers"))
    try:
        asked = wanted(words)
    except NotUnderstoodError as error:
        return message(turn.voice("quiz-league-not-understood", word=error.word[:60]))
    known = await turn.room.schedules.find(address_of(turn), QUIZ)
    ordered = order(turn, asked, known, known.order.timetable.days if known else EVERY_DAY, None)
    if ordered is None:
        return message(turn.voice("quiz-league-no-time"))
    return _told(turn, await turn.room.schedules.put(address_of(turn), QUIZ, ordered, turn.room.now()))


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
