"""A game whose bot, the real process, is killed in each of its phases: it goes on, and every answer counts once."""

import asyncio
import shutil
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select, update

from bot.settings import Settings
from bot.wiring import open_kucha, utc_now
from core.bank.truth import Kind
from core.quiz.model import Phase
from core.storage.quiz_tables import answers, rounds
from core.storage.tables import attempts
from tests.contract.game_clock import GameClock
from tests.contract.telegram.conftest import built_in_lessons
from tests.contract.telegram.lives import life
from tests.contract.telegram.party import GUEST, HOST, THIRD, Party, right, wrong
from tests.contract.telegram_server import BAD_GATEWAY, Call, TelegramServer
from tests.platforms.telegram.updates import Json

ROUNDS = 3
ASKING = ("sendPoll", "sendMessage", "sendRichMessage")


@dataclass
class Lives:
    """The party whose bot dies, and the folder with all that outlives it."""

    party: Party
    folder: Path

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A life of the bot that ends in a kill."""
        async with self.whole() as process:
            yield
            process.send_signal(signal.SIGKILL)

    @asynccontextmanager
    async def whole(self) -> AsyncIterator[Process]:
        """A life that ends as the block says."""
        async with life(self.party.server.url, self.folder, 0) as process:
            yield process

    async def said(self, words: str) -> None:
        """Wait until the chat was told so."""
        await self.party.letter(lambda call: words in str(call.params))

    async def answer(self, asked: Call, is_right: bool, who: Json, on_record: int) -> None:
        """Vote; as soon as the bot has confirmed the vote to the server, so many answers are on record."""
        await self.party.vote(asked, right(asked) if is_right else wrong(asked), who)
        assert await self._rows(answers) == on_record

    async def recorded(self, table: Table, count: int) -> None:
        """Wait until a table has so many rows; it never has more."""
        async with asyncio.timeout(60):
            while (found := await self._rows(table)) < count:  # noqa: ASYNC110  another process writes them
                await asyncio.sleep(0.02)
        assert found == count

    async def _rows(self, table: Table) -> int:
        async with self.party.kucha.database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def only_polls(party: Party) -> None:
    """Let every round ask what is true or false: such questions are polls."""
    lessons = built_in_lessons()
    asked = [each for each in lessons.bank.questions.values() if each.truth.kind is Kind.TRUTH]
    async with party.kucha.database.write() as connection:
        for number, question in enumerate(asked[:ROUNDS], 1):
            await connection.execute(
                update(rounds)
                .where(rounds.c.game == 1, rounds.c.number == number)
                .values(question=question.id, shown=list(question.keys()))
            )


@pytest.fixture
async def lives(server: TelegramServer, tmp_path: Path, migrated: Path) -> AsyncIterator[Lives]:
    shutil.copy(migrated, tmp_path)
    settings = Settings(_env_file=None, kucha_data=tmp_path, kucha_packs="")
    async with open_kucha(settings, utc_now, lessons=built_in_lessons()) as looking_on:
        yield Lives(Party(server, looking_on, GameClock()), tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_game_whose_bot_is_killed_in_each_phase_ends_with_a_podium_and_every_answer(lives: Lives) -> None:
    party = lives.party
    async with lives.one():
        lobby = await party.open(f"level 1, {ROUNDS} rounds by 20 seconds")
        for guest in (GUEST, THIRD):
            await party.tap("quiz:join:1", lobby, guest)
        await only_polls(party)
    async with lives.one():
        await party.until(lambda game: game.phase is Phase.LOBBY)
        for method in ASKING:
            party.server.fail(method, BAD_GATEWAY, BAD_GATEWAY)
        await party.tap("quiz:start:1", lobby, HOST)
        await party.server.wait_until(lambda: any(call.refusal for call in party.server.made("sendPoll")))
        assert (await party.until(lambda game: game.begun_at is not None)).phase is Phase.ASKING
    async with lives.one():
        first = await party.round(1)
        await lives.answer(first, True, HOST, 1)
        await lives.answer(first, False, THIRD, 2)
    async with lives.one():
        await lives.said("I was away for a moment")
        await lives.answer(first, False, HOST, 2)
        await lives.answer(first, True, GUEST, 3)
        await party.until(lambda game: game.phase is Phase.REVEAL)
    async with lives.one():
        second = await party.round(2)
        assert "after this round" in await party.tap("quiz:pause:1", lobby, HOST)
        for on_record, who in enumerate((HOST, GUEST, THIRD), 4):
            await lives.answer(second, who is not THIRD, who, on_record)
        await party.until(lambda game: game.phase is Phase.PAUSED)
    async with lives.one():
        assert await party.tap("quiz:resume:1", lobby, HOST) == "On we go."
        third = await party.round(3)
        await lives.answer(third, True, HOST, 7)
    closing = (await party.kucha.room.quizzes.round(1, 3)).closes_at
    assert closing
    await asyncio.sleep((closing - utc_now()).total_seconds())
    async with lives.whole() as process:
        await lives.said("time ran out")
        await party.letter(lambda call: "quiz:rematch:1" in call.tokens)
        ended = await party.until(lambda game: game.ended_at is not None)
        await lives.recorded(attempts, 7)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0, (lives.folder / "log").read_text()
    assert ended.interrupted is None
    assert await party.scores() == {"Hanna": 3, "Gus": 2, "Theo": 0}
    async with party.kucha.database.read() as connection:
        given = (await connection.execute(select(answers.c.round, answers.c.right).order_by(answers.c.round))).all()
    assert sorted(map(tuple, given)) == sorted(
        [(1, True), (1, True), (1, False), (2, True), (2, True), (2, False), (3, True)]
    )
