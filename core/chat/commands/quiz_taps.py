"""Answers to a round: taps on its buttons, and words."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from core.chat.answer import Answer
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Turn
from core.chat.commands.ordering import address_of
from core.chat.commands.quiz_lead import called, here, number
from core.chat.presenters.options import TYPED
from core.chat.presenters.remark import message, remark
from core.chat.request import Press
from core.document import Document
from core.quiz.model import Game, Phase, Receipt
from core.quiz.quizzes import ClosedError
from core.quiz.store import UnknownGameError

LETTERS = "ABCDEFGH"
_TAP = re.compile(r"(?P<how>[plt])(?P<place>[0-7])|o(?P<next>[0-7])\.(?P<count>[2-8])")
_OPEN = (Phase.ASKING, Phase.OPEN)


async def tap(turn: Turn, rest: str) -> Answer:
    """`<game>:<round>:<what>`: an option, `done` for those that are ticked, or `type`."""
    id, _, after = rest.partition(":")
    round, _, what = after.partition(":")
    game = await here(turn, number(id))
    if game is None:
        return remark(turn.request, turn.voice("quiz-gone"))
    if game.phase not in _OPEN or game.round != number(round):
        return remark(turn.request, turn.voice("quiz-paused" if game.phase is Phase.PAUSED else "quiz-receipt-late"))
    if what == "type":
        return await _type(turn, game)
    if what == "done":
        return await _done(turn, game)
    option = _TAP.fullmatch(what)
    if option is None:
        return remark(turn.request, turn.voice("quiz-receipt-invalid"))
    if option["next"]:
        return await _arrange(turn, game, int(option["next"]), int(option["count"]))
    place = int(option["place"])
    if option["how"] == "t":
        return await _tick(turn, game, place)
    return await _answer(turn, game, (place,), LETTERS[place] if option["how"] == "l" else "")


async def take_words(turn: Turn, words: str) -> Answer | None:
    """A message in a chat where an answer is to be typed; None where it is about something else.

    In a group only those who play are heard: the others may be talking among themselves.
    """
    game = await turn.room.quizzes.find(address_of(turn))
    if game is None or game.phase not in _OPEN or not words.strip() or not await _is_typed(turn, game):
        return None
    private = turn.request.place.private
    receipt = await turn.room.quizzes.answer(game.id, game.round, turn.learner, words, _at(turn))
    if receipt is Receipt.STRANGER:
        return None
    if private and receipt is Receipt.TAKEN:
        return Answer(Document())
    said = message(_said(turn, receipt, ""))
    return Answer(said.document, personal=True)


async def _is_typed(turn: Turn, game: Game) -> bool:
    try:
        round = await turn.room.quizzes.round(game.id, game.round)
    except UnknownGameError:
        return False
    question = turn.room.study.question(round.question)
    return question is not None and question.truth.kind in TYPED


async def _type(turn: Turn, game: Game) -> Answer:
    """The dialog's text is the answer; where there are no dialogs, a message will be: of somebody who plays."""
    said = turn.request.said
    typed = said.text if isinstance(said, Press) else None
    if typed and typed.strip():
        return await _answer(turn, game, typed, "")
    with suppress(ClosedError):
        await turn.room.quizzes.join(game.id, turn.learner, called(turn))
    return remark(turn.request, turn.voice("quiz-type" if game.lobby else "ask-write"))


async def _tick(turn: Turn, game: Game, place: int) -> Answer:
    """Tick or untick an option; `done` sends them."""
    ticked = await _ticked(turn, game)
    ticked = tuple(sorted({*ticked} ^ {place}))
    await _keep(turn, game, ticked)
    if not ticked:
        return remark(turn.request, turn.voice("quiz-ticked-none"))
    return remark(turn.request, turn.voice("quiz-ticked", letters=_letters(ticked, ", ")))


async def _done(turn: Turn, game: Game) -> Answer:
    ticked = await _ticked(turn, game)
    if not ticked:
        return remark(turn.request, turn.voice("ask-pick-something"))
    return await _answer(turn, game, ticked, _letters(ticked, ", "))


async def _arrange(turn: Turn, game: Game, place: int, count: int) -> Answer:
    """The next of an order, or one taken back; the last one sends it."""
    chosen = await _ticked(turn, game)
    chosen = tuple(each for each in chosen if each != place) if place in chosen else (*chosen, place)
    if len(chosen) == count:
        return await _answer(turn, game, chosen, _letters(chosen, " → "))
    await _keep(turn, game, chosen)
    if not chosen:
        return remark(turn.request, turn.voice("quiz-ticked-none"))
    return remark(turn.request, turn.voice("quiz-ordered", letters=_letters(chosen, " → ")))


async def _ticked(turn: Turn, game: Game) -> tuple[int, ...]:
    """What this person has tapped of this round so far; it is to be kept again."""
    place = turn.request.place
    awaited = await turn.room.awaiting.take(turn.learner.id, turn.request.person.platform, place.chat, turn.room.now())
    about, _, places = (awaited.subject if awaited else "").rpartition(":")
    if awaited is None or awaited.kind is not Awaited.TAPS or about != f"{game.id}:{game.round}":
        return ()
    return tuple(int(each) for each in places)


async def _keep(turn: Turn, game: Game, places: Sequence[int]) -> None:
    subject = f"{game.id}:{game.round}:{''.join(map(str, places))}"
    await turn.room.awaiting.expect(
        turn.learner.id,
        turn.request.person.platform,
        turn.request.place.chat,
        Expectation(Awaited.TAPS, subject),
        turn.room.now(),
    )


async def _answer(turn: Turn, game: Game, response: Sequence[int] | str, shown: str) -> Answer:
    receipt = await turn.room.quizzes.answer(game.id, game.round, turn.learner, response, _at(turn), called(turn))
    return remark(turn.request, _said(turn, receipt, shown))


def _said(turn: Turn, receipt: Receipt, shown: str) -> str:
    """What became of an answer, with its letters where it has some."""
    if shown and receipt in (Receipt.TAKEN, Receipt.CHANGED):
        return turn.voice(f"quiz-receipt-{receipt}-as", answer=shown)
    return turn.voice(f"quiz-receipt-{receipt}")


def _at(turn: Turn) -> datetime:
    return turn.request.at or turn.room.now()


def _letters(places: Sequence[int], between: str) -> str:
    return between.join(LETTERS[place] for place in places)
