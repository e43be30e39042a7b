"""A league's game, when it is due: a lobby instead of a letter."""

from datetime import timedelta

from core.delivery.claims import Outcome, Parcel
from core.quiz.model import Rules
from core.quiz.quizzes import BusyError, NoQuestionsError, Quizzes

LOBBY = timedelta(minutes=5)
"""How long people may join: they did not know the minute before."""


async def begin(parcel: Parcel, quizzes: Quizzes) -> Outcome:
    """Open the game's lobby, which is shown by who leads the games.

    Where a worker died between the lobby and its record, the lobby is there; where people play already, nothing is due.
    """
    order = parcel.schedule.order
    try:
        await quizzes.open_league(
            parcel.schedule.address, Rules(level=order.level), order.language, order.python, LOBBY
        )
    except BusyError as busy:
        return Outcome.SENT if busy.game.host is None and busy.game.made_at >= parcel.due else Outcome.NOTHING
    except NoQuestionsError:
        return Outcome.NOTHING
    return Outcome.SENT
