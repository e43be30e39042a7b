"""`kucha check` on healthy and on broken machines."""

import json
import sqlite3
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checkup import Finding, State, _data, _database, _service, _token, examine
from bot.settings import Settings
from tests.verbs.running import kucha

TELEGRAM = "123456789:" + "A" * 35
DISCORD = "M" * 24 + ".Gabcde." + "x" * 38


def found(findings: object) -> dict[str, dict[str, str]]:
    assert isinstance(findings, dict)
    return {each["name"]: each for each in findings["findings"]}


def test_a_fresh_machine_is_not_broken_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ended = kucha(data, "check", "--json", TELEGRAM_TOKEN=TELEGRAM)
    answer = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert answer["broken"] is False
    assert not data.exists()
    named = found(answer)
    assert named["telegram"]["state"] == "ok"
    assert named["discord"]["state"] == "off"
    assert "TELEGRAM_TOKEN" in named["settings"]["detail"]
    assert TELEGRAM not in ended.stdout
    assert "questions" in named["content"]["detail"]
    assert {"version", "database", "data", "pythons", "graphviz"} <= set(named)


def test_an_executor_that_does_not_answer_is_broken(tmp_path: Path) -> None:
    ended = kucha(tmp_path, "check", KUCHA_EXECUTOR=str(tmp_path / "nobody.sock"))
    assert ended.returncode == 1
    assert "✗ executor" in ended.stdout


def test_a_malformed_setting_is_named_without_its_value(tmp_path: Path) -> None:
    ended = kucha(tmp_path, "check", KUCHA_DATABASE="", METRICS_PORT="secret-by-mistake")
    assert ended.returncode == 2
    assert "METRICS_PORT" in ended.stderr
    assert "secret-by-mistake" not in ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "state"),
    [
        ("telegram_token", TELEGRAM, State.OK),
        ("telegram_token", DISCORD, State.BROKEN),
        ("telegram_token", TELEGRAM[:20], State.BROKEN),
        ("discord_token", DISCORD, State.OK),
        ("discord_token", "Bot " + DISCORD, State.BROKEN),
    ],
)
def test_tokens_are_judged_by_their_shape(name: str, value: str, state: State) -> None:
    finding = _token(name, SecretStr(value))
    assert finding.state is state
    assert value not in finding.detail


def test_a_data_folder_that_is_a_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _data(tmp_path / "file").state is State.BROKEN
    assert _data(tmp_path / "file" / "deeper").state is State.BROKEN
    assert _data(tmp_path / "new" / "folder").state is State.OK


async def test_the_database_is_new_current_newer_or_unreachable(migrated: Path, tmp_path: Path) -> None:
    async def state(path: Path) -> Finding:
        return await _database(f"sqlite+aiosqlite:///{path}")

    assert (await state(tmp_path / "none.sqlite3")).detail.endswith("the first start makes it")
    assert "newest layout" in (await state(migrated)).detail
    newer = tmp_path / "newer.sqlite3"
    with sqlite3.connect(newer) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    assert (await state(newer)).state is State.BROKEN
    (tmp_path / "rubbish.sqlite3").write_bytes(b"not a database" * 100)
    assert (await state(tmp_path / "rubbish.sqlite3")).state is State.BROKEN
    unreachable = await _database("postgresql+asyncpg://kucha:hidden@127.0.0.1:9/kucha")
    assert unreachable.state is State.BROKEN
    assert "hidden" not in unreachable.detail


async def test_problems_of_a_pack_reduce_and_do_not_break(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    settings.kucha_packs = str(tmp_path / "pack")
    settings.kucha_executor = tmp_path / "nobody.sock"
    findings = {finding.name: finding for finding in await examine(settings)}
    assert findings["content"].state is State.OK
    assert findings["content problems"].state is State.REDUCED
    assert (await _service(tmp_path / "nobody.sock"))[0].state is State.BROKEN
