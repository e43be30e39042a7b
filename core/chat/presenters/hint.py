"""Help with a question: what its topic says in short, never what is right here."""

import re

from core.bank.markdown import spans
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.presenters.options import TYPED, label
from core.chat.presenters.question import answer_buttons
from core.chat.texts import Voice
from core.document import Document, Heading, Paragraph, Text, bold, plain_spans
from core.study.asking import Asked

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def hint(asked: Asked, bank: Bank, voice: Voice) -> Document | None:
    """The short answer of the topic's card and the question's buttons again; None where it would give all away."""
    competency = bank.competencies.get(asked.question.competency)
    told = unspoiled(competency.cards[voice.language].short, _right(asked, voice)) if competency else ""
    if not told:
        return None
    body = (
        Heading((bold(voice("hint-title")),)),
        Paragraph(spans(told)),
        Paragraph((Text(voice("hint-counts"), italic=True),)),
    )
    return Document(body, answer_buttons(asked, voice))


def unspoiled(markdown: str, answers: tuple[str, ...]) -> str:
    """A paragraph of Markdown without the sentences that say one of the answers in so many words."""
    said = [re.compile(rf"(?<!\w){re.escape(answer.casefold())}(?!\w)") for answer in answers if answer]
    sentences = _BETWEEN_SENTENCES.split(markdown)
    return " ".join(
        sentence
        for sentence in sentences
        if not any(answer.search(plain_spans(spans(sentence)).casefold()) for answer in said)
    )


def _right(asked: Asked, voice: Voice) -> tuple[str, ...]:
    """The right answers as texts; none where the text gives nothing away: true or false, an order, a recall."""
    truth = asked.question.truth
    if truth.kind in TYPED:
        return (truth.answer(asked.python) or "", *truth.accept)
    if truth.kind in (Kind.SINGLE, Kind.MULTIPLE):
        keys = asked.question.right_keys(asked.python)
        return tuple(plain_spans(label(asked.question, key, voice)) for key in keys)
    return ()
