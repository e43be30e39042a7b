"""What people do to a game that is there: join, leave, start, pause, skip, stop, and ask for their weak spot."""

from collections.abc import Awaitable, Callable

from core.chat.answer import Answer
from core.chat.classroom import Turn
from core.chat.presenters.quiz.lobby import put_off
from core.chat.presenters.quiz.weak import weak_spot
from core.chat.presenters.quiz.words import team as team_named
from core.chat.presenters.remark import remark
from core.chat.request import Press
from core.document import Document
from core.quiz.model import Game, Phase
from core.quiz.quizzes import BusyError, ClosedError, NoQuestionsError, NotAllowedError
from core.quiz.rules import NotNowError
from core.quiz.store import UnknownGameError

_REFUSED: dict[type[Exception], str] = {
    BusyError: "quiz-busy",
    NoQuestionsError: "quiz-nothing-to-ask",
    NotAllowedError: "quiz-not-allowed",
    NotNowError: "quiz-not-now",
    ClosedError: "quiz-closed",
    UnknownGameError: "quiz-gone",
}
_LEADING = {"start": "start", "stop": "stop", "cancel": "stop", "skip": "skip", "pause": "pause", "resume": "resume"}
_SEEN = ("start", "stop", "pause")
"""What need not be said where it was typed, for the whole chat sees what comes of it."""


def called(turn: Turn) -> str:
    """What the person calls themselves; empty where the platform does not tell."""
    return turn.request.person.name or ""


def number(written: str) -> int:
    """A number of a token; -1, which no game has, for anything else."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 18 else -1


async def here(turn: Turn, id: int) -> Game | None:
    """The game of that number, if it is this chat's."""
    try:
        game = await turn.room.quizzes.game(id)
    except UnknownGameError:
        return None
    ours = game.address.platform, game.address.chat
    return game if ours == (turn.request.person.platform, turn.request.place.chat) else None


def refused(turn: Turn, error: Exception) -> Answer:
    """Why it cannot be."""
    return remark(turn.request, turn.voice(_REFUSED[type(error)]))


async def lead(turn: Turn, verb: str, value: str) -> Answer:
    """`<game>`, for teams `<game>:<team>`: do it, and tell who asked."""
    id, _, more = value.partition(":")
    game = await here(turn, number(id))
    if game is None or (game.phase is Phase.OVER and verb != "weak"):
        return remark(turn.request, turn.voice("quiz-gone"))
    try:
        match verb:
            case "join":
                await turn.room.quizzes.join(game.id, turn.learner, called(turn))
                return remark(turn.request, turn.voice("quiz-joined-you"))
            case "leave":
                await turn.room.quizzes.leave(game.id, turn.learner)
                return remark(turn.request, turn.voice("quiz-left-you"))
            case "team":
                return await _pick_team(turn, game, more)
            case "weak":
                return await _weak_spot(turn, game)
            case _ if verb in _LEADING:
                moved = await _moved(turn, verb)(game.id, turn.learner, _manages(turn))
                if verb == "start" and moved.phase is Phase.WAITING:
                    return remark(turn.request, put_off(moved, turn.voice, turn.room.now(), turn.learner.zone))
                if verb == "pause" and moved.phase is not Phase.PAUSED:
                    return remark(turn.request, turn.voice("quiz-done-pause-later"))
                if verb in _SEEN and not isinstance(turn.request.said, Press):
                    return Answer(Document())
                return remark(turn.request, turn.voice(f"quiz-done-{_LEADING[verb]}"))
            case _:
                return remark(turn.request, turn.voice("unknown-button"))
    except tuple(_REFUSED) as error:
        return refused(turn, error)


def _moved(turn: Turn, verb: str) -> Callable[..., Awaitable[Game]]:
    quizzes = turn.room.quizzes
    match verb:
        case "start":
            return quizzes.start
        case "skip":
            return quizzes.skip
        case "pause":
            return quizzes.pause
        case "resume":
            return quizzes.resume
        case _:
            return quizzes.stop


def _manages(turn: Turn) -> bool:
    return turn.request.manages or turn.request.place.private


async def _pick_team(turn: Turn, game: Game, team: str) -> Answer:
    try:
        await turn.room.quizzes.pick_team(game.id, turn.learner, called(turn), number(team))
    except ValueError:
        return remark(turn.request, turn.voice("unknown-button"))
    return remark(turn.request, turn.voice("quiz-joined-team", team=team_named(number(team), turn.voice)))


async def _weak_spot(turn: Turn, game: Game) -> Answer:
    """For their eyes only; who leads also hears whose answers came at machine speed."""
    quizzes = turn.room.quizzes
    topic = await quizzes.weak_spot(game.id, turn.learner)
    played = any(player.learner == turn.learner.id for player in await quizzes.players(game.id))
    leads = game.host == turn.learner.id or (game.host is None and turn.request.manages)
    flagged = await quizzes.flagged(game.id) if leads else ()
    return Answer(weak_spot(topic, played, flagged, turn.room.bank, turn.voice), personal=True)
