"""Anki's text export: one note a line, a separator, and `#key:value` lines before the first note.

The file's headers are described in Anki's manual under "Importing text files".
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.bank.importing.html import from_html
from core.bank.importing.markup import from_plain, last_code, one_paragraph
from core.bank.importing.model import MOST_QUESTIONS, ImportedQuestion, Reading, Remark, UnreadableError
from core.bank.truth import CODE_LINES, Kind, Skill

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_HEADER = re.compile(r"^#([a-z ]+):(.*)$", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c\d+::")
_MEDIA = re.compile(r"\[(?:sound|anki):[^\]]*\]|<img\b", re.IGNORECASE)
_LEVEL_TAG = re.compile(r"^level(?:::|-|_)?([123])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Layout:
    separator: str
    html: bool
    columns: Mapping[str, int]

    def fields(self, row: Sequence[str]) -> list[str]:
        """The note's own fields: what no header claims as a tag, a deck, an id or a note type."""
        return [cell for number, cell in enumerate(row, 1) if number not in self.columns.values()]

    def cell(self, column: str, row: Sequence[str]) -> str:
        """A special column's content; empty where the file has none."""
        number = self.columns.get(column, 0)
        return row[number - 1].strip() if 0 < number <= len(row) else ""


def read_anki(text: str) -> Reading:
    """Every note as a recall question: the first field is asked, the others are the answer."""
    headers, body, first = _headers(text)
    layout = _layout(headers, body)
    taken: list[ImportedQuestion] = []
    skipped: list[Remark] = []
    notes: list[Remark] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=layout.separator)
    while True:
        line = first + reader.line_num
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise UnreadableError(f"line {line}: not a table of notes: {error}") from error
        if row is None:
            break
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        found = _question(row, layout, line, notes)
        if isinstance(found, Remark):
            skipped.append(found)
        elif len(taken) >= MOST_QUESTIONS:
            skipped.append(Remark(line, f"only the first {MOST_QUESTIONS} notes of a file are taken"))
        else:
            taken.append(found)
    return Reading(tuple(taken), tuple(skipped), tuple(notes))


def _headers(text: str) -> tuple[dict[str, str], str, int]:
    """The headers, the notes below them, and the number of the notes' first line."""
    headers: dict[str, str] = {}
    lines = text.split("\n")
    count = 0
    for line in lines:
        header = _HEADER.match(line)
        if not header:
            break
        headers[header[1].strip().lower()] = header[2].strip() or header[2]
        count += 1
    return headers, "\n".join(lines[count:]), count + 1


def _layout(headers: Mapping[str, str], body: str) -> _Layout:
    named = headers.get("separator", "")
    separator = _SEPARATORS.get(named.lower(), named)
    if not separator:
        first = body.partition("\n")[0]
        separator = max("\t;,|", key=first.count)
    if len(separator) != 1 or separator in '"\n\r':
        raise UnreadableError(f"the separator {named!r} is none that Anki knows; say tab, semicolon, comma or pipe")
    columns = {
        key.removesuffix(" column"): int(value)
        for key, value in headers.items()
        if key.endswith(" column") and value.isdecimal() and len(value) < 4
    }
    return _Layout(separator, headers.get("html", "true").lower() != "false", columns)


def _question(row: Sequence[str], layout: _Layout, line: int, notes: list[Remark]) -> ImportedQuestion | Remark:
    fields = layout.fields(row)
    if len(fields) < 2:
        return Remark(line, "a note of one field has no answer")
    if _CLOZE.search(fields[0]):
        return Remark(line, "a cloze deletion asks by hiding words; the bank has no such kind")
    if any(_MEDIA.search(cell) for cell in fields):
        notes.append(Remark(line, "sounds and pictures were left out"))
    convert = from_html if layout.html else from_plain
    front, *back = (convert(_MEDIA.sub("<img", cell) if layout.html else _MEDIA.sub("", cell)) for cell in fields)
    prompt, code = last_code(front)
    if len(code.splitlines()) > CODE_LINES:
        prompt, code = front, ""
    answer = "\n\n".join(part for part in back if part)
    if not prompt or not answer:
        return Remark(line, "nothing is left of the note's front or back without its pictures and markup")
    guid = layout.cell("guid", row)
    levels = [int(tag[1]) for word in layout.cell("tags", row).split() if (tag := _LEVEL_TAG.match(word))]
    return ImportedQuestion(
        line,
        f"guid {guid}" if guid else front,
        Kind.RECALL,
        one_paragraph(prompt),
        Skill.EXPLAIN,
        level=levels[0] if levels else None,
        code=code or None,
        answer=answer,
    )
