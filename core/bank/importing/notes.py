"""Markdown notes of questions and answers: `# Level 2`, `### Вопрос: …`, then the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.bank.importing.html import without_tags
from core.bank.importing.markup import from_markdown, one_paragraph
from core.bank.importing.model import MOST_QUESTIONS, ImportedQuestion, Reading, Remark
from core.bank.truth import Kind, Skill

_LEVEL = re.compile(r"^#{1,3} +(?:level|уровень) +(\d+) *$", re.IGNORECASE)
_QUESTION = re.compile(r"^#{2,6} +(?:вопрос|question)(?: *№? *\d+)? *[:.] *(.*)$", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,2} +\S")
_ANSWER = re.compile(r"^[*_]*(?:ответ|answer)[*_]* *:[*_]* *(.*)$", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_TODO = re.compile(r"^#{1,6} +(?:todo|fixme)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Note:
    line: int
    prompt: str
    level: int | None
    body: list[str] = field(default_factory=list)


def read_notes(text: str) -> Reading:
    """Every question of the notes with what stands under it, up to the next question or level."""
    taken: list[ImportedQuestion] = []
    skipped: list[Remark] = []
    notes: list[Remark] = []
    for note in _notes(text, notes):
        prompt = one_paragraph(from_markdown(without_tags(note.prompt)))
        answer = from_markdown(without_tags("\n".join(_answer(note.body))))
        if not prompt or not answer:
            skipped.append(Remark(note.line, "a question without an answer" if prompt else "an empty question"))
        elif len(taken) >= MOST_QUESTIONS:
            skipped.append(Remark(note.line, f"only the first {MOST_QUESTIONS} questions of a file are taken"))
        else:
            capital = prompt[0].upper() + prompt[1:]
            taken.append(
                ImportedQuestion(
                    note.line, prompt, Kind.RECALL, capital, Skill.EXPLAIN, level=note.level, answer=answer
                )
            )
    return Reading(tuple(taken), tuple(skipped), tuple(notes))


def _notes(text: str, notes: list[Remark]) -> Iterator[_Note]:
    level: int | None = None
    current: _Note | None = None
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        if found := None if fence else _LEVEL.match(line):
            level = _level(int(found[1]), number, notes)
            if current:
                yield current
            current = None
        elif found := None if fence else _QUESTION.match(line):
            if current:
                yield current
            current = _Note(number, found[1].strip(), level)
        elif not fence and _TODO.match(line):
            notes.append(Remark(number, "a reminder to finish the text was left out"))
        elif not fence and not mark and current is None and _HEADING.match(line):
            notes.append(Remark(number, "a heading outside any question was left out"))
        elif current:
            current.body.append(line)
    if current:
        yield current


def _level(number: int, line: int, notes: list[Remark]) -> int | None:
    if number in (1, 2, 3):
        return number
    notes.append(Remark(line, f"there is no level {number}; the questions below get the level of the command"))
    return None


def _answer(body: list[str]) -> list[str]:
    """The lines of an answer without the word that announces it."""
    for place, line in enumerate(body):
        if line.strip():
            announced = _ANSWER.match(line.strip())
            return [announced[1], *body[place + 1 :]] if announced else body[place:]
    return []
