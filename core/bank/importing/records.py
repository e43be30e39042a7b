"""Imported questions as the bank keeps them: a TOML record, and a section of a wording file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from pydantic import ValidationError

from core.bank.checks import LIMITS
from core.bank.importing.model import ImportedQuestion, Reading, Remark
from core.bank.importing.toml import Record, table
from core.bank.markdown import UnsupportedMarkdownError, blocks
from core.bank.truth import Kind, QuestionTruth
from core.bank.wording import Section, sections
from core.document import plain_block

_KEYS = "abcdefgh"


@dataclass(frozen=True, slots=True)
class BankRecord:
    """A question ready for the bank: `truth` for questions.toml, `wording` for one language's file."""

    id: str
    line: int
    truth: str
    wording: str

    @property
    def section(self) -> Section:
        """The wording as the bank will read it."""
        return sections(self.wording)[0]


@dataclass(slots=True)
class BankRecords:
    """All that could be brought into the bank's shape, and what could not."""

    records: list[BankRecord] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def bank_records(reading: Reading, source: str, claim: str, level: int) -> BankRecords:
    """Give each question its id and its two texts.

    An id is the source's own or `<source>-<hash of the identity>`, so the next import of the same file finds it again.
    Questions without a level get `level`; all lean on `claim`, since nothing has proved them yet.
    """
    found = BankRecords(skipped=list(reading.skipped), notes=list(reading.notes))
    seen: dict[str, ImportedQuestion] = {}
    for question in reading.questions:
        id = question.id or _id(source, question.identity)
        if id in seen and replace(seen[id], line=question.line) == question:
            found.skipped.append(Remark(question.line, f"the same question as in line {seen[id].line}"))
            continue
        count = 2
        while id in seen:
            id = _id(source, f"{question.identity}\n{count}")
            count += 1
        seen[id] = question
        try:
            record = _record(question, id, claim, level)
        except ValueError as error:
            found.skipped.append(Remark(question.line, str(error)))
        else:
            found.records.append(record)
            found.notes += _too_long(question)
    return found


def _id(source: str, identity: str) -> str:
    return f"{source}-{blake2b(' '.join(identity.split()).encode(), digest_size=5).hexdigest()}"


def _record(question: ImportedQuestion, id: str, claim: str, level: int) -> BankRecord:
    """The two texts. Raises ValueError when the bank would not read them as they are meant."""
    truth: dict[str, str | int | bool | Sequence[str] | Sequence[dict[str, str]]] = {
        "id": id,
        "kind": question.kind.value,
        "level": question.level or level,
        "skill": question.skill.value,
        "claims": [claim],
    }
    if question.code:
        truth["code"] = question.code + "\n"
    if question.right is not None:
        truth["right"] = question.right
    if question.answers:
        truth["answers"] = [{"value": question.answers[0]}]
    if question.answers[1:]:
        truth["accept"] = list(question.answers[1:])
    options = list(_options(question))
    try:
        QuestionTruth.model_validate({**truth, **({"option": options} if options else {})})
    except ValidationError as error:
        raise ValueError(error.errors(include_url=False)[0]["msg"]) from error
    wording = _wording(question, id)
    parsed = sections(wording)
    if len(parsed) != 1 or parsed[0].name != id or parsed[0].body != question.prompt.strip():
        raise ValueError("its text would be read as other sections of the wording file")
    return BankRecord(id, question.line, table("question", truth, {"option": options}), wording)


def _options(question: ImportedQuestion) -> Iterator[Record]:
    for key, option in zip(_KEYS, question.options, strict=False):
        record: dict[str, str | bool] = {"key": key}
        if option.literal:
            record["value"] = option.label
        if option.right:
            record["right"] = True
        yield record


def _wording(question: ImportedQuestion, id: str) -> str:
    parts = [f"## {id}", question.prompt]
    for key, option in zip(_KEYS, question.options, strict=False):
        parts += [f"### {key}", "" if option.literal else option.label, option.comment]
    for key, comment in question.comments.items():
        parts += [f"### {key}", comment]
    if question.kind is Kind.RECALL:
        parts += ["### answer", question.answer]
    else:
        parts += ["### why", question.why]
    return "\n\n".join(part for part in parts if part) + "\n"


def _too_long(question: ImportedQuestion) -> Iterator[Remark]:
    texts = [("prompt", question.prompt), ("answer", question.answer), ("why", question.why)]
    texts += [("option", option.label) for option in question.options]
    texts += [("comment", option.comment) for option in question.options]
    for name, markdown in texts:
        length = _length(markdown)
        if length > LIMITS[name]:
            over = f"the {name} has {length} characters, {length - LIMITS[name]} more than fit"
            yield Remark(question.line, f"{over}: shorten it in the pack")


def _length(markdown: str) -> int:
    try:
        return len("\n".join(plain_block(block) for block in blocks(markdown)))
    except UnsupportedMarkdownError:
        return len(markdown)
