"""What the tutor says unasked."""

from dataclasses import dataclass, field

from core.document import Document


@dataclass(frozen=True, slots=True)
class Poll:
    """A question for a platform's own quiz polls.

    `right` are places in `options`; `code` is the program it is about, `explanation` is shown to who has answered. All
    are plain text, in full: a platform sends it as a poll where it fits its limits.
    """

    posting: int
    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    code: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A document for a chat. Where the platform can send the poll, it sends `opening` and the poll in its place."""

    document: Document
    poll: Poll | None = None
    opening: Document = field(default_factory=Document)
