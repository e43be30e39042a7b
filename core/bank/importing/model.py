"""What a reader of a foreign format found, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.bank.truth import Kind, Skill

MOST_QUESTIONS = 2000
"""Questions taken from one file; what is longer should come in parts that somebody can look over."""


@dataclass(frozen=True, slots=True)
class ImportedOption:
    """An option: a `value` shown as code or a Markdown `label`, and why it is wrong (empty where nothing was said)."""

    label: str
    right: bool
    comment: str = ""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """A question in one language, its texts as safe Markdown.

    `identity` is what makes it the same question in the next import (an id of the source, else its prompt); `id` is set
    when the source names one that the bank can use. `comments` are those of a `truth` question, by `true` and `false`.
    """

    line: int
    identity: str
    kind: Kind
    prompt: str
    skill: Skill = Skill.KNOW
    level: int | None = None
    id: str | None = None
    code: str | None = None
    options: tuple[ImportedOption, ...] = ()
    right: bool | None = None
    answers: tuple[str, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something of the source that was left out or changed; `line` counts from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file held: questions to take, records that were skipped, and losses inside those that were taken."""

    questions: tuple[ImportedQuestion, ...]
    skipped: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


class UnreadableError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""
