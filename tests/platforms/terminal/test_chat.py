"""What a typed line means, with a tutor that records what it hears."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.platforms.terminal.chat import TerminalChat, local_person
from bot.platforms.terminal.screen import Screen
from core.chat.answer import Answer
from core.chat.catalogue import CATALOGUE, Catalogue
from core.chat.request import Command, Person, Platform, Press, Request, Said, Words
from core.chat.tutor import Suggestion
from core.document import Attachment, Button, Details, Document, Form, Picture, paragraph


class Recorder:
    """A tutor that gives prepared answers and remembers what was said."""

    def __init__(self, answers: Sequence[Answer | None]) -> None:
        self._answers = list(answers)
        self.heard: list[Said] = []

    @property
    def catalogue(self) -> Catalogue:
        return CATALOGUE

    def description(self, message: str, language: str | None) -> str:
        return message

    async def handle(self, request: Request) -> Answer | None:
        self.heard.append(request.said)
        return self._answers.pop(0) if self._answers else None

    async def suggest(self, query: str, person: Person, limit: int) -> tuple[Suggestion, ...]:
        return ()

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        """Terminals do not move."""

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        """Terminals are."""

    async def poll_opened(self, posting: int, poll: str) -> None:
        """Terminals have no polls."""

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        return False


class Script:
    """Lines that were written beforehand."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)

    async def read(self, prompt: str) -> str:
        if not self._lines:
            raise EOFError
        return self._lines.pop(0)


@pytest.fixture
def printed() -> io.StringIO:
    return io.StringIO()


async def heard(folder: Path, output: io.StringIO, typed: Sequence[str], *answers: Answer | None) -> list[Said]:
    """What the tutor hears of these lines."""
    tutor = Recorder(answers)
    screen = Screen(output, interactive=False)
    await TerminalChat(tutor, local_person("en"), Script(typed), screen, folder).run()
    return tutor.heard


def offering(*buttons: Button) -> Answer:
    return Answer(Document((paragraph("Choose"),), (buttons,)))


NEXT = Button("Next", "ask:next")
ANSWER = Button("Answer", "type:1", Form("Your answer", "Answer"))
PROGRAM = Button("Write", "run:new", Form("Program", "Code", long=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/ask 2 slots", Command("ask", "2 slots")),
        ("/run\n```\nx\n```", Command("run", "```\nx\n```")),
        ("/", Command("")),
        ("7", Words("7")),
        ("  slots  ", Words("  slots  ")),
        ("²", Words("²")),
    ],
)
async def test_a_line_is_a_command_or_words(tmp_path: Path, printed: io.StringIO, typed: str, said: Said) -> None:
    assert await heard(tmp_path, printed, [typed]) == [said]


async def test_a_number_presses_a_button_only_while_it_is_shown(tmp_path: Path, printed: io.StringIO) -> None:
    plain = Answer(Document((paragraph("Done"),)))
    said = await heard(tmp_path, printed, ["/ask", "1", "1", "2"], offering(NEXT), plain)
    assert said == [Command("ask"), Press("ask:next"), Words("1"), Words("2")]


async def test_a_remark_at_a_button_leaves_the_buttons(tmp_path: Path, printed: io.StringIO) -> None:
    remark = Answer(Document(), notice="Tick one first\x1b[2J")
    said = await heard(tmp_path, printed, ["/ask", "1", "1"], offering(NEXT), remark)
    assert said[1:] == [Press("ask:next"), Press("ask:next")]
    assert "Tick one first[2J" in printed.getvalue()


async def test_where_a_text_is_awaited_a_number_is_the_text(tmp_path: Path, printed: io.StringIO) -> None:
    assert (await heard(tmp_path, printed, ["/ask", "1"], offering(ANSWER)))[1] == Words("1")
    assert "[1]" not in printed.getvalue()


async def test_a_button_beside_a_text_that_is_awaited_is_pressed_by_its_words(
    tmp_path: Path, printed: io.StringIO
) -> None:
    hint = Button("Подсказка", "hint:1")
    said = await heard(tmp_path, printed, ["/ask", "подсказка", "2", "hint"], offering(ANSWER, hint))
    assert said[1:] == [Press("hint:1"), Words("2"), Words("hint")]
    assert "[Подсказка]" in printed.getvalue()
    assert "[1]" not in printed.getvalue()


async def test_a_dialog_among_other_buttons_asks_for_its_text(tmp_path: Path, printed: io.StringIO) -> None:
    wrong = Button("Wrong", "report:q", Form("What is wrong?", "Words"))
    said = await heard(tmp_path, printed, ["/ask", "2", "all of it"], offering(NEXT, wrong))
    assert said[1:] == [Press("report:q", "all of it")]


async def test_a_program_may_be_typed_line_by_line(tmp_path: Path, printed: io.StringIO) -> None:
    said = await heard(tmp_path, printed, ["/run", "a = []", "b = a", "", "/help"], offering(PROGRAM))
    assert said[1:] == [Words("a = []\nb = a"), Command("help")]
    fenced = await heard(tmp_path, printed, ["/run", "```", "a = []", "", "b = a", "```"], offering(PROGRAM))
    assert fenced[1:] == [Words("```\na = []\n\nb = a\n```")]


async def test_files_are_kept_and_their_paths_shown(tmp_path: Path, printed: io.StringIO) -> None:
    blocks = (
        Picture(b"first", "heap.png", "A graph"),
        Details("More", (Attachment(b"second", "../../heap.png"), Attachment(b"third", "\x1b[2J/.."))),
    )
    await heard(tmp_path / "kept", printed, ["/run"], Answer(Document(blocks)))
    kept = sorted((tmp_path / "kept").iterdir())
    assert sorted(path.read_bytes() for path in kept) == [b"first", b"second", b"third"]
    assert not (tmp_path / "heap.png").exists()
    assert all(str(path) in printed.getvalue() for path in kept)


async def test_leaving_words_leave(tmp_path: Path, printed: io.StringIO) -> None:
    assert await heard(tmp_path, printed, ["/quit", "/ask"]) == []
