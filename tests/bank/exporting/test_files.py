"""The files that `kucha content export` writes, opened by what reads them."""

import json
import re
import sqlite3
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.command_line import main
from core.bank.exporting.anki import write_anki
from core.bank.exporting.entries import Entry, Option, VersionAnswer, Wish
from core.bank.exporting.printed import printed_level
from core.bank.model import Bank
from core.bank.truth import Kind, Skill
from core.bank.versions import Python
from core.bank.wording import Language
from core.chat.texts import Texts
from tests.bank.exporting.conftest import Exported

EN = Wish(Language.EN, Python.named("3.14"))


def hostile(kind: Kind = Kind.SINGLE) -> Entry:
    evil = '<script src="https://evil.example/x.js"></script>'
    return Entry(
        "evil",
        "evil",
        f"Name {evil}",
        1,
        kind,
        Skill.KNOW,
        f"Prompt {evil}",
        f'print("{evil}")',
        (Option("a", evil, True, True, ""), Option("b", evil, False, False, f"Why {evil}")),
        f"Answer {evil}",
        (evil,),
        f"Because {evil}",
        (VersionAnswer(("3.11",), evil), VersionAnswer(("3.12", "3.13"), "fine")),
    )


class Tags(HTMLParser):
    """Every tag of a page, with what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.loads: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "srcset", "data", "poster")]
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_in_a_page_is_markup_but_the_page(kind: Kind) -> None:
    page = printed_level(1, [hostile(kind)], EN, Texts().in_language(Language.EN))
    tags = Tags(page)
    assert tags.open == []
    assert not tags.names & {"script", "link", "img", "iframe", "object", "svg", "form"}
    assert tags.loads == []
    assert "url(" not in page
    assert "@import" not in page


def test_one_page_a_level_holds_every_question_and_answer(
    tmp_path: Path, bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["content", "export", "html", "--language", "ru", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    pages = sorted(tmp_path.iterdir())
    assert [page.name for page in pages] == [f"level-{level}.ru.html" for level in (1, 2, 3)]
    for level, path in enumerate(pages, 1):
        page = path.read_text("utf-8")
        asked = [q for q in bank.questions.values() if q.truth.level == level and q.truth.asked_on(EN.python)]
        assert page.count("<article>") == 2 * len(asked)
        assert f"{path}: {len(asked)} questions" in said
        assert Tags(page).open == []


def test_an_anki_package_holds_a_note_a_question_and_keeps_its_ids(exported: Exported, tmp_path: Path) -> None:
    found = exported(Language.EN, "3.14")
    say = Texts().in_language(Language.EN)
    notes, decks, models = [], [], []
    for name, moment in (("first", 1_700_000_000), ("second", 1_800_000_000)):
        write_anki(found, tmp_path / f"{name}.apkg", EN, say, moment)
        with zipfile.ZipFile(tmp_path / f"{name}.apkg") as archive:
            assert archive.testzip() is None
            archive.extract("collection.anki2", tmp_path / name)
        collection = sqlite3.connect(tmp_path / name / "collection.anki2")
        notes.append(collection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY guid").fetchall())
        assert collection.execute("SELECT count(*) FROM cards").fetchone() == (len(found),)
        (stored_decks, stored_models) = collection.execute("SELECT decks, models FROM col").fetchone()
        decks.append(set(json.loads(stored_decks)))
        models.append(set(json.loads(stored_models)))
        collection.close()
    assert notes[0] == notes[1]
    assert decks[0] == decks[1]
    assert models[0] == models[1]
    assert len({guid for guid, *_ in notes[0]}) == len(found)
    tags = " ".join(tags for _, _, tags, _ in notes[0])
    assert all(tag in tags for tag in (" level::3 ", " competency::slots ", " kind::single "))
    assert any('<span style="color' in fields for *_, fields in notes[0])


def test_an_anki_note_is_escaped(tmp_path: Path) -> None:
    write_anki([hostile()], tmp_path / "x.apkg", EN, Texts().in_language(Language.EN), 1_700_000_000)
    with zipfile.ZipFile(tmp_path / "x.apkg") as archive:
        archive.extract("collection.anki2", tmp_path)
    collection = sqlite3.connect(tmp_path / "collection.anki2")
    (fields,) = collection.execute("SELECT flds FROM notes").fetchone()
    collection.close()
    assert "&lt;script" in fields
    assert "script" not in Tags(fields).names


def test_json_has_the_documented_keys(tmp_path: Path) -> None:
    out = tmp_path / "questions.json"
    command = ["content", "export", "json", "--language", "ru", "--level", "2", "--python", "3.11", "--out", str(out)]
    assert main(command) == 0
    content = json.loads(out.read_text("utf-8"))
    assert {key: content[key] for key in ("format", "shape", "language", "python")} == {
        "format": "kucha-questions",
        "shape": 1,
        "language": "ru",
        "python": "3.11",
    }
    documented = set(re.findall(r"^\| `(\w+)` \|", Path("docs/authoring.md").read_text("utf-8"), re.MULTILINE))
    for question in content["questions"]:
        assert question["level"] == 2
        assert set(question) <= documented


def test_where_nothing_can_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").mkdir()
    assert main(["content", "export", "gift", "--language", "en", "--out", str(tmp_path / "taken")]) == 1
    assert "cannot be written" in capsys.readouterr().err
