"""A round as it stands before people: with its question on a sheet that nobody has written on."""

from core.bank.model import Question
from core.quiz.model import Game, Put, Round
from core.study.asking import Asked
from core.study.selection import Shelf
from core.study.store import Sheet


def put_of(shelf: Shelf, game: Game, round: Round) -> Put | None:
    """The round with its question; None when that has left the bank."""
    question = shelf.question(round.question)
    return Put(game, round, question, asked_of(game, round, question)) if question else None


def asked_of(game: Game, round: Round, question: Question) -> Asked:
    """The question as it is asked; the sheet has the game's number."""
    sheet = Sheet(
        id=game.id,
        learner=0,
        chat=game.address.chat,
        question=question.id,
        python=game.python,
        shown=round.shown,
        picked=(),
        asked_at=round.shown_at or game.begun_at or game.made_at,
        answered_at=None,
        right=None,
    )
    return Asked(sheet, question)
