"""What stands in the braces of a GIFT question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.bank.importing.gift_text import Format, markdown_of, shown
from core.bank.importing.markup import one_paragraph
from core.bank.importing.model import ImportedOption
from core.bank.truth import Kind

MOST_OPTIONS = 8
"""Options that a question of the bank may have."""


class AnswerError(ValueError):
    """The bank has no kind for this question; the message says why."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The kind that the answers make, and all that they say."""

    kind: Kind
    options: tuple[ImportedOption, ...] = ()
    right: bool | None = None
    typed: tuple[str, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    sign: str
    weight: float | None
    text: str
    shape: Format
    feedback: str

    @property
    def is_right(self) -> bool:
        return self.sign == "=" if self.weight is None else self.weight > 0


_ANSWER = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?\s*(?:\[(html|markdown|plain|moodle)\])?([^=~]*)")
_TRUTH = re.compile(r"^(true|false|t|f)\s*(?:#(.*))?$", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$")
_LITERAL = re.compile(r"^(`+) ?(.+?) ?\1$", re.DOTALL)


def answers_of(inside: str, shape: Format) -> Answers:
    """The hidden text between the braces, understood. Raises AnswerError where the bank has no such kind."""
    given, _, general = inside.partition("####")
    given = given.strip()
    why = markdown_of(general, shape)
    if not given:
        if not why:
            raise AnswerError("an essay without a general feedback (`####`) has no answer to reveal")
        return Answers(Kind.RECALL, answer=why)
    if given.startswith("#"):
        return _number(given[1:].strip(), shape, why)
    if truth := _TRUTH.match(given):
        return _truth(truth[1].lower() in ("true", "t"), truth[2] or "", shape, why)
    return _chosen(given, shape, why)


def _truth(right: bool, feedback: str, shape: Format, why: str) -> Answers:
    """`TRUE#what is said to the wrong#what is said to the right`."""
    wrong, _, praised = feedback.partition("#")
    comment = one_paragraph(markdown_of(wrong, shape))
    comments = {str(not right).lower(): comment} if comment else {}
    return Answers(Kind.TRUTH, right=right, comments=comments, why=why or markdown_of(praised, shape))


def _number(given: str, shape: Format, why: str) -> Answers:
    candidates = [answer for answer in _answers(given, shape) if answer.sign == "=" and answer.weight in (None, 100)]
    text, feedback = (candidates[0].text, candidates[0].feedback) if candidates else _cut(given)
    if ".." in text:
        raise AnswerError("a range of numbers: the bank asks for one exact number")
    value, _, tolerance = (part.strip() for part in shown(text).partition(":"))
    if not _NUMBER.match(value):
        raise AnswerError(f"{value[:40]!r} is no number")
    if tolerance and (not _NUMBER.match(tolerance) or float(tolerance)):
        raise AnswerError(f"a number with a tolerance of {tolerance[:20]}: the bank asks for one exact number")
    return Answers(Kind.NUMBER, typed=(value,), why=why or markdown_of(feedback, shape))


def _chosen(given: str, shape: Format, why: str) -> Answers:
    answers = _answers(given, shape)
    right = [answer for answer in answers if answer.is_right]
    if not answers:
        raise AnswerError("the answers start with neither `=` nor `~`")
    if all(answer.sign == "=" for answer in answers):
        if any("->" in answer.text for answer in answers):
            raise AnswerError("matching pairs: the bank has no such kind")
        return _word(answers, shape, why)
    if not right:
        raise AnswerError("no answer is marked as right")
    if len(answers) > MOST_OPTIONS:
        raise AnswerError(f"{len(answers)} options, more than the {MOST_OPTIONS} that a phone shows")
    if sum(answer.sign == "=" for answer in right) > 1:
        raise AnswerError("several answers are each wholly right (`=`); give them weights, or leave one")
    kind = Kind.SINGLE if any(answer.sign == "=" for answer in right) else Kind.MULTIPLE
    if kind is Kind.SINGLE and len(right) > 1:
        raise AnswerError("an answer that is half right (`%50%`) beside the right one: the bank marks right or wrong")
    said = "\n\n".join(part for part in (_feedback(answer) for answer in right) if part)
    options = tuple(_option(answer) for answer in answers)
    return Answers(kind, options=options, why=why or said)


def _word(answers: list[_Answer], shape: Format, why: str) -> Answers:
    whole = [answer for answer in answers if answer.weight in (None, 100)]
    typed = tuple(dict.fromkeys(" ".join(shown(answer.text).split()) for answer in whole))
    if not typed or "" in typed:
        raise AnswerError("no short answer is wholly right")
    if any("*" in word for word in typed):
        raise AnswerError("an answer with the wildcard `*`: the bank compares whole words")
    said = "\n\n".join(part for part in (_feedback(answer) for answer in whole) if part)
    return Answers(Kind.WORD, typed=typed, why=why or said)


def _option(answer: _Answer) -> ImportedOption:
    label = one_paragraph(markdown_of(answer.text, answer.shape))
    comment = "" if answer.is_right else one_paragraph(_feedback(answer))
    literal = _LITERAL.match(label)
    if literal and "`" not in literal[2]:
        return ImportedOption(literal[2], answer.is_right, comment, literal=True)
    return ImportedOption(label, answer.is_right, comment)


def _feedback(answer: _Answer) -> str:
    return markdown_of(answer.feedback, answer.shape)


def _answers(given: str, shape: Format) -> list[_Answer]:
    found: list[_Answer] = []
    for sign, weight, form, rest in _ANSWER.findall(given):
        text, feedback = _cut(rest)
        found.append(_Answer(sign, float(weight) if weight else None, text, Format(form) if form else shape, feedback))
    return found


def _cut(rest: str) -> tuple[str, str]:
    text, _, feedback = rest.partition("#")
    return text.strip(), feedback.strip()
