"""What the tutor says unasked."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from core.document import Document


@dataclass(frozen=True, slots=True)
class Poll:
    """A question for a platform's own quiz polls.

    `right` are places in `options`; `code` is the program it is about, `explanation` is shown to who has answered. All
    are plain text, in full: a platform sends it as a poll where it fits its limits. `posting` is the daily question
    that is told of the platform's poll when it opens; None for a quiz, which keeps its polls itself.
    """

    posting: int | None
    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    code: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Stencil:
    """Letters of the same `key` are the same but for `number`, which stands in their buttons' tokens.

    At nine o'clock thousands get the same question: a platform need lay it out only once, from `draw` with a number of
    its own choice.
    """

    key: Hashable
    number: int
    draw: Callable[[int], Document]


@dataclass(frozen=True, slots=True)
class Letter:
    """A document for a chat, or the stencil of one.

    Where the platform can send the poll, it sends `opening` and the poll in the document's place.
    """

    written: Document | Stencil
    poll: Poll | None = None
    opening: Document = field(default_factory=Document)

    @property
    def document(self) -> Document:
        """The whole letter."""
        written = self.written
        return written.draw(written.number) if isinstance(written, Stencil) else written
