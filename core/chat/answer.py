"""What the tutor does about a request."""

from dataclasses import dataclass
from enum import StrEnum

from core.document import Document


class Way(StrEnum):
    """How a document reaches the chat."""

    NEW = "new"
    """A new message."""
    EDIT = "edit"
    """In place of the message whose button was pressed; a new one where there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A document and how to deliver it.

    `personal`: only the person who asked should see it, where the platform can do that. `notice`: a few words (at most
    200 characters) shown at the tapped button. A document without blocks sends nothing, only the notice.
    """

    document: Document
    way: Way = Way.NEW
    personal: bool = False
    notice: str | None = None
