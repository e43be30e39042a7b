"""How much there is of everything that is taught."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.bank.generators.family import Family
from core.bank.model import Bank
from core.bank.proving.lockfile import Lock


@dataclass(frozen=True, slots=True)
class Questions:
    """Authored questions: all of them, and how they are spread."""

    all: int
    by_level: dict[str, int]
    by_kind: dict[str, int]
    by_skill: dict[str, int]
    by_language: dict[str, int]


@dataclass(frozen=True, slots=True)
class Covered:
    """Claims or misconceptions: all of them, those used, and the names of those that are not."""

    all: int
    used: int
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """Programs with a record by version label, and the answers that are agreed since no program proves them."""

    by_version: dict[str, int]
    agreed: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Everything counted. A claim is taught by a card or a term, asked by a question; a misconception by an option."""

    competencies: dict[str, int]
    questions: Questions
    generators: dict[str, int]
    claims_taught: Covered
    claims_asked: Covered
    misconceptions: Covered
    terms: int
    proofs: Proved


def count(bank: Bank, families: Iterable[Family], locks: Sequence[Lock]) -> Stats:
    """Count a bank, its generators and its lock files (one a pack)."""
    truths = [question.truth for question in bank.questions.values()]
    taught = {claim for competency in bank.competencies.values() for claim in competency.truth.claims}
    taught |= {claim for term in bank.terms.values() for claim in term.truth.claims}
    asked = {claim for truth in truths for claim in truth.claims}
    believed = {option.misconception for truth in truths for option in truth.option if option.misconception}
    records = [record for lock in locks for record in lock.proofs.values()]
    return Stats(
        competencies=_counted(str(competency.truth.level) for competency in bank.competencies.values()),
        questions=Questions(
            len(truths),
            by_level=_counted(str(truth.level) for truth in truths),
            by_kind=_counted(truth.kind.value for truth in truths),
            by_skill=_counted(truth.skill.value for truth in truths),
            by_language=_counted(text.value for question in bank.questions.values() for text in question.texts),
        ),
        generators=_counted(str(family.level) for family in families),
        claims_taught=_covered(bank.claims, _with_parts(bank, taught)),
        claims_asked=_covered(bank.claims, _with_parts(bank, asked)),
        misconceptions=_covered(bank.misconceptions, believed),
        terms=len(bank.terms),
        proofs=Proved(
            _counted(label for record in records for label in record.ends), sum(len(lock.agreed) for lock in locks)
        ),
    )


def _with_parts(bank: Bank, used: set[str]) -> set[str]:
    """Used claims with those that only back one of them by another probe: `F28-b` stands and falls with `F28`."""
    return used | {claim for claim in bank.claims if claim.partition("-")[0] in used}


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _covered(all: Iterable[str], used: set[str]) -> Covered:
    names = tuple(all)
    unused = tuple(sorted(name for name in names if name not in used))
    return Covered(len(names), len(names) - len(unused), unused)
