"""How group quizzes hold when thousands answer at once, and when hundreds of games are played at once."""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import aiosqlite
from sqlalchemy import delete, func, insert, select, update

from benchmarks.table import Row
from core.bank.generators.supply import Supply
from core.bank.loading import load
from core.bank.model import Bank
from core.bank.truth import Kind
from core.bank.wording import Language
from core.delivery.schedules import Address
from core.quiz.director import Director
from core.quiz.intake import Offer
from core.quiz.model import Final, Game, Notice, Player, Put, Receipt, Reveal, Rules
from core.quiz.quizzes import Quizzes
from core.quiz.stage import Shown
from core.storage.database import Database, open_database
from core.storage.quiz_tables import answers, games, players
from core.storage.tables import attempts, learners
from core.storage.upgrade import upgrade
from core.study.asking import Study
from core.study.difficulty_store import Difficulties
from core.study.learner import Learner
from core.study.selection import Shelf
from core.study.store import StudyStore

CROWD = 5_000
FEW = 50
REPETITIONS = 15
"""Interleaved repetitions of which the median counts; one more before them warms up."""
GAMES, PLAYERS, ROUNDS, SECONDS = 500, 10, 10, 20
LATE = timedelta(seconds=1)
"""So long after the end of a round its reveal is late."""
HOST = Learner(1, Language.EN, 1, "UTC", "3.14")


def now() -> datetime:
    """The moment, aware."""
    return datetime.now(UTC)


async def measure() -> list[Row]:
    """The core alone, on a stage that shows nothing, with SQLite on a disk, every commit synced to it."""
    bank = load().bank
    gc.collect()
    gc.freeze()
    try:
        return [*await _answers(bank), await _reveals(bank), *await _games(bank)]
    finally:
        gc.unfreeze()


@asynccontextmanager
async def _hall(bank: Bank, people: int) -> AsyncIterator[tuple[Database, Quizzes]]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite+aiosqlite:///{folder}/kucha.sqlite3")
        await upgrade(database)
        row = {"language": "en", "level": 1, "zone": "UTC", "python": "3.14", "met_at": now()}
        async with database.write() as connection:
            await connection.execute(insert(learners), [{"id": number, **row} for number in range(1, people + 1)])
        supply, random, difficulties = Supply(), Random(7), Difficulties(database)
        study = Study(bank, StudyStore(database), now, random, supply, difficulties)
        yield database, Quizzes(study, Shelf(bank, supply), database, difficulties, now, random)
        await database.close()


async def _open(quizzes: Quizzes, database: Database, chat: str, people: int, rules: Rules, first: int = 1) -> Game:
    """A lobby with so many people, whose first is the host."""
    host = replace(HOST, id=first)
    game = await quizzes.open(Address("telegram", chat), host, "Host", rules, "en", timedelta(hours=1))
    row = {"game": game.id, "joined_round": 0, "score": 0, "streak": 0, "best_streak": 0, "right": 0}
    others = range(first + 1, first + people)
    async with database.write() as connection:
        await connection.execute(
            insert(players), [{**row, "learner": each, "name": f"Player {each}"} for each in others]
        )
    return game


async def _begin(quizzes: Quizzes, game: Game, worker: str) -> Game:
    """To the first round, with its question before the people."""
    await quizzes.playing.leases(worker).claim("telegram", now())
    game = await quizzes.playing.begin(game)
    return await quizzes.playing.delivered(game, now(), "message", None, worker)


def _offers(game: Game, shown: tuple[str, ...], people: int) -> list[Offer]:
    return [Offer(game.id, 1, each, (each % len(shown),), now()) for each in range(1, people + 1)]


async def _answers(bank: Bank) -> list[Row]:
    """All of a crowd's answers offered at once, each acknowledged when it is stored; against the bare driver."""
    ours, bare = [], []
    stored = 0
    async with _hall(bank, CROWD) as (database, quizzes):
        for number in range(REPETITIONS + 1):
            game = await _open(quizzes, database, str(number), CROWD, Rules(rounds=1))
            opened = await _begin(quizzes, game, "one")
            put = await _put(quizzes, opened)
            offers = [_offer(put, each) for each in range(1, CROWD + 1)]
            async with database.write() as connection:
                await connection.execute(delete(answers))  # the bare driver begins with an empty table, too
            begun = time.perf_counter()
            await _last([quizzes.offer(offer) for offer in offers])
            took = time.perf_counter() - begun
            rows = await _rows(database, game.id)
            stored += len({row[2] for row in rows}) - abs(len(rows) - CROWD)
            alone = await _bare(database, rows)
            await quizzes.playing.close(opened, "one")
            if number:
                ours.append(took)
                bare.append(alone)
    ratio = statistics.median(alone / mine for alone, mine in zip(bare, ours, strict=True))
    missing = CROWD * (REPETITIONS + 1) - stored
    return [
        Row("5,000 answers at once, stored and acknowledged", round(CROWD / statistics.median(ours)), "1/s", "", True),
        Row("the same to a bare batch insert of the rows", round(ratio, 2), "ratio", ">= 0.5", ratio >= 0.5),
        Row("answers lost or double", missing, "", "0", missing == 0),
    ]


async def _last(receipts: "Sequence[asyncio.Future[Receipt]]") -> None:
    """Wait for all of them: they come in the order of the offers."""
    await receipts[-1]
    assert all(receipt.result() is Receipt.TAKEN for receipt in receipts)


def _taps(put: Put, learner: int) -> tuple[int, ...] | str:
    """Some answer to a question; a quarter to a half of a crowd is right."""
    shown = put.round.shown
    if not shown:
        return put.question.truth.answer(HOST.target) or "42" if learner % 3 == 0 else "surely not"
    if put.question.truth.kind is Kind.ORDER:
        return tuple((place + learner) % len(shown) for place in range(len(shown)))
    return (learner % len(shown),)


async def _put(quizzes: Quizzes, game: Game) -> Put:
    put = quizzes.playing.put(game, await quizzes.round(game.id, max(game.round, 1)))
    assert put
    return put


async def _rows(database: Database, game: int) -> list[tuple[Any, ...]]:
    """The answers as the driver gets them."""
    async with database.read() as connection:
        found = await connection.exec_driver_sql(
            'SELECT game, round, learner, response, at, after_ms, "right", points FROM answers WHERE game = ?', (game,)
        )
        return [tuple(row) for row in found]


async def _bare(database: Database, rows: Sequence[tuple[Any, ...]]) -> float:
    """Seconds that the bare driver needs for the same rows in the same table, in one transaction."""
    async with aiosqlite.connect(str(database.engine.url.database), isolation_level=None) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            await connection.execute(f"PRAGMA {pragma}")
        await connection.execute("DELETE FROM answers")
        spent = time.perf_counter()
        await connection.execute("BEGIN IMMEDIATE")
        await connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        await connection.execute("COMMIT")
        return time.perf_counter() - spent


async def _reveals(bank: Bank) -> Row:
    """What it costs to close a round of many and of few."""
    spent: dict[int, list[float]] = {CROWD: [], FEW: []}
    async with _hall(bank, CROWD) as (database, quizzes):
        for number in range(REPETITIONS + 1):
            for people, times in spent.items():
                game = await _open(quizzes, database, f"{number} {people}", people, Rules(rounds=1))
                opened = await _begin(quizzes, game, "one")
                put = await _put(quizzes, opened)
                await _last([quizzes.offer(_offer(put, each)) for each in range(1, people + 1)])
                begun = time.perf_counter()
                closed = await quizzes.playing.close(opened, "one")
                if number:
                    times.append(time.perf_counter() - begun)
                assert closed.reveal
                assert closed.reveal.answered == people
    ratio = statistics.median(spent[CROWD]) / statistics.median(spent[FEW])
    return Row("reveal with 5,000 players to one with 50", round(ratio, 1), "ratio", "<= 20", ratio <= 20)


def _offer(put: Put, learner: int) -> Offer:
    return Offer(put.game.id, put.round.number, learner, _taps(put, learner), now())


class Crowd:
    """A stage that shows nothing; behind it all players but one answer each question, at some moment of the round."""

    def __init__(self, quizzes: Quizzes, random: Random) -> None:
        self._quizzes = quizzes
        self._random = random
        self.late: list[timedelta] = []
        self.offered = 0
        self.finished = 0
        self.all_finished = asyncio.Event()

    async def open_lobby(self, game: Game, players: tuple[Player, ...]) -> str | None:
        """Shows nothing, as all of these."""
        return None

    async def refresh_lobby(self, game: Game, players: tuple[Player, ...]) -> None:
        """Nothing."""

    async def ask(self, put: Put) -> Shown:
        """Lets the players think."""
        loop = asyncio.get_running_loop()
        first = 1 + (put.game.id - 1) * PLAYERS % (GAMES * PLAYERS)
        for learner in range(first, first + PLAYERS - 1):
            self.offered += 1
            loop.call_later(self._random.uniform(0.5, SECONDS - 0.5), self._tap, put, learner)
        return Shown(now())

    def _tap(self, put: Put, learner: int) -> None:
        self._quizzes.offer(_offer(put, learner))

    async def refresh_round(self, put: Put, answered: int, players: int) -> None:
        """Nothing."""

    async def reveal(self, reveal: Reveal) -> None:
        """Notes how late it is."""
        closes_at = reveal.put.round.closes_at
        assert closes_at
        self.late.append(now() - closes_at)

    async def finish(self, final: Final) -> None:
        """Counts."""
        self.finished += 1
        if self.finished == GAMES:
            self.all_finished.set()

    async def say(self, game: Game, notice: Notice) -> None:
        """Nothing."""


async def _games(bank: Bank) -> list[Row]:
    """Games that all begin at the same moment, so that all their rounds end together: the worst hour."""
    async with _hall(bank, GAMES * PLAYERS) as (database, quizzes):
        crowd, stop = Crowd(quizzes, Random(1)), asyncio.Event()
        rules = Rules(rounds=ROUNDS, seconds=SECONDS)
        for number in range(GAMES):
            await _open(quizzes, database, str(number), PLAYERS, rules, 1 + number * PLAYERS)
        async with database.write() as connection:
            await connection.execute(update(games).values(until=now() + timedelta(seconds=3)))
        running = asyncio.create_task(Director("telegram", quizzes, crowd, now, "one").run(stop))
        await crowd.all_finished.wait()
        stop.set()
        await running
        async with database.read() as connection:
            counted = (await connection.execute(select(func.count()).where(answers.c.right.is_not(None)))).scalar_one()
            fed = (await connection.execute(select(func.count()).select_from(attempts))).scalar_one()
    late, lost = sum(each > LATE for each in crowd.late), crowd.offered - counted
    latest = max(crowd.late).total_seconds()
    return [
        Row(f"{GAMES} games at once, rounds revealed", len(crowd.late), "", "", True),
        Row("the latest reveal after the end of its round", round(latest, 2), "s", "", True),
        Row("reveals late by more than a second", late, "", "0", late == 0),
        Row("answers not counted", lost, "", "0", lost == 0),
        Row("answers fed into spaced repetition by the podium", round(fed / max(counted, 1), 2), "ratio", "", True),
    ]
