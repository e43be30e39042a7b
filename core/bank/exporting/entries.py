"""The bank's questions as somebody outside the chat needs them: one language, one Python, everything said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from core.bank.markdown import blocks, spans
from core.bank.model import Bank, Question
from core.bank.truth import Kind, Skill
from core.bank.versions import TAUGHT, Python
from core.bank.wording import Language
from core.document import Block, Mono, Spans, Text, plain_spans


class Say(Protocol):
    """The interface texts in the language of the export."""

    def __call__(self, message: str, **arguments: str | int | float) -> str:
        """A message by its name."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What to export: a language, the Python whose answers are right, and a level (all three when None)."""

    language: Language
    python: Python
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its text as Markdown (or as code, when `literal`), and why it is wrong, empty for right ones."""

    key: str
    text: str
    literal: bool
    right: bool
    why: str

    @property
    def spans(self) -> Spans:
        """The option's text, ready to be rendered."""
        return (Mono(self.text),) if self.literal else spans(self.text)


@dataclass(frozen=True, slots=True)
class VersionAnswer:
    """The right answer in words, and the versions that give it, oldest first."""

    pythons: tuple[str, ...]
    answer: str

    @property
    def versions(self) -> str:
        """`3.12` or `3.12–3.14`."""
        return self.pythons[0] if len(self.pythons) == 1 else f"{self.pythons[0]}–{self.pythons[-1]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer; texts are Markdown. `options` of an `order` question stand in the right order."""

    id: str
    competency: str
    competency_name: str
    level: int
    kind: Kind
    skill: Skill
    prompt: str
    code: str
    options: tuple[Option, ...]
    answer: str
    accept: tuple[str, ...]
    why: str
    versions: tuple[VersionAnswer, ...]

    @property
    def shuffled(self) -> tuple[Option, ...]:
        """The options in an order that gives nothing away and is the same in every export."""
        if self.kind is Kind.TRUTH:
            return self.options
        mixed = sorted(self.options, key=lambda option: blake2b(f"{self.id}:{option.key}".encode()).digest())
        if self.kind is Kind.ORDER and tuple(mixed) == self.options:
            mixed.reverse()
        return tuple(mixed)

    @property
    def explanation(self) -> tuple[Block, ...]:
        """What `recall` reveals, or why the right answer is right."""
        return blocks(self.answer if self.kind is Kind.RECALL else self.why)


def entries(bank: Bank, wish: Wish, say: Say) -> tuple[Entry, ...]:
    """The questions that are asked on that Python, in the order of the curriculum."""
    order = {slug: place for place, slug in enumerate(bank.competencies)}
    asked = [
        question
        for question in bank.questions.values()
        if question.truth.asked_on(wish.python) and wish.level in (None, question.truth.level)
    ]
    asked.sort(key=lambda question: (question.truth.level, order.get(question.competency, len(order))))
    return tuple(_entry(question, bank, wish, say) for question in asked)


def _entry(question: Question, bank: Bank, wish: Wish, say: Say) -> Entry:
    truth, wording = question.truth, question.texts[wish.language]
    competency = bank.competencies.get(question.competency)
    version = wish.python.label
    return Entry(
        question.id,
        question.competency,
        competency.name(wish.language) if competency else question.competency,
        truth.level,
        truth.kind,
        truth.skill,
        wording.prompt.replace("{python}", version),
        (truth.code or "").strip("\n"),
        tuple(_options(question, bank, wish, say)),
        wording.answer if truth.kind is Kind.RECALL else truth.answer(wish.python) or "",
        truth.accept,
        wording.why.replace("{python}", version),
        _versions(question, wish.language, say),
    )


def _options(question: Question, bank: Bank, wish: Wish, say: Say) -> Iterator[Option]:
    right = question.right_keys(wish.python)
    wording = question.texts[wish.language]
    beliefs = {option.key: option.misconception for option in question.truth.option}
    keys = question.keys()
    for key in keys:
        shown = wording.options[key]
        misconception = bank.misconceptions.get(beliefs.get(key) or "")
        refuted = misconception.texts[wish.language].refutation if misconception else ""
        label = say(f"ask-{key}") if question.truth.kind is Kind.TRUTH else shown.label
        why = "" if key in right else shown.comment or refuted
        yield Option(key, label, shown.literal, key in right, why)


def _versions(question: Question, language: Language, say: Say) -> tuple[VersionAnswer, ...]:
    """The answers per version, neighbours joined; none where all versions agree."""
    found: list[VersionAnswer] = []
    for python in (Python.named(label) for label in TAUGHT):
        if not question.truth.asked_on(python):
            continue
        answer = _answer(question, python, language, say)
        if found and found[-1].answer == answer:
            found[-1] = VersionAnswer((*found[-1].pythons, python.label), answer)
        else:
            found.append(VersionAnswer((python.label,), answer))
    return tuple(found) if len(found) > 1 else ()


def _answer(question: Question, python: Python, language: Language, say: Say) -> str:
    truth, texts = question.truth, question.texts[language].options
    match truth.kind:
        case Kind.NUMBER | Kind.WORD:
            return truth.answer(python) or ""
        case Kind.TRUTH:
            return say(f"ask-{truth.right_keys(python)[0]}")
        case Kind.RECALL:
            return ""
        case kind:
            labels = (plain_spans(_label(texts[key].label, texts[key].literal)) for key in truth.right_keys(python))
            return ("; " if kind is Kind.MULTIPLE else " → ").join(labels)


def _label(label: str, literal: bool) -> Spans:
    return (Text(label),) if literal else spans(label)


def by_competency(entries: Sequence[Entry]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The entries of each competency, under its name, in their order."""
    names = dict.fromkeys((entry.competency, entry.competency_name) for entry in entries)
    for slug, name in names:
        yield name, tuple(entry for entry in entries if entry.competency == slug)
