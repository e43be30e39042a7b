"""A quiz against the clock."""

from core.bank.model import Bank
from core.chat.presenters.quiz.words import changes, frame, scoring, title
from core.chat.texts import Voice
from core.document import Document, bold, paragraph
from core.quiz.model import Game


def get_ready(game: Game, bank: Bank, voice: Voice) -> Document:
    """What comes, a moment before the first question."""
    rules = game.rules
    return Document(
        (
            title(rules, bank, voice),
            paragraph(f"{frame(rules, voice)} · {voice('quiz-mode-alone')}"),
            paragraph(scoring(rules, voice), " ", changes(rules, voice)),
            paragraph(bold(voice("quiz-ready"))),
        )
    )
