"""A few words in passing."""

from core.chat.answer import Answer
from core.chat.request import Press, Request
from core.document import Document, paragraph

LONGEST_NOTICE = 200
"""Characters of a notice at a button: Telegram's limit for callback answers, the tightest of the platforms."""


def remark(request: Request, words: str) -> Answer:
    """A short remark: at the tapped button where one was tapped, as a message otherwise."""
    if isinstance(request.said, Press):
        return Answer(Document(), notice=words[:LONGEST_NOTICE])
    return Answer(Document((paragraph(words),)))


def message(words: str) -> Answer:
    """A message of one paragraph."""
    return Answer(Document((paragraph(words),)))
