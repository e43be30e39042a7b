"""What one player is told after a game."""

from collections.abc import Sequence

from core.bank.model import Bank
from core.chat.presenters.quiz.words import names
from core.chat.texts import Voice
from core.document import Block, Button, Document, Quote, Text, paragraph
from core.quiz.model import Player


def weak_spot(topic: str | None, played: bool, flagged: Sequence[Player], bank: Bank, voice: Voice) -> Document:
    """The topic that went worst, and the ways to mend it; `flagged` are for who leads the game."""
    known = bank.competencies.get(topic or "")
    body: list[Block] = []
    buttons: tuple[tuple[Button, ...], ...] = ()
    if known:
        name = known.name(voice.language)
        body.append(paragraph(voice("quiz-weak-spot", topic=name)))
        card = Button(voice("button-card", name=name), f"card:{known.slug}")
        buttons = ((card,), (Button(voice("button-ask-about"), f"ask:topic:{known.slug}"),))
    else:
        body.append(paragraph(voice("quiz-weak-none" if played else "quiz-weak-stranger")))
    if flagged:
        body.append(Quote((Text(voice("quiz-flagged", names=names(flagged, voice))),)))
    return Document(tuple(body), buttons)
