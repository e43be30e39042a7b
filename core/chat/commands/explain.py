"""`/explain`, and the buttons that open cards."""

from core.bank.lookup import LONGEST_QUERY, HitKind
from core.chat.answer import Answer
from core.chat.classroom import Turn
from core.chat.commands.ask import ask_question
from core.chat.presenters.found import card_document, found_document
from core.chat.presenters.remark import remark
from core.document import Document, paragraph

MOST_CHOICES = 5
"""Hits offered as buttons; more is a list to read, not a choice."""

ECHO = 60
"""Characters of a learner's words that are repeated back to them."""


async def explain(turn: Turn, arguments: str) -> Answer:
    """The card of what the words mean; a choice where several fit; the nearest where nothing does."""
    words = " ".join(arguments.split())
    if not words:
        return Answer(Document((paragraph(turn.voice("explain-empty")),)))
    found = turn.room.look_up.find(words, MOST_CHOICES)
    if found.best and found.best.kind is HitKind.QUESTION:
        return await ask_question(turn, found.best.slug)
    echoed = words if len(words) <= ECHO else words[:ECHO] + "…"
    document = found_document(found, echoed, turn.room.bank, turn.voice, turn.room.runs)
    if len(words) > LONGEST_QUERY:
        said = paragraph(turn.voice("too-long", limit=LONGEST_QUERY))
        document = Document((said, *document.blocks), document.buttons)
    return Answer(document)


async def open_card(turn: Turn, slug: str) -> Answer:
    """A press on a card's button."""
    document = card_document(slug, turn.room.bank, turn.voice, turn.room.runs)
    return Answer(document) if document else remark(turn.request, turn.voice("unknown-button"))


async def open_question(turn: Turn, id: str) -> Answer:
    """A press on a found question."""
    return await ask_question(turn, id)
