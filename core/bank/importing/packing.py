"""Imported questions brought into a pack: first a plan that can be shown, then the files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.bank.importing.model import Remark
from core.bank.importing.records import BankRecord, BankRecords
from core.bank.importing.toml import pairs, string, table
from core.bank.wording import Language, sections


class PackError(ValueError):
    """The pack cannot take the questions as it is; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where questions go: a competency of a pack, and the language they are written in."""

    pack: Path
    competency: str
    language: Language

    @property
    def folder(self) -> Path:
        """The competency's folder."""
        return self.pack / "competencies" / self.competency

    @property
    def claim(self) -> str:
        """The claim that imported questions lean on until somebody proves them."""
        return f"imported-{self.competency}"[:40].rstrip("-")

    def wording(self, language: Language) -> Path:
        """A wording file of the questions."""
        return self.folder / f"questions.{language}.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: new records, those the pack has, those it has in another form, and the files' texts."""

    taken: tuple[BankRecord, ...]
    known: tuple[BankRecord, ...]
    changed: tuple[Remark, ...]
    skipped: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    files: Mapping[Path, str]

    def write(self) -> None:
        """Write the files, each as a whole: a reader sees the old one or the new one."""
        for path, text in self.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.new")
            fresh.write_text(text, "utf-8")
            fresh.replace(path)


def plan(found: BankRecords, place: Place, level: int) -> Plan:
    """Compare the records with the pack. Raises PackError where a file of the pack cannot be read."""
    owners = _owners(place.pack)
    taken: list[BankRecord] = []
    known: list[BankRecord] = []
    changed: list[Remark] = []
    for record in found.records:
        owner = owners.get(record.id)
        if owner is None:
            taken.append(record)
            continue
        difference = _difference(record, owner, place.language)
        if difference:
            message = f"`{record.id}` differs from {owner.name} in {difference}; the pack's stays as it is"
            changed.append(Remark(record.line, message))
        else:
            known.append(record)
    files = _files(taken, place, level) if taken else {}
    return Plan(tuple(taken), tuple(known), tuple(changed), tuple(found.skipped), tuple(found.notes), files)


def _owners(pack: Path) -> dict[str, Path]:
    """The competency folder of each question of the pack, by the question's id."""
    return {
        str(record.get("id")): path.parent
        for path in sorted((pack / "competencies").glob("*/questions.toml"))
        for record in _toml(path).get("question", [])
    }


def _difference(record: BankRecord, owner: Path, language: Language) -> str:
    """What is not the same in the pack; empty when all is."""
    new = tomllib.loads(record.truth)["question"][0]
    stored = next(each for each in _toml(owner / "questions.toml")["question"] if each.get("id") == record.id)
    claims = {"claims": stored.get("claims"), "level": stored.get("level"), "skill": stored.get("skill")}
    differences = [] if {**new, **claims} == stored else ["questions.toml"]
    path = owner / f"questions.{language}.md"
    said = next((section for section in sections(_text(path)) if section.name == record.id), None)
    mine = record.section
    if said is None or said.body != mine.body or _bodies(said.parts) != _bodies(mine.parts):
        differences.append(path.name)
    return " and ".join(differences)


def _bodies(parts: Mapping[str, object]) -> dict[str, str]:
    return {name: getattr(part, "body", "") for name, part in parts.items()}


def _files(taken: Sequence[BankRecord], place: Place, level: int) -> dict[Path, str]:
    files = {path: text for path, text in _skeleton(place, level).items() if not path.exists()}
    claims = place.folder / "claims.toml"
    if place.claim not in {claim.get("id") for claim in _toml(claims).get("claim", [])}:
        files[claims] = _appended(_text(claims), _claim(place))
    questions = place.folder / "questions.toml"
    files[questions] = _appended(_text(questions), *(record.truth for record in taken))
    for language in Language:
        path = place.wording(language)
        said = (record.wording if language is place.language else f"## {record.id}\n" for record in taken)
        files[path] = _appended(_text(path), *said)
        read = {section.name for section in sections(files[path])}
        if lost := [record.id for record in taken if record.id not in read]:
            raise PackError(f"{path} would hide `{lost[0]}`: a code block above the end is not closed")
    return files


def _skeleton(place: Place, level: int) -> dict[Path, str]:
    """The files that make a competency: its cards are left to be written."""
    name = place.competency.replace("-", " ").capitalize()
    competency = pairs({"level": level}) + f"names = {{ ru = {string(name)}, en = {string(name)} }}\n"
    return {
        place.pack / "pack.toml": pairs({"name": place.pack.resolve().name}),
        place.folder / "competency.toml": competency,
        place.folder / "card.ru.md": "",
        place.folder / "card.en.md": "",
    }


def _claim(place: Place) -> str:
    return table(
        "claim",
        {
            "id": place.claim,
            "says": "What imported questions say, as their authors wrote it",
            "unprovable": "nobody has proved it yet: give each question a claim, a probe or code of its own",
        },
    )


def _appended(text: str, *records: str) -> str:
    return "\n".join((f"{text.rstrip()}\n",) * bool(text.strip()) + records)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path} cannot be read: {error}") from error


def _toml(path: Path) -> dict[str, list[dict[str, object]]]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path} is not TOML: {error}") from error
