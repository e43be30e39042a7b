"""`kucha content`, as an author types it."""

import asyncio
import json
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.command_line import main
from bot.settings import Settings
from core.bank.loading import BUILT_IN
from core.bank.schemas import TABLES, schemas
from core.storage.database import open_database
from core.storage.upgrade import upgrade
from core.study.difficulty_store import Difficulties
from core.study.learners import Learners
from core.study.memory import Grade, reviewed
from core.study.store import StudyStore

Kucha = Callable[..., CompletedProcess[str]]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def kucha(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kucha:
    """`kucha content` with these arguments and a fresh machine's settings: its exit status, and what it prints."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("KUCHA_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str) -> CompletedProcess[str]:
        status = main(("content", *arguments))
        printed = capsys.readouterr()
        return CompletedProcess(arguments, status, printed.out, printed.err)

    return typed


@pytest.fixture
def pack(tmp_path: Path, kucha: Kucha) -> Path:
    """A pack that `kucha content new` made."""
    made = kucha("new", str(tmp_path / "pack"), "--slug", "names")
    assert made.returncode == 0
    assert f"{tmp_path}/pack/competencies/names/questions.toml\n" in made.stdout
    return tmp_path / "pack"


def test_a_new_pack_is_right_from_the_start(kucha: Kucha, pack: Path) -> None:
    checked = kucha("check", str(pack))
    assert (checked.returncode, checked.stdout) == (
        0,
        "1 competencies, 1 questions, 1 claims, 1 misconceptions, 1 terms: 0 problems\n",
    )


def test_nothing_is_written_over(kucha: Kucha, pack: Path) -> None:
    before = (pack / "competencies/names/questions.toml").read_text("utf-8")
    again = kucha("new", str(pack), "--slug", "names")
    assert (again.returncode, again.stdout) == (1, "")
    assert "exists already" in again.stderr
    assert (pack / "competencies/names/questions.toml").read_text("utf-8") == before
    assert kucha("new", str(pack), "--slug", "other").returncode == 0


@pytest.mark.parametrize("slug", ["Names", "два-слова", "a--b", "../x", "very-long-names-of-competencies-here"])
def test_a_name_that_cannot_be_a_slug_is_refused(kucha: Kucha, tmp_path: Path, slug: str) -> None:
    refused = kucha("new", str(tmp_path / "pack"), "--slug", slug)
    assert refused.returncode == 1
    assert f"`{slug}`" in refused.stderr
    assert not (tmp_path / "pack").exists()


def test_proving_records_and_then_watches(kucha: Kucha, pack: Path) -> None:
    assert kucha("prove", str(pack), "--py", "3.11").returncode == 1
    assert kucha("prove", str(pack), "--py", "3.11", "--record").returncode == 0

    proved = kucha("prove", str(pack), "--py", "3.11", "--json")
    told = json.loads(proved.stdout)
    assert proved.returncode == 0
    assert set(told) == {"proofs", "runs", "seconds", "pythons", "absent", "differences"}
    assert (told["proofs"], told["runs"], told["absent"], told["differences"]) == (3, 3, [], [])
    assert set(told["pythons"]) == {"3.11"}

    questions = pack / "competencies/names/questions.toml"
    questions.write_text(questions.read_text("utf-8").replace('value = "[1, 2]"', 'value = "[2, 1]"'), "utf-8")
    wrong = kucha("prove", str(pack), "--py", "3.11", "--only", "names-two-names")
    assert wrong.returncode == 1
    assert f"{questions}:2: `question:names-two-names` on Python 3.11." in wrong.stdout
    assert "CPython says otherwise: expected '[2, 1]', got '[1, 2]'" in wrong.stdout

    [difference] = json.loads(kucha("prove", str(pack), "--py", "3.11", "--json").stdout)["differences"]
    assert set(difference) == {"path", "line", "proof", "message", "python", "expected", "got"}


def test_checking_reads_what_is_recorded(kucha: Kucha, pack: Path) -> None:
    assert kucha("prove", str(pack), "--py", "3.11", "--record").returncode == 0
    assert kucha("check", str(pack)).returncode == 0
    claims = pack / "competencies/names/claims.toml"
    claims.write_text(claims.read_text("utf-8").replace('"True"', '"False"'), "utf-8")
    checked = kucha("check", str(pack))
    assert checked.returncode == 1
    assert f"{claims}:2: `claim:names-alias` on Python 3.11." in checked.stdout
    (pack / "proofs/proofs.lock.json").write_text("[]", "utf-8")
    assert "proofs.lock.json: " in kucha("check", str(pack)).stdout


def test_an_answer_that_no_version_gives_is_named(kucha: Kucha, pack: Path) -> None:
    questions = pack / "competencies/names/questions.toml"
    text = questions.read_text("utf-8")
    questions.write_text(text.replace('value = "[1]"', 'value = "[1]"\nright = "<3.10"'), "utf-8")
    checked = kucha("check", str(pack))
    told = "`names-two-names`: `copy` is the answer in no version in which the question is asked"
    assert (checked.returncode, told in checked.stdout) == (1, True)


def test_an_unknown_version_is_named(kucha: Kucha, pack: Path) -> None:
    refused = kucha("prove", str(pack), "--py", "2.7")
    assert refused.returncode == 1
    assert "no Python 2.7 is here" in refused.stderr


def test_the_committed_schemas_are_those_of_the_models(kucha: Kucha, tmp_path: Path) -> None:
    assert kucha("schema", "--folder", str(tmp_path / "schema")).returncode == 0
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()}
    committed = {path.name: path.read_text("utf-8") for path in (BUILT_IN.parent / "docs/schema").iterdir()}
    assert made == committed, "run `kucha content schema --folder docs/schema`"
    assert json.loads(kucha("schema").stdout) == schemas()


def test_a_schema_knows_every_key_of_the_built_in_content() -> None:
    described = schemas()
    for file, (table, record) in TABLES.items():
        known = described[f"{file}.toml"]["$defs"][record.__name__]["properties"].keys()
        for path in BUILT_IN.glob(f"competencies/*/{file}.toml"):
            for each in tomllib.loads(path.read_text("utf-8"))[table]:
                assert each.keys() <= known, path


def test_stats_as_json_have_their_documented_shape(kucha: Kucha) -> None:
    told = json.loads(kucha("stats", "--json").stdout)
    assert set(told) == {
        "competencies",
        "questions",
        "generators",
        "claims_taught",
        "claims_asked",
        "misconceptions",
        "terms",
        "proofs",
        "difficulty",
        "set_aside",
    }
    assert set(told["questions"]) == {"all", "by_level", "by_kind", "by_skill", "by_language"}
    assert told["questions"]["all"] > 250
    assert {"3.11", "3.12", "3.13", "3.14", "3.15"} <= told["proofs"]["by_version"].keys()
    assert told["difficulty"] == told["set_aside"] == []


def test_stats_list_the_broken_question(kucha: Kucha, tmp_path: Path) -> None:
    asyncio.run(answers_of_a_class(tmp_path / "data"))
    lines = kucha("stats").stdout.splitlines()
    [aside] = [line for line in lines if line.startswith("set aside")]
    assert aside.split()[2] == "weakref-count:"
    assert "discrimination -0." in aside
    told = json.loads(kucha("stats", "--json").stdout)
    assert set(told["difficulty"][0]) == {"question", "answers", "share", "discrimination"}
    assert told["difficulty"][0]["question"] == "weakref-count"
    assert [set(each) for each in told["set_aside"]] == [{"question", "reason", "at"}]


async def answers_of_a_class(data: Path) -> None:
    """Thirty learners answer six questions as well as they can, and a seventh the other way round."""
    database = open_database(f"sqlite+aiosqlite:///{data / 'kucha.sqlite3'}")
    await upgrade(database)
    store, learners, difficulties = StudyStore(database), Learners(database), Difficulties(database)
    for number in range(30):
        learner = await learners.meet("terminal", f"person-{number}", "en", NOW)
        strength = number % 7
        answers = {f"other-{other}": other < strength for other in range(6)} | {"weakref-count": strength < 3}
        for question, right in answers.items():
            sheet = await store.put(learner.id, "terminal", "here", question, "3.14", (), NOW)
            memory = reviewed(question, None, Grade.GOOD if right else Grade.AGAIN, NOW)
            await store.answer(sheet, (), right, memory, NOW, NOW.date())
        await difficulties.reconsider("weakref-count", NOW)
    await database.close()
