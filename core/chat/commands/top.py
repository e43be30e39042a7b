"""`/top`: who of those who take part answered most right in this chat this week, and the ratings of its quizzes."""

from dataclasses import replace

from core.bank.wording import Language
from core.chat.answer import Answer, Way
from core.chat.classroom import Turn
from core.chat.presenters.remark import message, remark
from core.chat.presenters.top import own_place, top_document
from core.chat.texts import Voice
from core.document import Document
from core.study.group_standing import Standing


async def top(turn: Turn, arguments: str) -> Answer:
    """The table; or `join` and `leave`."""
    if turn.request.place.private:
        return message(turn.voice("top-private"))
    match arguments.strip().casefold():
        case "":
            return Answer(await _table(turn, turn.voice))
        case "join":
            await _join(turn)
            return replace(message(turn.voice("top-joined")), personal=True)
        case "leave":
            await _leave(turn)
            return replace(message(turn.voice("top-left")), personal=True)
        case _:
            return replace(message(turn.voice("top-unknown")), personal=True)


async def top_button(turn: Turn, rest: str) -> Answer:
    """`<way>:<language>` under a table: in or out, and the table as it is now in its own language; or one's place."""
    way, _, language = rest.partition(":")
    if turn.request.place.private:
        return remark(turn.request, turn.voice("top-private"))
    match way:
        case "join":
            await _join(turn)
            told = turn.voice("top-joined")
        case "leave":
            await _leave(turn)
            told = turn.voice("top-left")
        case "mine":
            return remark(turn.request, own_place(await _standing(turn), turn.learner.id, turn.voice))
        case _:
            return remark(turn.request, turn.voice("unknown-button"))
    voice = turn.room.texts.in_language(Language(language)) if language in list(Language) else turn.voice
    return Answer(await _table(turn, voice), Way.EDIT, notice=told)


async def _table(turn: Turn, voice: Voice) -> Document:
    rated = await turn.room.quizzes.top(turn.request.person.platform, turn.request.place.chat)
    return top_document(await _standing(turn), rated, voice)


async def _join(turn: Turn) -> None:
    person, place = turn.request.person, turn.request.place
    await turn.room.standing.join(person.platform, place.chat, turn.learner.id, person.name, turn.room.now())


async def _leave(turn: Turn) -> None:
    await turn.room.standing.leave(turn.request.person.platform, turn.request.place.chat, turn.learner.id)


async def _standing(turn: Turn) -> Standing:
    today = turn.learner.local(turn.room.now()).date()
    return await turn.room.standing.standing(turn.request.person.platform, turn.request.place.chat, today)
