"""A game alone against the clock, at a real pseudo-terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.terminal.session import CTRL_D, CTRL_U, Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session(tmp_path) as opened:
        yield opened
        opened.press(CTRL_U + CTRL_D)
        assert opened.ended() == 0


def test_a_round_that_nobody_answers_ends_above_the_prompt(session: Session) -> None:
    session.press("/quiz level 1, 1 round by 5 seconds\r", "⏳ 5 s to answer")
    end = session.expect("of 1 right").index("of 1 right")
    session.expect("›", end)
    assert "⏳ 4" in session.seen
    assert "⌛" in session.seen
