"""What is taught, ready to be asked and explained."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.bank.truth import ClaimTruth, CompetencyTruth, Kind, MisconceptionTruth, QuestionTruth, TermTruth
from core.bank.versions import Python
from core.bank.wording import Language


@dataclass(frozen=True, slots=True)
class CardText:
    """A card in one language, as Markdown: the short answer, then the details."""

    short: str
    details: str


@dataclass(frozen=True, slots=True)
class Competency:
    """A cell of the curriculum with its card and its demonstration for /run (empty if it has none)."""

    slug: str
    truth: CompetencyTruth
    cards: Mapping[Language, CardText]
    example: str = ""

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.truth.names.ru if language is Language.RU else self.truth.names.en


@dataclass(frozen=True, slots=True)
class Term:
    """A look-up of its own: a function, a macro, a word of the trade."""

    truth: TermTruth
    competency: str
    texts: Mapping[Language, str]

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.truth.names.ru if language is Language.RU else self.truth.names.en


@dataclass(frozen=True, slots=True)
class MisconceptionText:
    """A wrong idea as people say it, and its one-line refutation; both Markdown of one paragraph."""

    belief: str
    refutation: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea that many people have."""

    truth: MisconceptionTruth
    competency: str
    texts: Mapping[Language, MisconceptionText]


@dataclass(frozen=True, slots=True)
class OptionText:
    """An option's label (a value or Markdown of one paragraph) and why it is wrong, empty where nothing is said."""

    label: str
    comment: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question in one language: prompt, options by key, why the right answer is right, and what `recall` reveals."""

    prompt: str
    options: Mapping[str, OptionText]
    why: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its truth once, its wording per language, and the competency whose folder it stands in."""

    truth: QuestionTruth
    competency: str
    texts: Mapping[Language, QuestionText]

    @property
    def id(self) -> str:
        """The question's id, unique in the bank and never reused."""
        return self.truth.id

    def right_keys(self, python: Python) -> tuple[str, ...]:
        """The keys of the right options on that Python."""
        return self.truth.right_keys(python)

    def keys(self) -> tuple[str, ...]:
        """The keys of all options in the file's order; none for what is typed or recalled."""
        if self.truth.kind is Kind.TRUTH:
            return ("true", "false")
        return tuple(option.key for option in self.truth.option)


@dataclass(frozen=True, slots=True, repr=False)
class Bank:
    """Everything that is taught, by slug or id; competencies in the order of the curriculum."""

    competencies: Mapping[str, Competency] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    claims: Mapping[str, ClaimTruth] = field(default_factory=dict)
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)

    def questions_of(self, competency: str) -> tuple[Question, ...]:
        """The questions of one competency."""
        return tuple(question for question in self.questions.values() if question.competency == competency)
