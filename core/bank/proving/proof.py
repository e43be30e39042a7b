"""The programs that prove the bank: one a code question, probe, claim and example."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.bank.loading import Loaded
from core.bank.truth import Build, ClaimTruth, QuestionTruth
from core.bank.versions import TAUGHT, Python


@dataclass(frozen=True, slots=True)
class Example:
    """A competency's demonstration: it proves itself by running to its end, whatever it prints."""

    slug: str


Subject = QuestionTruth | ClaimTruth | Example


@dataclass(frozen=True, slots=True)
class Proof:
    """A program and the statement that it proves; `path` and `line` say where the statement stands."""

    id: str
    code: str
    subject: Subject
    path: Path
    line: int

    @property
    def fingerprint(self) -> str:
        """Changes with every character of the program: the beginning of its SHA-256."""
        return hashlib.sha256(self.code.encode()).hexdigest()[:16]

    def holds_on(self, python: Python) -> bool:
        """Whether the statement says anything of that Python, so that the program is run there."""
        match self.subject:
            case QuestionTruth():
                return self.subject.asked_on(python)
            case ClaimTruth():
                gil_only = self.subject.build is Build.GIL and python.free_threaded
                return not gil_only and self.subject.expected(python) is not None
            case Example():
                return not python.free_threaded


@dataclass(frozen=True, slots=True)
class Leaning:
    """A question without a program: its claims carry it, and `answer` is what its author made of them."""

    id: str
    answer: str
    path: Path
    line: int


def proofs(loaded: Loaded) -> Iterator[Proof]:
    """Every proof of the loaded packs. A question with a hidden probe is proved by it, not by the code it shows."""
    for question in loaded.bank.questions.values():
        program = question.truth.probe or question.truth.code
        if program:
            yield Proof(f"question:{question.id}", program, question.truth, *loaded.lines[question.id])
    for claim in loaded.bank.claims.values():
        if claim.probe:
            yield Proof(f"claim:{claim.id}", claim.probe, claim, *loaded.lines[claim.id])
    for slug, competency in loaded.bank.competencies.items():
        if competency.example:
            path = loaded.lines[slug][0].with_name("example.py")
            yield Proof(f"example:{slug}", competency.example, Example(slug), path, 0)


def leanings(loaded: Loaded) -> Iterator[Leaning]:
    """The questions that no program proves; what is agreed about them is kept beside the proofs."""
    for question in loaded.bank.questions.values():
        truth = question.truth
        if not (truth.code or truth.probe):
            yield Leaning(f"question:{question.id}", _agreed(truth), *loaded.lines[question.id])


def _agreed(truth: QuestionTruth) -> str:
    """Claims, versions and right answers in a line, such as `F51 F52 | 3.11-3.15: set list`."""
    spans: list[tuple[str, str, str]] = []
    for label in TAUGHT:
        python = Python.named(label)
        if not truth.asked_on(python):
            continue
        answer = truth.answer(python) or " ".join(truth.right_keys(python)) or "-"
        if spans and spans[-1][2] == answer and TAUGHT.index(label) == TAUGHT.index(spans[-1][1]) + 1:
            spans[-1] = (spans[-1][0], label, answer)
        else:
            spans.append((label, label, answer))
    versions = "; ".join(
        f"{first}: {answer}" if first == last else f"{first}-{last}: {answer}" for first, last, answer in spans
    )
    return f"{' '.join(truth.claims)} | {versions}"
