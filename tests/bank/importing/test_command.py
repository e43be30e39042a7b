"""`kucha content import` into a real folder: reported, repeatable, and never over an author's words."""

import tomllib
from pathlib import Path

import pytest

from bot.command_line import main
from core.bank.checks import check
from core.bank.importing.gift import read_gift
from core.bank.importing.records import bank_records
from core.bank.loading import load
from core.bank.truth import Kind

GIFT = """// [tag:level-2]
What is it?{=a count#Owners are counted. ~a flag#A flag counts nothing.}

Say it{=refcount =refcnt}

Match{=a -> b =c -> d}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.gift"
    path.write_text(GIFT, "utf-8")
    return path


def run(source: Path, pack: Path, *more: str) -> int:
    command = ["content", "import", "gift", str(source), "--pack", str(pack), "--competency", "counting"]
    return main([*command, "--language", "en", *more])


def files(pack: Path) -> dict[str, str]:
    return {str(path.relative_to(pack)): path.read_text("utf-8") for path in pack.rglob("*") if path.is_file()}


def test_a_dry_run_reports_and_writes_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(source, tmp_path / "pack", "--dry-run") == 0
    said = capsys.readouterr().out
    assert f"{source}:2: taken as `gift-" in said
    assert f"{source}:6: skipped: matching pairs" in said
    assert "2 taken, 0 already there, 0 changed, 1 skipped; a dry run" in said
    assert not (tmp_path / "pack").exists()


def test_the_check_names_the_other_language_and_nothing_is_taught_before(source: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    assert run(source, pack) == 0
    loaded = load((pack,))
    gaps = [str(problem) for problem in check(loaded)]
    assert sum("questions.ru.md:" in gap and "not written in this language yet" in gap for gap in gaps) == 2
    assert loaded.bank.questions == {}


def test_once_translated_it_is_asked(source: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    run(source, pack)
    folder = pack / "competencies" / "counting"
    (folder / "questions.ru.md").write_text((folder / "questions.en.md").read_text("utf-8"), "utf-8")
    for language in ("ru", "en"):
        (folder / f"card.{language}.md").write_text("Short.\n\nMore.", "utf-8")
    loaded = load((pack,))
    problems = [problem.message for problem in check(loaded)]
    assert problems
    assert all("the why is empty" in problem for problem in problems)
    choice, word = loaded.bank.questions.values()
    assert (choice.truth.kind, choice.truth.level) == (Kind.SINGLE, 2)
    assert (word.truth.kind, word.truth.accept) == (Kind.WORD, ("refcnt",))


def test_importing_twice_doubles_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "pack"
    run(source, pack)
    before = files(pack)
    capsys.readouterr()
    assert run(source, pack) == 0
    assert "0 taken, 2 already there, 0 changed" in capsys.readouterr().out
    assert files(pack) == before


def test_an_edit_of_either_side_is_reported_and_not_overwritten(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    run(source, pack)
    wording = pack / "competencies" / "counting" / "questions.en.md"
    wording.write_text(wording.read_text("utf-8").replace("A flag counts nothing.", "Flags do not count."), "utf-8")
    source.write_text(GIFT.replace("=refcnt", "=refcounts"), "utf-8")
    before = files(pack)
    capsys.readouterr()
    assert run(source, pack) == 0
    said = capsys.readouterr().out
    assert "0 taken, 0 already there, 2 changed" in said
    assert "differs from counting in questions.en.md; the pack's stays as it is" in said
    assert "differs from counting in questions.toml;" in said
    assert files(pack) == before


def test_what_a_pack_holds_is_kept(source: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    folder = pack / "competencies" / "counting"
    folder.mkdir(parents=True)
    (folder / "competency.toml").write_text('level = 3\nnames = { ru = "Счёт", en = "Counting" }', "utf-8")
    (folder / "questions.toml").write_text('# mine\n[[question]]\nid = "mine"\nkind = "recall"', "utf-8")
    (folder / "questions.en.md").write_text("## mine\n\nWhat?\n\n### answer\n\nThat.", "utf-8")
    run(source, pack)
    assert (folder / "competency.toml").read_text("utf-8").startswith("level = 3")
    text = (folder / "questions.toml").read_text("utf-8")
    assert text.startswith("# mine\n")
    assert len(tomllib.loads(text)["question"]) == 3
    assert (folder / "questions.en.md").read_text("utf-8").startswith("## mine\n\nWhat?")


def test_a_broken_pack_takes_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pack" / "competencies" / "counting"
    folder.mkdir(parents=True)
    (folder / "questions.toml").write_text("[[question", "utf-8")
    assert run(source, tmp_path / "pack") == 1
    assert "questions.toml is not TOML" in capsys.readouterr().err
    assert list(folder.iterdir()) == [folder / "questions.toml"]


def test_an_open_code_block_in_the_pack_would_hide_the_new_questions(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pack" / "competencies" / "counting"
    folder.mkdir(parents=True)
    (folder / "questions.en.md").write_text("## mine\n\n```python\nx = 1\n", "utf-8")
    assert run(source, tmp_path / "pack") == 1
    assert "is not closed" in capsys.readouterr().err


def test_the_competency_is_a_slug(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["content", "import", "gift", str(source), "--pack", str(tmp_path), "--competency", "../out"])
    assert "lower-case Latin letters" in capsys.readouterr().err


def test_the_same_question_twice_in_a_file_is_taken_once_and_namesakes_both() -> None:
    found = bank_records(read_gift("x?{T}\n\nx?{T}\n\nx?{F}"), "gift", "imported-x", 1)
    assert len({record.id for record in found.records}) == 2
    assert [remark.line for remark in found.skipped] == [3]


def test_a_prompt_cannot_smuggle_in_a_section() -> None:
    text = "[markdown]x\\n\\n## other\\n\\n### why\\n\\ny{T}\n\n[html]z<br>## other<br>{T}"
    found = bank_records(read_gift(text), "gift", "imported-x", 1)
    assert len(found.records) == 2
    assert all(record.section.name == record.id and set(record.section.parts) == {"why"} for record in found.records)
