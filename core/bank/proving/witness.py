"""What stands behind a question's answer, for an author who is told that it is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.bank.proving.lockfile import Lock
from core.bank.truth import Kind, QuestionTruth
from core.bank.versions import Python


@dataclass(frozen=True, slots=True)
class Witness:
    """`right` is the authored answer; `recorded` what a program printed on `version`, both empty without a record."""

    right: str
    recorded: str = ""
    version: str = ""


def witness(truth: QuestionTruth, label: str, locks: Sequence[Lock]) -> Witness:
    """The answer to a question on the version of that label, with its proof."""
    right = _right(truth, Python.named(label))
    for lock in locks:
        kept = lock.proofs.get(f"question:{truth.id}")
        ended = kept.ended(label) if kept else None
        if ended is not None:
            return Witness(right, str(ended), lock.pythons.get(label, label))
    return Witness(right)


def _right(truth: QuestionTruth, python: Python) -> str:
    if truth.kind in (Kind.NUMBER, Kind.WORD):
        return truth.answer(python) or ""
    values = {option.key: option.value or option.key for option in truth.option}
    return ", ".join(values.get(key, key) for key in truth.right_keys(python))
