"""`kucha chat` in pipes: plain lines out, status 0, whatever comes in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platforms.terminal.session import PATIENCE, environment

COMMAND = [sys.executable, "-m", "bot.command_line", "chat"]
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def piped(given: bytes, data: Path, language: str = "en_US.UTF-8") -> str:
    """What the chat writes for some input; it must end well."""
    ended = subprocess.run(
        COMMAND, input=given, capture_output=True, check=True, timeout=PATIENCE, env=environment(data, language)
    )
    assert ended.stderr == b""
    return ended.stdout.decode("utf-8")


def test_commands_from_a_pipe_are_answered_in_plain_text(tmp_path: Path) -> None:
    said = piped(b"/explain slots\n", tmp_path)
    assert said.startswith("__slots__ · level 2\n")
    assert "How it works" in said
    assert not STEERING.search(said)
    assert all(line == line.rstrip() for line in said.splitlines())


def test_the_locale_chooses_the_language_and_the_last_line_needs_no_newline(tmp_path: Path) -> None:
    assert "уровень 2" in piped("/explain слабые ссылки".encode(), tmp_path, "ru_RU.UTF-8")


def test_hostile_input_is_answered_and_never_steers(tmp_path: Path) -> None:
    lines = [
        b"\xff\xfe\x00 slots",
        b"/explain \x1b]0;owned\x07\x1b[2Jqqqq",
        b"/\x1b[31mred",
        b"/explain " + b"x" * 100_000,
        b"y" * 3_000_000,
        "\u202eslots".encode(),
        b"",
        b"/progress",
    ]
    said = piped(b"\n".join(lines), tmp_path)
    assert not STEERING.search(said)
    assert "owned" in said
    assert "What you know" in said
    assert len(said) < 20_000


def test_many_commands_are_not_paced(tmp_path: Path) -> None:
    assert piped(b"/progress\n" * 30, tmp_path).count("What you know") == 30


def test_words_without_a_command_are_looked_up(tmp_path: Path) -> None:
    assert "I have nothing on “framework”" in piped(b"framework", tmp_path)


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert piped(b"", tmp_path) == ""


@pytest.mark.parametrize("verb", ["chat", "explain -"])
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, verb: str) -> None:
    script = f"yes slots | head -2000 | {sys.executable} -m bot.command_line {verb} | head -1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env=environment(tmp_path, "en_US.UTF-8"),
    )
    assert ended.stderr == b""
    assert ended.stdout.count(b"\n") == 1
