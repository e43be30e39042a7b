"""Moodle's GIFT: questions as plain text, answers in braces.

The format is described in Moodle's documentation, "GIFT format". Questions are parted by blank lines; `//` starts a
comment, in which `[id:…]` and `[tag:…]` may stand; `$CATEGORY:` names where the next questions belong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.bank.importing.gift_answers import AnswerError, Answers, answers_of
from core.bank.importing.gift_text import Format, hidden, markdown_of
from core.bank.importing.markup import last_code, one_paragraph
from core.bank.importing.model import MOST_QUESTIONS, ImportedQuestion, Reading, Remark
from core.bank.truth import CODE_LINES, Kind, Skill

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARKED = re.compile(r"\[(id|tag):([^\]]*)\]")
_TITLE = re.compile(r"^::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_BLANK = "\\_\\_\\_\\_"
"""Where the answer stands in the middle of the question."""


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    text: str
    id: str
    tags: tuple[str, ...]


def read_gift(text: str) -> Reading:
    """Every question that the bank has a kind for; the others are named with the reason."""
    taken: list[ImportedQuestion] = []
    skipped: list[Remark] = []
    notes: list[Remark] = []
    for record in _records(text, notes):
        try:
            question = _question(record)
        except AnswerError as error:
            skipped.append(Remark(record.line, str(error)))
            continue
        if len(taken) >= MOST_QUESTIONS:
            skipped.append(Remark(record.line, f"only the first {MOST_QUESTIONS} questions of a file are taken"))
        else:
            taken.append(question)
    return Reading(tuple(taken), tuple(skipped), tuple(notes))


def _records(text: str, notes: list[Remark]) -> Iterator[_Record]:
    lines: list[str] = []
    start, id = 0, ""
    tags: list[str] = []
    for number, line in enumerate((*text.split("\n"), ""), 1):
        bare = line.strip()
        if bare.startswith("//"):
            for key, value in _MARKED.findall(bare):
                if key == "tag":
                    tags.append(value.strip())
                else:
                    id = value.strip()
        elif bare.startswith("$CATEGORY:"):
            notes.append(Remark(number, f"the category {bare.removeprefix('$CATEGORY:').strip()[:60]!r} was left out"))
        elif bare:
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield _Record(start, hidden("\n".join(lines)), id, tuple(tags))
            lines, id, tags = [], "", []


def _question(record: _Record) -> ImportedQuestion:
    """One record as a question. Raises AnswerError with the reason when it cannot be one."""
    text = _TITLE.sub("", record.text.strip(), count=1)
    form = _FORMAT.match(text)
    shape = Format(form[1].lower()) if form else Format.MOODLE
    before, brace, rest = (text[form.end() :] if form else text).partition("{")
    inside, closed, after = rest.partition("}")
    if not brace:
        raise AnswerError("a description without an answer block asks nothing")
    if not closed:
        raise AnswerError("the answer block is not closed: `}` is missing before the blank line")
    if "{" in after or "{" in inside or "}" in after:
        raise AnswerError("more than one answer block; write braces of the text as `\\{` and `\\}`")
    answers = answers_of(inside, shape)
    said = markdown_of(before, shape)
    if after.strip():
        said = f"{said} {_BLANK} {markdown_of(after, shape)}".strip()
    prompt, code = last_code(said)
    if not prompt:
        raise AnswerError("the question has no text")
    if len(code.splitlines()) > CODE_LINES:
        prompt, code = said, ""
    return _built(record, said, one_paragraph(prompt), code, answers)


def _built(record: _Record, said: str, prompt: str, code: str, answers: Answers) -> ImportedQuestion:
    skills = [Skill(tag) for tag in record.tags if tag in list(Skill)]
    levels = [int(tag[-1]) for tag in record.tags if re.fullmatch(r"level-[123]", tag)]
    usual = Skill.EXPLAIN if answers.kind is Kind.RECALL else Skill.KNOW
    return ImportedQuestion(
        record.line,
        record.id or said,
        answers.kind,
        prompt,
        skills[0] if skills else usual,
        level=levels[0] if levels else None,
        id=record.id if _SLUG.fullmatch(record.id) and len(record.id) <= 40 else None,
        code=code or None,
        options=answers.options,
        right=answers.right,
        answers=answers.typed,
        comments=answers.comments,
        why=answers.why,
        answer=answers.answer,
    )
