"""Bad files name themselves, all at once, and do not take the rest down."""

import shutil
from pathlib import Path

import pytest

from core.bank.checks import check
from core.bank.loading import BUILT_IN, load

COMPETENCY = """
level = 1
names = { ru = "Проба", en = "Trial" }
"""

QUESTION = """
[[question]]
id = "trial-one"
kind = "single"
level = 1
skill = "know"
code = "print(1)"

[[question.option]]
key = "one"
value = "1"
right = true

[[question.option]]
key = "two"
value = "2"
"""

WORDING = """
## trial-one

What?

### two

No.

### why

Because.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The smallest pack that is right."""
    folder = tmp_path / "pack" / "competencies" / "trial"
    folder.mkdir(parents=True)
    (folder / "competency.toml").write_text(COMPETENCY, "utf-8")
    (folder / "claims.toml").write_text("", "utf-8")
    (folder / "questions.toml").write_text(QUESTION, "utf-8")
    for language in ("ru", "en"):
        (folder / f"card.{language}.md").write_text("Short.\n\nMore.", "utf-8")
        (folder / f"questions.{language}.md").write_text(WORDING, "utf-8")
    return tmp_path / "pack"


def messages(pack: Path) -> str:
    return "\n".join(str(problem) for problem in check(load((pack,))))


def test_a_right_pack_has_no_problems(pack: Path) -> None:
    assert messages(pack) == ""
    assert list(load((pack,)).bank.questions) == ["trial-one"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("questions.toml", 'kind = "single"', 'kind = "riddle"', "questions.toml:3: `trial-one`: kind:"),
        ("questions.toml", 'value = "2"', 'value = "2"\nright = true', "2 right options on 3.11, not one"),
        ("questions.toml", 'value = "2"', 'value = "1"', "read the same"),
        ("questions.toml", 'value = "2"', 'value = "2"\nmisconception = "nobody"', "no misconception `nobody`"),
        ("questions.toml", 'skill = "know"', 'skill = "know"\npython = "<3.0"', "no taught version asks"),
        ("questions.toml", 'skill = "know"', 'skill = "know"\npython = "new"', "is no version set"),
        ("questions.toml", 'skill = "know"', 'skill = "know"\nclaims = ["F999"]', "there is no claim `F999`"),
        ("questions.toml", 'skill = "know"', "skill =", "not TOML"),
        ("questions.ru.md", "## trial-one", "## trial-two", "no wording for `trial-one`"),
        ("questions.ru.md", "## trial-one", "## trial-two", "`trial-two` is not in questions.toml"),
        ("questions.en.md", "No.", "", "does not say why it is wrong"),
        ("questions.en.md", "Because.", "B" * 451, "451 characters, 1 more than fit"),
        ("questions.en.md", "Because.", "__del__ runs.", "`__del__` outside backticks"),
        ("questions.en.md", "Because.", "- a\n  - b", "a list inside a list"),
        ("competency.toml", "level = 1", "level = 4", "level:"),
        ("competency.toml", "level = 1", 'level = 1\nrelated = ["nowhere"]', "no competency `nowhere`"),
        ("card.en.md", "Short.", "S" * 351, "the short answer has 351 characters"),
    ],
)
def test_a_mistake_is_named(pack: Path, file: str, old: str, new: str, said: str) -> None:
    path = pack / "competencies" / "trial" / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert said in messages(pack)


def test_all_mistakes_are_named_at_once_and_the_rest_is_taught(pack: Path) -> None:
    folder = pack / "competencies" / "trial"
    other = shutil.copytree(folder, pack / "competencies" / "other")
    (folder / "card.ru.md").unlink()
    (other / "questions.en.md").write_bytes(b"\xff\xfe")
    said = messages(pack)
    assert "trial/card.ru.md: this file is missing" in said
    assert "other/questions.en.md: cannot be read" in said
    assert list(load((pack,)).bank.questions) == ["trial-one"]
    assert list(load((pack,)).bank.competencies) == ["other"]


def test_an_id_of_another_pack_is_not_taken_over(pack: Path, tmp_path: Path) -> None:
    twin = shutil.copytree(pack, tmp_path / "twin")
    loaded = load((pack, twin))
    assert "`trial-one` exists already" in "\n".join(str(problem) for problem in loaded.problems)
    assert len(loaded.bank.questions) == 1


def test_a_folder_that_is_no_pack_is_named(tmp_path: Path) -> None:
    loaded = load((BUILT_IN, tmp_path))
    assert "is this a pack?" in "\n".join(str(problem) for problem in loaded.problems)
    assert loaded.bank.competencies
