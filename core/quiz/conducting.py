"""Leading one game: what is shown when, and what its rows become."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from core.quiz import rules
from core.quiz.aside import Aside
from core.quiz.leases import Held
from core.quiz.model import Game, Notice, Phase, Put, Round
from core.quiz.quizzes import Quizzes
from core.quiz.rules import GATHERING, GRACE, NotNowError
from core.quiz.stage import NotShownError, Shown, Stage, StageGoneError

log = structlog.get_logger()

ATTEMPTS = 4
"""How often a question is tried before its round is skipped."""
FIRST_PAUSE = timedelta(seconds=2)
"""Before the second attempt; each later pause is twice as long."""
COUNTDOWN = (timedelta(minutes=1), timedelta(seconds=15))
"""Between two looks at a lobby's clock: minutes, and in the last one quarters."""
SKIPPED = 2
"""So many rounds in a row that could not be shown end the game."""


class Wait(Protocol):
    """Waits until something is told, or for some seconds (None for ever)."""

    async def __call__(self, news: asyncio.Event, seconds: float | None) -> None:
        """Returns in both cases."""


class StoppingError(Exception):
    """The process ends; the game goes on where it stands when another one takes it up."""


class Conductor:
    """Leads one game to its end. `news` is set when somebody else has moved it."""

    def __init__(
        self,
        quizzes: Quizzes,
        stage: Stage,
        worker: str,
        now: Callable[[], datetime],
        wait: Wait,
        closed: Callable[[int, int], None],
    ) -> None:
        self._quizzes = quizzes
        self._playing = quizzes.playing
        self._stage = stage
        self._worker = worker
        self._now = now
        self._wait = wait
        self._closed = closed
        self._attempts = 0
        self._unseen = 0
        self._lobby_shown = False
        self._put_off_told = False
        self._pause_told = False
        self._put: Put | None = None
        self._rounds: dict[int, Round] = {}
        self._aside = Aside()
        self.news = asyncio.Event()
        self.stopping = False
        self.game: Game | None = None

    async def lead(self, held: Held) -> None:
        """Play the game; returns when it has ended. Raises StoppingError, and NotOursError when it was taken over."""
        steps: dict[Phase, Callable[[Game], Awaitable[Game]]] = {
            Phase.LOBBY: self._lobby,
            Phase.WAITING: self._lobby,
            Phase.ASKING: self._ask,
            Phase.OPEN: self._hold_open,
            Phase.REVEAL: self._let_read,
            Phase.PAUSED: self._stay_paused,
            Phase.OVER: self._finish,
        }
        self.game = game = held.game
        try:
            if held.is_orphan:
                await self._take_up(game)
            while game.ended_at is None:
                self._pause_told &= game.phase is Phase.PAUSED
                try:
                    game = await steps[game.phase](game)
                except NotNowError:
                    game = await self._playing.game(game.id)
                self.game = game
        except StageGoneError:
            log.info("quiz.stage_gone", game=game.id)
            await self._playing.cancel(game)
        finally:
            await self._aside.end()

    def progress(self, answered: int, playing: int) -> bool:
        """So many of those who play have answered the round that runs; whether it is one that takes answers."""
        game, put = self.game, self._put
        if game is None or put is None or game.phase is not Phase.OPEN or put.round.number != game.round:
            return False
        self._aside.show(lambda: self._stage.refresh_round(replace(put, game=game), answered, playing))
        return True

    async def _take_up(self, game: Game) -> None:
        """Go on with what somebody else has begun."""
        self._lobby_shown = game.lobby is not None
        self._pause_told = True
        notice = rules.after_a_crash(game, self._now())
        if notice:
            await self._show(self._stage.say(game, notice))
        for number in range(1, game.round + 1):
            self._closed(game.id, number)
        if game.phase is Phase.OPEN:
            self._put = await self._look_up(game)
        if rules.phase_of(game) is Phase.REVEAL and (reveal := await self._playing.reveal(game)):
            self._pause_told = False
            await self._show(self._stage.reveal(reveal))

    async def _lobby(self, game: Game) -> Game:
        if game.phase is Phase.WAITING:
            await self._tell_put_off(game)
        elif not self._lobby_shown and game.until and game.until > self._now():
            game = await self._open_lobby(game)
        while True:
            look = _next_look(game, self._now())
            came = await self._sleep(look)
            if came and look == game.until:
                break
            game = game if came else await self._playing.game(game.id)
            if game.phase not in GATHERING:
                return game
            await self._refresh_lobby(game)
        if await self._playing.players(game.id):
            return await self._playing.begin(game, self._worker)
        await self._show(self._stage.say(game, Notice.NOBODY))
        return await self._playing.cancel(game)

    async def _refresh_lobby(self, game: Game) -> None:
        crowd = await self._playing.players(game.id)
        self._aside.show(lambda: self._stage.refresh_lobby(game, crowd))

    async def _tell_put_off(self, game: Game) -> None:
        """In the lobby; whoever has none is told once."""
        if game.lobby:
            await self._refresh_lobby(game)
        elif not self._put_off_told:
            self._put_off_told = True
            await self._show(self._stage.say(game, Notice.PUT_OFF))

    async def _open_lobby(self, game: Game) -> Game:
        """Show the lobby; a chat that cannot be written to now gets its first question later than planned."""
        for attempt in range(ATTEMPTS):
            try:
                message = await self._stage.open_lobby(game, await self._playing.players(game.id))
            except NotShownError as error:
                await self._sleep(self._now() + (error.pause or FIRST_PAUSE * 2**attempt))
                continue
            self._lobby_shown = True
            return await self._playing.keep_lobby(game, message, self._worker)
        raise StageGoneError

    async def _ask(self, game: Game) -> Game:
        if not await self._sleep(game.until):
            return await self._playing.game(game.id)
        put = await self._look_up(game)
        if put is None:
            return await self._pass_over(game)
        sent_at = self._now()
        with self._quizzes.underway.one():
            try:
                shown = await self._stage.ask(put)
            except NotShownError as error:
                return await self._not_shown(game, error)
            self._attempts = self._unseen = 0
            return await self._delivered(put, shown, sent_at)

    async def _delivered(self, put: Put, shown: Shown, sent_at: datetime) -> Game:
        """The round begins when the platform says that the question stood there, by a clock that may not be ours."""
        at = min(max(shown.at, sent_at), self._now())
        opened = await self._playing.delivered(put.game, at, shown.message, shown.poll, self._worker)
        self._put = replace(
            put, game=opened, round=replace(put.round, message=shown.message, poll=shown.poll, shown_at=at)
        )
        self._quizzes.listeners.answered({opened.id})
        return opened

    async def _look_up(self, game: Game) -> Put | None:
        """The round the game is in; its question was chosen when the game was opened."""
        if not self._rounds:
            self._rounds = await self._playing.rounds(game)
        return self._playing.put(game, self._rounds[game.round])

    async def _not_shown(self, game: Game, error: NotShownError) -> Game:
        self._attempts += 1
        log.info("quiz.question_not_shown", game=game.id, attempt=self._attempts)
        if self._attempts >= ATTEMPTS:
            return await self._pass_over(game)
        pause = error.pause or FIRST_PAUSE * 2 ** (self._attempts - 1)
        return await self._playing.postpone(game, self._now() + pause, self._worker)

    async def _pass_over(self, game: Game) -> Game:
        self._attempts, self._unseen = 0, self._unseen + 1
        if self._unseen >= SKIPPED:
            raise StageGoneError
        after = await self._playing.pass_over(game, self._worker)
        await self._show(self._stage.say(game, Notice.NOT_DELIVERED))
        return after

    async def _hold_open(self, game: Game) -> Game:
        if not await self._sleep(game.until and game.until + GRACE):
            return await self._playing.game(game.id)
        closed = await self._playing.close(game, self._worker)
        await self._aside.end()
        self._closed(game.id, game.round)
        if closed.reveal:
            await self._show(self._stage.reveal(closed.reveal))
        else:
            await self._show(self._stage.say(game, Notice.NOT_DELIVERED))
        return closed.game

    async def _let_read(self, game: Game) -> Game:
        if not await self._sleep(game.until):
            return await self._playing.game(game.id)
        return await self._playing.go_on(game, self._worker)

    async def _stay_paused(self, game: Game) -> Game:
        if not self._pause_told:
            self._pause_told = True
            await self._show(self._stage.say(game, Notice.PAUSED))
        if not await self._sleep(game.until):
            return await self._playing.game(game.id)
        return await self._playing.stop(game, self._worker)

    async def _finish(self, game: Game) -> Game:
        if game.begun_at is None:
            await self._show(self._stage.say(game, Notice.STOPPED))
        else:
            self._closed(game.id, game.round)
            await self._show(self._stage.finish(await self._playing.final(game)))
        return await self._playing.end(game, self._worker)

    async def _show(self, shown: Awaitable[None]) -> None:
        """Show something that the game does not depend on."""
        try:
            await shown
        except StageGoneError:
            raise
        except Exception as error:
            log.warning("quiz.not_shown", error=type(error).__name__)

    async def _sleep(self, until: datetime | None) -> bool:
        """Whether that moment came; False when something happened before."""
        while True:
            if self.stopping:
                raise StoppingError
            if self.news.is_set():
                self.news.clear()
                return False
            left = (until - self._now()).total_seconds() if until else None
            if left is not None and left <= 0:
                return True
            await self._wait(self.news, left)


def _next_look(game: Game, now: datetime) -> datetime | None:
    """When a lobby's clock shows something new: at the next whole minute, then at the next quarter, then at the end.

    A start that is put off is told as an hour, by the clock of the host.
    """
    if game.until is None or now >= game.until or (game.phase is Phase.WAITING and game.host is not None):
        return game.until
    left = game.until - now
    step = next((step for step in COUNTDOWN if left > step), left)
    return game.until - step * (math.ceil(left / step) - 1)
