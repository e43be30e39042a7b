"""The question of the day at a terminal, which is not always open."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.platforms.terminal.chat import CHAT, TerminalChat, local_person
from bot.platforms.terminal.screen import Screen
from bot.settings import Settings
from bot.verbs.chat import attended
from bot.wiring import Kucha, Lessons, open_kucha
from core.chat.request import Command, Place, Platform, Request
from core.delivery.schedules import DAILY, Address, Order
from core.delivery.timetable import EVERY_DAY, Timetable
from core.document import Document, paragraph
from tests.conftest import Clock
from tests.platforms.terminal.session import Session
from tests.verbs.running import kucha as kucha_command

HELLO = "🕘 Question of the day"
LEAVE = "/quit"


class Typist:
    """Types what a test tells, and waits as long as it tells nothing."""

    def __init__(self) -> None:
        self._typed: asyncio.Queue[str] = asyncio.Queue()

    async def read(self, prompt: str) -> str:
        return await self._typed.get()

    def type(self, line: str) -> None:
        self._typed.put_nowait(line)


class Terminal:
    """An open chat with a person at it."""

    def __init__(self, kucha: Kucha, folder: Path) -> None:
        self._output = io.StringIO()
        self._mark = 0
        self._typist = Typist()
        screen = Screen(self._output, interactive=False)
        self.chat = TerminalChat(kucha.app, local_person("en"), self._typist, screen, folder)

    async def say(self, line: str, expected: str) -> None:
        """Type a line; returns when words of the answer are there."""
        self._mark = len(self.seen)
        self._typist.type(line)
        await self.shows(expected)

    def leave(self) -> None:
        self._typist.type(LEAVE)

    @property
    def seen(self) -> str:
        return self._output.getvalue()

    async def shows(self, expected: str) -> str:
        """What was shown since the last line, as soon as these words are among it."""
        for _ in range(6000):
            if expected in self.seen[self._mark :]:
                return self.seen[self._mark :]
            await asyncio.sleep(0.01)
        raise AssertionError(f"{expected!r} did not come; there is:\n{self.seen}")


async def at_once(show: Callable[[], None]) -> None:
    """A prompt that is in nobody's way."""
    show()


@asynccontextmanager
async def opened(kucha: Kucha, folder: Path) -> AsyncIterator[Terminal]:
    terminal = Terminal(kucha, folder)
    sitting = asyncio.create_task(attended(kucha, terminal.chat, at_once))
    try:
        yield terminal
    finally:
        terminal.leave()
        await sitting


async def asked(kucha: Kucha, clock: Clock, folder: Path) -> str:
    """What a person is asked who opens the chat: all that comes before a question for next door, due a second later."""
    async with opened(kucha, folder) as terminal:
        await terminal.say("/settings language", "language")
        clock.forward(seconds=1)
        next_door = Address(Platform.TERMINAL, f"next door {clock.moment}")
        order = Order(Timetable(0, EVERY_DAY, "UTC"), "ru", 1, "3.14", "")
        schedule = await kucha.room.schedules.put(next_door, DAILY, order, clock())
        await kucha.room.schedules.hasten(schedule, clock())
        await terminal.shows("🕘 Вопрос дня")
        await kucha.room.schedules.stop(next_door, DAILY, clock())
        return terminal.seen.partition("🕘 Вопрос дня")[0]


async def test_it_is_said_that_a_closed_terminal_asks_nothing(kucha: Kucha, tmp_path: Path) -> None:
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/daily", "only while this chat is open")
        await terminal.say("/daily 9:30", "only while this chat is open")


async def test_it_comes_in_between_when_its_moment_comes_while_the_chat_is_open(
    kucha: Kucha, clock: Clock, tmp_path: Path
) -> None:
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/daily 9:30", "Every day at 09:30")
        clock.forward(minutes=30)
        kucha.room.schedules.announce()
        assert "level 1 · Python 3.14" in await terminal.shows(HELLO)
        await terminal.say("1", "answer")


async def test_what_came_due_meanwhile_is_asked_once_when_the_chat_is_opened(
    kucha: Kucha, clock: Clock, tmp_path: Path
) -> None:
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/daily 9:30", "Every day at 09:30")
    clock.forward(days=3, hours=14)
    seen = await asked(kucha, clock, tmp_path)
    assert seen.count(HELLO) == 1
    assert "missed" not in seen
    assert HELLO not in await asked(kucha, clock, tmp_path)
    clock.forward(hours=1)
    assert HELLO not in await asked(kucha, clock, tmp_path)
    clock.forward(hours=10)
    assert HELLO in await asked(kucha, clock, tmp_path)


async def test_nothing_is_asked_that_is_off_or_not_due_or_paused(kucha: Kucha, clock: Clock, tmp_path: Path) -> None:
    assert HELLO not in await asked(kucha, clock, tmp_path)
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/daily 9:30", "Every day at 09:30")
    assert HELLO not in await asked(kucha, clock, tmp_path)
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/pause 2d", "I am back on")
    clock.forward(days=1)
    assert HELLO not in await asked(kucha, clock, tmp_path)
    async with opened(kucha, tmp_path) as terminal:
        await terminal.say("/daily off", "No more")
    clock.forward(days=5)
    assert HELLO not in await asked(kucha, clock, tmp_path)


async def test_what_comes_after_the_person_has_left_is_kept_for_the_next_time(kucha: Kucha, tmp_path: Path) -> None:
    terminal = Terminal(kucha, tmp_path)
    terminal.leave()
    await terminal.chat.run()
    assert not await terminal.chat.interrupt(Document((paragraph("late"),)), at_once)
    assert terminal.seen == ""


async def scheduled_yesterday(data: Path, lessons: Lessons) -> None:
    """A data folder with a daily that is due."""
    yesterday = datetime.now(UTC) - timedelta(days=1, minutes=1)
    settings = Settings(_env_file=None, kucha_data=data, kucha_executor=data / "nobody.sock")
    async with open_kucha(settings, lambda: yesterday, lessons=lessons) as kucha:
        said = Command("daily", f"{yesterday + timedelta(minutes=1):%H:%M} UTC")
        assert await kucha.app.handle(Request(local_person("en"), Place(CHAT), said))


async def test_a_real_prompt_shows_what_is_due_once(tmp_path: Path, lessons: Lessons) -> None:
    await scheduled_yesterday(tmp_path, lessons)
    with Session(tmp_path) as session:
        session.expect(HELLO)
        session.say("/daily", "The next three")
        assert session.seen.count(HELLO) == 1


def test_a_pipe_gets_only_what_it_asks_for(tmp_path: Path, lessons: Lessons) -> None:
    asyncio.run(scheduled_yesterday(tmp_path, lessons))
    ended = kucha_command(tmp_path, "chat", given=b"/help\n")
    assert "/daily" in ended.stdout
    assert HELLO not in ended.stdout
