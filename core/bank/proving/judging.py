"""Whether what a program printed is what its author says, on one Python."""

from dataclasses import dataclass

from core.bank.proving.proof import Example, Proof
from core.bank.truth import ClaimTruth, Kind, QuestionTruth
from core.bank.versions import Python


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program came to its end: its stripped output, and the name of the exception that ended it, if one did."""

    output: str
    raised: str | None = None

    @property
    def answer(self) -> str:
        """What a learner would say it prints: the exception's name where there is one."""
        return self.raised or self.output

    def __str__(self) -> str:
        return f"{self.output!r}, then {self.raised}" if self.raised else repr(self.output)


@dataclass(frozen=True, slots=True)
class Objection:
    """What the author says and what the program says instead; both short, for a person."""

    expected: str
    got: str


def objection(proof: Proof, python: Python, ended: Ended) -> Objection | None:
    """The contradiction between a program's end and the authored truth for that Python; None when they agree."""
    match proof.subject:
        case Example():
            return Objection("no exception", str(ended)) if ended.raised else None
        case ClaimTruth() as claim:
            expected = claim.expected(python) or ""
            return Objection(repr(expected), str(ended)) if ended != Ended(expected) else None
        case QuestionTruth() as question:
            return _probed(question, python, ended) if question.probe else _shown(question, python, ended)


def _probed(question: QuestionTruth, python: Python, ended: Ended) -> Objection | None:
    """A hidden probe prints the answer itself: keys, a truth value, or what is to be typed."""
    match question.kind:
        case Kind.NUMBER | Kind.WORD:
            expected = question.answer(python) or ""
        case Kind.TRUTH:
            expected = str(question.is_true(python))
        case _:
            expected = " ".join(question.right_keys(python))
    return Objection(repr(expected), str(ended)) if ended != Ended(expected) else None


def _shown(question: QuestionTruth, python: Python, ended: Ended) -> Objection | None:
    """Code that the learner reads ends with the right answer, and with nobody else's."""
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        right = {option.value or "" for option in question.option if option.is_right(python)}
        wrong = {option.value or "" for option in question.option if not option.is_right(python)}
    else:
        right = {str(question.is_true(python)) if question.kind is Kind.TRUTH else question.answer(python) or ""}
        wrong = set()
    if _words(ended.answer) in map(_words, wrong):
        return Objection(f"an answer that no wrong option gives ({' or '.join(sorted(right))})", str(ended))
    return Objection(" or ".join(map(repr, sorted(right))), str(ended)) if right != {ended.answer} else None


def _words(answer: str) -> str:
    return " ".join(answer.split())
