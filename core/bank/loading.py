"""Packs of content, read from their folders into one Bank."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from core.bank.model import (
    Bank,
    CardText,
    Competency,
    Misconception,
    MisconceptionText,
    OptionText,
    Question,
    QuestionText,
    Term,
)
from core.bank.problems import Problems
from core.bank.truth import (
    ClaimTruth,
    CompetencyTruth,
    Kind,
    MisconceptionTruth,
    OptionTruth,
    QuestionTruth,
    TermTruth,
    Truth,
)
from core.bank.wording import Language, Section, first_paragraph, sections

Record = TypeVar("Record", bound=Truth)

BUILT_IN = Path(__file__).resolve().parents[2] / "content"
"""The pack that comes with kucha."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and everything that could not; `lines` says where each id or slug stands."""

    bank: Bank
    problems: Problems
    lines: Mapping[str, tuple[Path, int]]


def load(packs: Sequence[Path] = (BUILT_IN,)) -> Loaded:
    """Read packs; a file that is wrong is left out and named in `problems`, the rest is taught."""
    reading = _Reading()
    for pack in packs:
        folder = pack / "competencies"
        if not folder.is_dir():
            reading.problems.add(pack, 0, "no folder `competencies` here; is this a pack?")
            continue
        for competency in sorted(path for path in folder.iterdir() if path.is_dir()):
            reading.read_competency(competency)
    return Loaded(reading.bank(), reading.problems, reading.lines)


@dataclass(slots=True)
class _Reading:
    problems: Problems = field(default_factory=Problems)
    lines: dict[str, tuple[Path, int]] = field(default_factory=dict)
    competencies: dict[str, Competency] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    claims: dict[str, ClaimTruth] = field(default_factory=dict)
    misconceptions: dict[str, Misconception] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    _declared: dict[Path, dict[str, int]] = field(default_factory=dict)

    def bank(self) -> Bank:
        ordered = sorted(self.competencies.values(), key=lambda c: (c.truth.level, c.truth.order, c.slug))
        return Bank(
            {competency.slug: competency for competency in ordered},
            self.questions,
            self.claims,
            self.misconceptions,
            self.terms,
        )

    def read_competency(self, folder: Path) -> None:
        path = folder / "competency.toml"
        content = self._toml(path)
        truth = self._record(CompetencyTruth, content, path, 0, folder.name) if content is not None else None
        cards = {language: self._card(folder / f"card.{language}.md") for language in Language}
        if truth is not None and all(cards.values()):
            example = folder / "example.py"
            self.lines[folder.name] = (path, 0)
            self.competencies[folder.name] = Competency(
                folder.name,
                truth,
                {language: card for language, card in cards.items() if card is not None},
                example.read_text("utf-8") if example.is_file() else "",
            )
        self._read_claims(folder)
        self._read_misconceptions(folder)
        self._read_terms(folder)
        self._read_questions(folder)

    def _card(self, path: Path) -> CardText | None:
        markdown = self._text(path)
        return CardText(*first_paragraph(markdown)) if markdown is not None else None

    def _read_claims(self, folder: Path) -> None:
        path = folder / "claims.toml"
        for claim in self._records(ClaimTruth, path, "claim", "id"):
            if self._is_new(self.claims, claim.id, path):
                self.claims[claim.id] = claim

    def _read_misconceptions(self, folder: Path) -> None:
        path = folder / "misconceptions.toml"
        records = self._records(MisconceptionTruth, path, "misconception", "id")
        wordings = self._wordings(path, [record.id for record in records])
        for record in records:
            texts = {
                language: MisconceptionText(*first_paragraph(wording[record.id].body))
                for language, wording in wordings.items()
                if record.id in wording
            }
            if len(texts) == len(Language) and self._is_new(self.misconceptions, record.id, path):
                self.misconceptions[record.id] = Misconception(record, folder.name, texts)

    def _read_terms(self, folder: Path) -> None:
        path = folder / "terms.toml"
        records = self._records(TermTruth, path, "term", "slug")
        wordings = self._wordings(path, [record.slug for record in records])
        for record in records:
            texts = {
                language: wording[record.slug].body for language, wording in wordings.items() if record.slug in wording
            }
            if len(texts) == len(Language) and self._is_new(self.terms, record.slug, path):
                self.terms[record.slug] = Term(record, folder.name, texts)

    def _read_questions(self, folder: Path) -> None:
        path = folder / "questions.toml"
        records = self._records(QuestionTruth, path, "question", "id")
        wordings = self._wordings(path, [record.id for record in records])
        for record in records:
            texts = {
                language: _question_text(record, wording[record.id])
                for language, wording in wordings.items()
                if record.id in wording
            }
            if len(texts) == len(Language) and self._is_new(self.questions, record.id, path):
                self.questions[record.id] = Question(record, folder.name, texts)

    def _wordings(self, truth: Path, ids: Sequence[str]) -> dict[Language, dict[str, Section]]:
        """The wording files beside a truth file; what only one of them knows is a problem."""
        found: dict[Language, dict[str, Section]] = {}
        for language in Language if ids else ():
            path = truth.with_name(f"{truth.stem}.{language}.md")
            markdown = self._text(path)
            if markdown is None:
                continue
            named = {section.name: section for section in sections(markdown)}
            found[language] = {name: section for name, section in named.items() if section.body or section.parts}
            for missing in [id for id in ids if id not in named]:
                self.problems.add(path, 0, f"no wording for `{missing}`: add a section `## {missing}`")
            for name, section in named.items():
                self.lines[f"{name}.{language}"] = (path, section.line)
                if name not in found[language]:
                    self.problems.add(path, section.line, f"`{name}` is not written in this language yet")
                if name not in ids:
                    self.problems.add(path, section.line, f"`{name}` is not in {truth.name}")
        return found

    def _is_new(self, known: Mapping[str, object], id: str, path: Path) -> bool:
        if id in known:
            first, line = self.lines[id]
            self.problems.add(path, self._line_of(path, id), f"`{id}` exists already, in {first}:{line}")
            return False
        self.lines[id] = (path, self._line_of(path, id))
        return True

    def _records(self, model: type[Record], path: Path, table: str, id: str) -> list[Record]:
        if not path.is_file():
            return []
        content = self._toml(path) or {}
        for unknown in content.keys() - {table}:
            self.problems.add(path, 0, f"unknown table `{unknown}`; this file holds [[{table}]] records")
        records = []
        for number, raw in enumerate(content.get(table, []), 1):
            name = str(raw.get(id, "")) or f"{table} {number}"
            record = self._record(model, raw, path, self._line_of(path, name), name)
            if record is not None:
                records.append(record)
        return records

    def _record(self, model: type[Record], raw: object, path: Path, line: int, name: str) -> Record | None:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                where = ".".join(str(step) for step in detail["loc"])
                self.problems.add(path, line, f"`{name}`: {f'{where}: ' if where else ''}{detail['msg']}")
            return None

    def _toml(self, path: Path) -> dict[str, list[dict[str, object]]] | None:
        markdown = self._text(path)
        if markdown is None:
            return None
        try:
            return tomllib.loads(markdown)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            self.problems.add(path, int(line[1]) if line else 0, f"not TOML: {error}")
            return None

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text("utf-8")
        except FileNotFoundError:
            self.problems.add(path, 0, "this file is missing")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.add(path, 0, f"cannot be read: {error}")
        return None

    def _line_of(self, path: Path, id: str) -> int:
        if path not in self._declared:
            self._declared[path] = {
                declaration[2]: number
                for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
                if (declaration := _DECLARATION.match(line))
            }
        return self._declared[path].get(id, 0)


_DECLARATION = re.compile(r"""^\s*(id|slug)\s*=\s*["']([^"']+)["']""")


def _question_text(truth: QuestionTruth, section: Section) -> QuestionText:
    options = {option.key: _option_text(option, section.part(option.key)) for option in truth.option}
    if truth.kind is Kind.TRUTH:
        options = {key: OptionText("", section.part(key)) for key in ("true", "false")}
    return QuestionText(section.body, options, section.part("why"), section.part("answer"))


def _option_text(option: OptionTruth, markdown: str) -> OptionText:
    if option.value is not None:
        return OptionText(option.value, markdown, literal=True)
    return OptionText(*first_paragraph(markdown))
