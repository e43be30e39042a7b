"""Whether a response is right. Pure: no clock, no I/O."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.versions import Python

LONGEST_RESPONSE = 200
"""Characters of a typed answer that are compared; no right answer is longer."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The verdict on a response, and what of it was compared, so that people see what matched."""

    right: bool
    compared: str = ""


def mark_keys(question: Question, python: Python, picked: Sequence[str]) -> Marked:
    """Mark picked options: the order counts only for questions that ask to order."""
    right = question.right_keys(python)
    if question.truth.kind is Kind.ORDER:
        return Marked(tuple(picked) == right)
    return Marked(set(picked) == set(right))


def mark_typed(question: Question, python: Python, response: str) -> Marked:
    """Mark what was typed for `number` and `word`.

    Text is compared after NFKC, case folding and ё→е, without surrounding quotes and punctuation; a sentence is right
    when it holds the expected words as whole words and they are short enough to be no accident. Numbers are compared by
    value, with thousands separators and `0x` allowed.
    """
    expected = question.truth.answer(python)
    if expected is None:
        return Marked(False, plain(response))
    if question.truth.kind is Kind.NUMBER:
        value = number(response)
        return Marked(value is not None and value == number(expected), plain(response))
    said = plain(response)
    accepted = [plain(expected), *(plain(other) for other in question.truth.accept)]
    return Marked(said in accepted or _only_says(said, accepted), said)


def plain(typed: str) -> str:
    """A typed answer as it is compared."""
    folded = unicodedata.normalize("NFKC", typed[:LONGEST_RESPONSE]).casefold().replace("ё", "е")
    visible = "".join(char for char in folded if unicodedata.category(char) not in ("Cc", "Cf") or char.isspace())
    return " ".join(visible.split()).strip(" .,;:!?\"'`«»()")


def number(typed: str) -> float | int | None:
    """The number somebody typed; None when it is none."""
    compact = plain(typed).replace(" ", "").replace("_", "").replace(",", "")
    try:
        return int(compact, 0)
    except ValueError:
        pass
    try:
        return float(compact)
    except ValueError:
        return None


_FILLERS = frozenset("это будет ответ оно просто a an the it is be will raises error будет исключение".split())


def _only_says(said: str, accepted: Sequence[str]) -> bool:
    """A right answer wrapped in words that carry no claim of their own: «это AttributeError»."""
    for answer in accepted:
        words, wanted = said.split(), answer.split()
        if len(wanted) == 1 and wanted[0] in words and all(word in _FILLERS for word in words if word != wanted[0]):
            return True
    return False
