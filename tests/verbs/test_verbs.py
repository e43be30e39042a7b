"""`kucha explain`, `reports` and `migrate`, as processes."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from bot.command_line import VERBS
from core.storage.database import open_database
from core.storage.upgrade import HEAD, upgrade
from core.study.learners import Learners
from core.study.reporting import Reports
from tests.platforms.terminal.session import environment
from tests.verbs.running import kucha


def test_explain_prints_the_card(tmp_path: Path) -> None:
    ended = kucha(tmp_path, "explain", "weak", "references")
    assert ended.returncode == 0
    assert ended.stdout.startswith("Weak references · level 2\n")


def test_explain_says_what_to_type_where_several_fit(tmp_path: Path) -> None:
    ended = kucha(tmp_path, "explain", "memory")
    assert ended.returncode == 0
    assert ended.stdout.startswith("Several topics fit.")
    assert "  kucha explain memory-optimization " in ended.stdout


def test_explain_as_json_has_its_documented_shape(tmp_path: Path) -> None:
    answer = json.loads(kucha(tmp_path, "explain", "--json", "ыдщеы").stdout)
    assert set(answer) == {"query", "hits"}
    assert answer["query"] == "ыдщеы"
    best = answer["hits"][0]
    assert set(best) == {"kind", "slug", "title", "text", "score"}
    assert (best["kind"], best["slug"]) == ("competency", "slots")
    assert 0 < best["score"] <= 1


def test_explain_says_when_there_is_nothing(tmp_path: Path) -> None:
    ended = kucha(tmp_path, "explain", "qqqqqq")
    assert ended.returncode == 1
    assert "I have nothing on" in ended.stdout


def test_explain_answers_each_line_before_the_next_is_there(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.command_line", "explain", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(tmp_path, "ru_RU.UTF-8"),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in ("сборщиком мусора", "\x00", "refcout", "x" * 100_000):
            process.stdin.write(query.encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["query"] == query
            assert isinstance(answer["hits"], list)
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait() == 0


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    """A data folder with one report, whose words try to steer a terminal."""

    async def report() -> None:
        database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'kucha.sqlite3'}")
        await upgrade(database)
        now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        learner = await Learners(database).meet("terminal", "local", "en", now)
        await Reports(database).add(learner.id, "slots-1", "3.14", "wrong\x1b[2J\nhere", now)
        await database.close()

    asyncio.run(report())
    return tmp_path


def test_reports_are_listed_for_people_and_programs(reported: Path) -> None:
    listed = kucha(reported, "reports").stdout
    assert listed == "#1  2026-11-20 09:00  slots-1  Python 3.14\n    wrong[2J here\n"
    (line,) = kucha(reported, "reports", "--json").stdout.splitlines()
    report = json.loads(line)
    assert (report["id"], report["subject"], report["python"]) == (1, "slots-1", "3.14")
    assert report["at"] == "2026-11-20T09:00:00+00:00"
    assert kucha(reported, "reports", "--count", "0").stdout == ""


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    assert kucha(tmp_path, "migrate").stdout == f"The database was brought to {HEAD}.\n"
    assert kucha(tmp_path, "migrate").stdout == f"The database is at {HEAD} already.\n"


def test_every_verb_has_its_module(tmp_path: Path) -> None:
    for verb in VERBS:
        module = import_module(f"bot.verbs.{verb}")
        assert callable(module.run)
        assert callable(module.add_arguments)
    helped = kucha(tmp_path, "--help").stdout
    assert all(verb in helped for verb in VERBS)
