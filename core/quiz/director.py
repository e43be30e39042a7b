"""Leads all games of a platform: one supervised task for each."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog

from core.quiz.conducting import Conductor, StoppingError, Wait
from core.quiz.leases import LEASE, Held
from core.quiz.listening import Listener
from core.quiz.model import Game
from core.quiz.quizzes import Quizzes
from core.quiz.stage import Stage
from core.quiz.store import NotOursError, UnknownGameError

log = structlog.get_logger()

LONGEST_SLEEP = 20.0
"""Seconds after which a clock that was set is noticed."""
BETWEEN_COUNTS = 0.25
"""Seconds between two looks at how many have answered, over all games."""
BETWEEN_FEEDS = 0.005
"""Seconds between two transactions of what goes into spaced repetition: others want to write, too."""
DEATHS = 5
"""So often a game's task is begun anew before the game is given up."""
UNFED = timedelta(minutes=1)
"""A round that was closed longer ago and is not fed was left by somebody who died."""
LAST_WORDS = 5.0
"""Seconds for what is being shown when the process is told to stop."""


async def wait_for(news: asyncio.Event, seconds: float | None) -> None:
    """Wait in real time."""
    try:
        async with asyncio.timeout(min(seconds, LONGEST_SLEEP) if seconds is not None else LONGEST_SLEEP):
            await news.wait()
    except TimeoutError:
        return


class Director:
    """Claims the platform's games, leads them, and takes over those of workers that died.

    `worker` is unique among processes. `wait` is for tests with a clock of their own.
    """

    def __init__(
        self,
        platform: str,
        quizzes: Quizzes,
        stage: Stage,
        now: Callable[[], datetime],
        worker: str,
        *,
        lease: timedelta = LEASE,
        wait: Wait = wait_for,
    ) -> None:
        self._platform = platform
        self._quizzes = quizzes
        self._stage = stage
        self._now = now
        self._worker = worker
        self._wait = wait
        self._leases = quizzes.playing.leases(worker, lease)
        self._conductors: dict[int, Conductor] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._answered: set[int] = set()
        self._counting = asyncio.Event()
        self._unfed: asyncio.Queue[tuple[int, int] | None] = asyncio.Queue()
        self._news = asyncio.Event()
        self._ending = False

    async def run(self, stop: asyncio.Event) -> None:
        """Lead games until told to stop; they go on when another process, or the next start, takes them up."""
        listener = Listener(self._on_change, self._on_answers)
        self._quizzes.listeners.add(listener)
        heeding = asyncio.create_task(self._heed(stop))
        beside = [asyncio.create_task(job) for job in (self._count_answers(), self._feed())]
        try:
            await self._find_unfed()
            while not stop.is_set():
                await self._round()
        finally:
            self._quizzes.listeners.remove(listener)
            heeding.cancel()
            await self._stop_all()
            self._ending = True
            self._counting.set()
            self._unfed.put_nowait(None)
            await asyncio.gather(heeding, *beside, return_exceptions=True)
            await self._leases.let_go(self._now())

    async def _heed(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._news.set()

    async def _round(self) -> None:
        """Take up what is free, hold what is ours, and rest."""
        self._news.clear()
        try:
            for held in await self._leases.claim(self._platform, self._now()):
                self._take(held)
            await self._plan()
            await self._hold()
        except Exception as error:
            log.error("quiz.round_failed", platform=self._platform, error=type(error).__name__)
        await self._wait(self._news, self._leases.lease.total_seconds() / 3)

    async def _plan(self) -> None:
        """Let those go on that waited for room; others learn of it when they renew their leases."""
        for id in await self._quizzes.playing.admission.plan(self._platform):
            if conductor := self._conductors.get(id):
                conductor.news.set()

    def _take(self, held: Held) -> None:
        id = held.game.id
        if id in self._tasks:
            return
        log.info("quiz.game_taken", platform=self._platform, game=id, phase=held.game.phase, orphan=held.is_orphan)
        task = asyncio.create_task(self._lead(held))
        self._tasks[id] = task
        task.add_done_callback(lambda ended: self._drop(id, ended))

    def _drop(self, id: int, task: asyncio.Task[None]) -> None:
        self._tasks.pop(id, None)
        self._conductors.pop(id, None)
        if self._quizzes.playing.admission.is_limited(self._platform):
            self._news.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("quiz.task_failed", platform=self._platform, game=id, error=type(error).__name__)

    async def _hold(self) -> None:
        """Renew our leases; wake those whose game was moved elsewhere, and let go of what another worker took."""
        ours = dict(self._conductors)
        kept = await self._leases.renew(ours.keys(), self._now())
        for id, conductor in ours.items():
            if id not in kept:
                self._cancel(id)
            elif conductor.game and _moment(conductor.game) != _moment(kept[id]):
                conductor.news.set()

    def _cancel(self, id: int) -> None:
        if task := self._tasks.get(id):
            task.cancel()

    async def _lead(self, held: Held) -> None:
        """Lead a game; where that breaks, begin anew from its rows."""
        id, deaths, round = held.game.id, 0, held.game.round
        while True:
            conductor = Conductor(self._quizzes, self._stage, self._worker, self._now, self._wait, self._on_closed)
            self._conductors[id] = conductor
            try:
                await conductor.lead(held)
                return
            except (StoppingError, NotOursError, UnknownGameError):
                return
            except Exception as error:
                game = await self._quizzes.game(id)
                deaths = deaths + 1 if game.round == round else 1
                round = game.round
                log.error("quiz.game_died", platform=self._platform, game=id, phase=game.phase, deaths=deaths,
                          error=type(error).__name__)  # fmt: skip
                if deaths >= DEATHS:
                    await self._quizzes.playing.cancel(game)
                    return
                held = Held(game, True)
                await self._wait(asyncio.Event(), float(deaths))

    async def _stop_all(self) -> None:
        for conductor in self._conductors.values():
            conductor.stopping = True
            conductor.news.set()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _on_change(self, game: int) -> None:
        conductor = self._conductors.get(game)
        (conductor.news if conductor else self._news).set()

    def _on_answers(self, games: Iterable[int]) -> None:
        self._answered.update(id for id in games if id in self._conductors)
        if self._answered:
            self._counting.set()

    def _on_closed(self, game: int, round: int) -> None:
        self._unfed.put_nowait((game, round))

    async def _count_answers(self) -> None:
        """Tell games how many have answered, and end rounds in which everybody has."""
        while True:
            await self._counting.wait()
            if self._ending:
                return
            self._counting.clear()
            ids, self._answered = self._answered, set()
            try:
                await self._count(ids)
            except Exception as error:
                log.error("quiz.not_counted", platform=self._platform, error=type(error).__name__)
            await asyncio.sleep(BETWEEN_COUNTS)

    async def _count(self, ids: set[int]) -> None:
        complete: list[Conductor] = []
        for id, (answered, playing) in (await self._quizzes.playing.progress(ids)).items():
            conductor = self._conductors.get(id)
            if conductor and conductor.progress(answered, playing) and answered >= playing:
                complete.append(conductor)
        await asyncio.gather(*map(self._complete, complete), return_exceptions=True)

    async def _complete(self, conductor: Conductor) -> None:
        """End a round in which nobody has anything to wait for."""
        game = conductor.game
        if game and not game.rules.may_change:
            await self._quizzes.playing.everybody_answered(game)
            conductor.news.set()

    async def _feed(self) -> None:
        """What was answered goes into spaced repetition, one round after the other."""
        while (unfed := await self._unfed.get()) and not self._ending:
            try:
                while not self._ending:
                    if not await self._quizzes.feeding.some(*unfed):
                        break
                    await asyncio.sleep(BETWEEN_FEEDS)
            except Exception as error:
                log.error("quiz.not_fed", platform=self._platform, game=unfed[0], error=type(error).__name__)

    async def _find_unfed(self) -> None:
        for game, round in await self._quizzes.feeding.left(self._platform, self._now() - UNFED):
            self._on_closed(game, round)


def _moment(game: Game) -> tuple[object, ...]:
    return game.phase, game.round, game.until, game.ended_at
