"""The interactive prompt: completion, numbers, paste, history, leaving."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.terminal.session import CTRL_C, CTRL_D, CTRL_U, ENTER, TAB, UP, Session


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session(tmp_path_factory.mktemp("data")) as opened:
        yield opened


def test_the_greeting_says_what_is_here_and_what_to_type(session: Session) -> None:
    assert session.seen.startswith("kucha ")
    assert "topics" in session.seen
    assert "/explain slots   /ask" in session.seen


def test_tab_completes_commands_and_topics(session: Session) -> None:
    session.press("/expla" + TAB, "/explain")
    session.press(" wea" + TAB, "Weak references")
    session.press(CTRL_U + "/ask 2 slo" + TAB, "__slots__")
    session.press(CTRL_U)


def test_a_number_presses_the_button_and_a_long_part_unfolds(session: Session) -> None:
    shown = session.say("/explain slots", "] More")
    assert "How it works" not in shown
    number = shown.rpartition("] More")[0].rpartition("[")[2]
    session.say(number, "How it works")
    session.say("/settings", "[1]")
    session.say("1", "English")


def test_a_pasted_block_is_one_input(session: Session) -> None:
    shown = session.say("\x1b[200~/explain\n```\nслабые\nссылки\n```\x1b[201~", "Weak references · level 2")
    assert shown.count("level 2") == 1


def test_an_open_block_waits_for_its_end(session: Session) -> None:
    session.say("```", "…", "")
    session.say("slots", "…", "")
    session.say("```", "slots")


def test_a_typed_answer_is_no_button(session: Session) -> None:
    for _ in range(60):
        shown = session.say("/ask", "Python 3.14")
        if "Type a number." in shown:
            break
    assert "[1]" not in shown
    assert "[1] Next" in session.say("1", "again")


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C])
def test_leaving_is_clean_and_history_survives(tmp_path: Path, keys: str) -> None:
    with Session(tmp_path, "ru_RU.UTF-8") as first:
        first.say("/explain slots", "__slots__ · уровень 2")
        first.press(keys)
        assert first.ended() == 0
        assert "Traceback" not in first.seen
    with Session(tmp_path, "ru_RU.UTF-8") as again:
        again.press(UP, "/explain slots")
        again.say("", "__slots__ · уровень 2")
        again.press("/quit" + ENTER)
        assert again.ended() == 0
