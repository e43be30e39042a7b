"""The files that say what is true: their schema, and nothing about wording."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.bank.versions import Python, VersionSet, holds

CODE_LINES = 14
"""Longest code of a question, in lines: a phone's screen."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=300)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Build(StrEnum):
    """Which builds of CPython a statement is about."""

    GIL = "gil"
    ANY = "any"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUTH = "truth"
    NUMBER = "number"
    WORD = "word"
    ORDER = "order"
    RECALL = "recall"


class Skill(StrEnum):
    """What a question asks of the learner."""

    KNOW = "know"
    USE = "use"
    EXPLAIN = "explain"


class Truth(BaseModel):
    """A record of a content file; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Truth):
    """A name in both languages."""

    ru: Short
    en: Short


class CompetencyTruth(Truth):
    """`competency.toml`: one cell of the curriculum."""

    level: Literal[1, 2, 3]
    order: int = 100
    names: Names
    aliases: tuple[Short, ...] = ()
    related: tuple[Slug, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    sources: tuple[Url, ...] = ()


class ClaimTruth(Truth):
    """A fact and the program that proves it: `prints` gives the program's output per version set."""

    id: ClaimId
    says: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    probe: str | None = None
    prints: dict[VersionSet, str] = Field(default_factory=dict)
    unprovable: str | None = None
    build: Build = Build.GIL
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _proved_or_said_why_not(self) -> "ClaimTruth":
        if bool(self.probe) == bool(self.unprovable):
            raise ValueError("a claim has a probe, or says in `unprovable` why it cannot have one")
        if self.probe and not self.prints:
            raise ValueError("a probe needs `prints`: what it prints, per version set")
        return self

    def expected(self, python: Python) -> str | None:
        """What the probe prints on that Python; None where nothing is said of it."""
        return next((output.strip() for versions, output in self.prints.items() if holds(versions, python)), None)


class MisconceptionTruth(Truth):
    """A wrong idea that many people have, and the claims that refute it."""

    id: Slug
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class TermTruth(Truth):
    """A word of the trade that deserves a look-up of its own."""

    slug: Slug
    names: Names
    aliases: tuple[Short, ...] = ()
    claims: tuple[ClaimId, ...] = ()


class OptionTruth(Truth):
    """One option: whether (or in which versions) it is right, and which wrong idea it stands for."""

    key: Slug
    right: bool | VersionSet = False
    value: str | None = None
    misconception: Slug | None = None

    def is_right(self, python: Python) -> bool:
        """Whether this option is right on that Python."""
        return self.right if isinstance(self.right, bool) else holds(self.right, python)


class VersionedAnswer(Truth):
    """An answer, and the versions in which it is the right one."""

    value: str
    python: VersionSet = ""


class QuestionTruth(Truth):
    """Everything that is true of a question, once for all languages."""

    id: Slug
    kind: Kind
    level: Literal[1, 2, 3]
    skill: Skill
    claims: tuple[ClaimId, ...] = ()
    python: VersionSet = ">=3.11"
    build: Build = Build.GIL
    code: str | None = None
    probe: str | None = None
    option: tuple[OptionTruth, ...] = ()
    right: bool | VersionSet | None = None
    answers: tuple[VersionedAnswer, ...] = ()
    accept: tuple[str, ...] = ()
    sources: tuple[Url, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "QuestionTruth":
        if self.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.ORDER) and not 2 <= len(self.option) <= 8:
            raise ValueError(f"a question of the kind {self.kind} has two to eight options")
        if self.kind is Kind.TRUTH and self.right is None:
            raise ValueError("a question of the kind truth says what is `right`")
        if self.kind in (Kind.NUMBER, Kind.WORD) and not self.answers:
            raise ValueError(f"a question of the kind {self.kind} has `answers`")
        if len({option.key for option in self.option}) < len(self.option):
            raise ValueError("two options have the same key")
        if not (self.code or self.probe or self.claims):
            raise ValueError("a question is proved by its code, a probe, or its claims")
        if self.code and len(self.code.strip().splitlines()) > CODE_LINES:
            raise ValueError(f"the code has more than {CODE_LINES} lines")
        return self

    def asked_on(self, python: Python) -> bool:
        """Whether the question makes sense for somebody who prepares for that Python."""
        return holds(self.python, python) and (self.build is Build.ANY or not python.free_threaded)

    def right_keys(self, python: Python) -> tuple[str, ...]:
        """The keys of the right options on that Python, in the file's order (for `order`: in the right order)."""
        if self.kind is Kind.TRUTH:
            return (str(self.is_true(python)).lower(),)
        if self.kind is Kind.ORDER:
            return tuple(option.key for option in self.option)
        return tuple(option.key for option in self.option if option.is_right(python))

    def is_true(self, python: Python) -> bool:
        """Whether the statement of a `truth` question is true on that Python."""
        if isinstance(self.right, str):
            return holds(self.right, python)
        return bool(self.right)

    def answer(self, python: Python) -> str | None:
        """The answer to type on that Python, for `number` and `word`."""
        return next((answer.value for answer in self.answers if holds(answer.python, python)), None)
