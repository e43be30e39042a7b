"""Every command of the catalogue, typed at a real pseudo-terminal and answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.chat.catalogue import CATALOGUE
from tests.platforms.terminal.session import CTRL_D, Session

ANSWERED = {
    "start": ("/start", "Where shall we start?"),
    "explain": ("/explain refcout", "Reference count"),
    "ask": ("/ask 2 slots", "level 2"),
    "run": ("/run", "Send me the code"),
    "daily": ("/daily 9:30", "Every day at 09:30"),
    "quiz": ("/quiz", "Quicker in words"),
    "exam": ("/exam", "Mock interview"),
    "progress": ("/progress", "progress.png"),
    "top": ("/top", "invite me to a group"),
    "pause": ("/pause 10d", "I am back on"),
    "settings": ("/settings level 2", "Level: Level 2"),
    "help": ("/help", "What I can do"),
    "report": ("/report 3.14 differs", "Noted as number"),
    "export": ("/export", "pictures/"),
    "forget": ("/forget", "This cannot be undone"),
}
"""What is typed for each command, and words of the answer."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session(tmp_path_factory.mktemp("data")) as opened:
        yield opened
        opened.press(CTRL_D)
        assert opened.ended() == 0


def test_no_command_is_forgotten() -> None:
    assert set(ANSWERED) == {command.name for command in CATALOGUE}


@pytest.mark.parametrize("name", [command.name for command in CATALOGUE])
def test_a_typed_command_is_answered(session: Session, name: str) -> None:
    typed, expected = ANSWERED[name]
    session.say(typed, expected)


def test_the_exported_file_is_where_the_terminal_says(session: Session) -> None:
    said = session.say("/export", ".json\n")
    path = next(line for line in said.splitlines() if "pictures" in line).partition(": ")[2]
    assert "language" in Path(path.strip()).read_text("utf-8")


def test_an_unknown_command_is_answered(session: Session) -> None:
    session.say("/nonsense", "I do not know /nonsense")
