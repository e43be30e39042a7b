"""What people answer, from taps and typing to what is kept, and back. Pure."""

from collections.abc import Sequence

from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.storage.storable import storable
from core.study.marking import LONGEST_RESPONSE, Marked, mark_keys, mark_typed, plain

TYPED = (Kind.NUMBER, Kind.WORD)
"""Kinds that are answered in words."""


def kept(question: Question, shown: Sequence[str], response: Sequence[int] | str) -> str | None:
    """The answer as it is kept: the keys at those places, or the typed text; None when it is none.

    Keys are joined by spaces, in the order of the taps where the order is asked for, else sorted.
    """
    kind = question.truth.kind
    if isinstance(response, str):
        return storable(response[:LONGEST_RESPONSE]) if kind in TYPED and plain(response) else None
    places = tuple(response)
    if kind in TYPED or not places or len(set(places)) < len(places) or not set(places) <= set(range(len(shown))):
        return None
    if kind is Kind.ORDER:
        return " ".join(shown[place] for place in places) if len(places) == len(shown) else None
    if kind is not Kind.MULTIPLE and len(places) > 1:
        return None
    return " ".join(sorted(shown[place] for place in places))


def picked(question: Question, response: str) -> tuple[str, ...]:
    """What an answer that was kept counts for: its keys, or its whole order as one; nothing of a typed one."""
    if question.truth.kind is Kind.ORDER:
        return (response,)
    return () if question.truth.kind in TYPED else tuple(response.split())


def marked(question: Question, python: Python, response: str) -> Marked:
    """Whether an answer that was kept is right."""
    if question.truth.kind in TYPED:
        return mark_typed(question, python, response)
    return mark_keys(question, python, response.split())
