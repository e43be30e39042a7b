"""`/daily`: when the question of the day comes, and the taps on it in a group."""

from dataclasses import replace
from datetime import timedelta

from core.chat.answer import Answer, Way
from core.chat.classroom import Turn
from core.chat.commands.ask import ask
from core.chat.commands.ordering import address_of, order, wanted
from core.chat.presenters.daily import offer, schedule
from core.chat.presenters.remark import message, remark
from core.chat.presenters.verdict import verdict
from core.chat.request import Platform
from core.delivery.schedules import DAILY, Schedule
from core.delivery.spoken import NotUnderstoodError
from core.delivery.timetable import EVERY_DAY, upcoming
from core.document import Document, paragraph
from core.study.group_asking import Posted, RepliedError, UnknownPostingError

_OFF = frozenset("off stop no never none выкл выключи выключить отключи отключить хватит стоп нет".split())
_NOW = frozenset("now сейчас".split())


async def daily(turn: Turn, arguments: str) -> Answer:
    """The schedule; `off`, `now`, or a new one such as `9:30 weekdays Berlin`, in groups with `level 2`."""
    words = arguments.strip(" .!").casefold()
    if words and not _may_decide(turn):
        return message(turn.voice("daily-managers-only"))
    if words in _OFF:
        return message(turn.voice(await _stop(turn)))
    if words in _NOW:
        return await _now(turn)
    if not words:
        return await _shown(turn)
    return await _set(turn, arguments)


async def daily_button(turn: Turn, rest: str) -> Answer:
    """`at:<time>`, `now` or `off`."""
    if not _may_decide(turn):
        return remark(turn.request, turn.voice("daily-managers-only"))
    verb, _, hour = rest.partition(":")
    match verb:
        case "at":
            answer = await _set(turn, hour)
            return Answer(answer.document, Way.EDIT)
        case "off":
            return Answer(message(turn.voice(await _stop(turn))).document, Way.EDIT)
        case "now":
            return await _now(turn)
        case _:
            return remark(turn.request, turn.voice("unknown-button"))


async def vote(turn: Turn, rest: str) -> Answer:
    """`<posting>:<place>`: a tap under a question that a whole chat sees; only who tapped sees the verdict."""
    try:
        posted, place = await _voted(turn, *rest.partition(":")[::2])
        judged = await turn.room.group_study.reply(posted, turn.learner, (place,))
    except UnknownPostingError:
        return remark(turn.request, turn.voice("daily-vote-unknown"))
    except RepliedError:
        return remark(turn.request, turn.voice("daily-voted"))
    document = verdict(judged, turn.room.bank, turn.voice, turn.learner, turn.room.now(), turn.room.runs)
    return Answer(document, personal=True)


async def _voted(turn: Turn, posting: str, place: str) -> tuple[Posted, int]:
    """The posting of this chat and the place of one of its options. Raises UnknownPostingError."""
    if not (posting.isdecimal() and place.isdecimal() and len(posting) <= 18):
        raise UnknownPostingError
    posted = await turn.room.group_study.find(int(posting))
    here = turn.request.person.platform, turn.request.place.chat
    if (posted.posting.platform, posted.posting.chat) != here or int(place) >= len(posted.posting.shown):
        raise UnknownPostingError
    return posted, int(place)


def _may_decide(turn: Turn) -> bool:
    return turn.request.place.private or turn.request.manages


async def _shown(turn: Turn) -> Answer:
    """The schedule, or the offer of one. One that sleeps goes on: here somebody who may decide is waiting for it."""
    address = address_of(turn)
    known = await turn.room.schedules.find(address, DAILY)
    if known is None or known.next_date is None:
        return Answer(_frankly(turn, offer(turn.voice, turn.request.place.private)))
    if known.next_due is None and _may_decide(turn):
        await turn.room.schedules.wake(address.platform, address.chat, turn.room.now())
    return await _told(turn, known)


async def _told(turn: Turn, known: Schedule) -> Answer:
    timetable, now, last = known.order.timetable, turn.room.now(), known.last_date
    if known.order.learner is not None:
        back = await turn.room.pauses.paused_until(known.order.learner, turn.learner.local(now).date())
        last = back - timedelta(days=1) if back else last
    coming = upcoming(timetable, now, 3, last)
    return Answer(_frankly(turn, schedule(known, coming, turn.voice, turn.request.place.private)))


def _frankly(turn: Turn, document: Document) -> Document:
    """With a word on where it cannot come at any hour: a terminal is not always open."""
    if turn.request.person.platform is not Platform.TERMINAL:
        return document
    return replace(document, blocks=(*document.blocks, paragraph(turn.voice("daily-terminal"))))


async def _stop(turn: Turn) -> str:
    stopped = await turn.room.schedules.stop(address_of(turn), DAILY, turn.room.now())
    return "daily-stopped" if stopped else "daily-not-on"


async def _now(turn: Turn) -> Answer:
    if turn.request.place.private:
        return await ask(turn, "")
    known = await turn.room.schedules.find(address_of(turn), DAILY)
    if known is None or known.next_date is None:
        return remark(turn.request, turn.voice("daily-not-on"))
    sent = await turn.room.schedules.hasten(known, turn.room.now())
    return remark(turn.request, turn.voice("daily-soon" if sent else "daily-had"))


async def _set(turn: Turn, arguments: str) -> Answer:
    """Keep what was asked for. Without days it is every day; without a time, that and the zone stay as they were."""
    try:
        asked = wanted(arguments)
    except NotUnderstoodError as error:
        return message(turn.voice("daily-not-understood", word=error.word[:60]))
    if asked.level and turn.request.place.private:
        return message(turn.voice("daily-level-private", level=asked.level))
    known = await turn.room.schedules.find(address_of(turn), DAILY)
    days = known.order.timetable.days if known and asked.wish.minute is None else EVERY_DAY
    owner = turn.learner.id if turn.request.place.private else None
    ordered = order(turn, asked, known, days, owner)
    if ordered is None:
        return message(turn.voice("daily-no-time"))
    return await _told(turn, await turn.room.schedules.put(address_of(turn), DAILY, ordered, turn.room.now()))
