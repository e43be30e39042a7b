"""What people do in group quizzes: the use cases behind `/quiz` and its buttons."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from core.bank.versions import Python
from core.delivery.schedules import Address
from core.quiz import rules
from core.quiz.drawing import draw
from core.quiz.feeding import Feeding
from core.quiz.final_store import FinalStore
from core.quiz.intake import Intake, Offer
from core.quiz.listening import Listeners, Underway
from core.quiz.model import Game, Mode, Phase, Player, Receipt, Round, Rules
from core.quiz.playing import Playing, closed_unseen
from core.quiz.rating import season_of
from core.quiz.rating_store import OVERALL, Rated, Ratings
from core.quiz.room import Pace
from core.quiz.scoring import TEAMS
from core.quiz.store import BusyError as BusyError
from core.quiz.store import GameStore, Move, UnknownGameError
from core.storage.database import Database
from core.study.asking import Study
from core.study.difficulty_store import Difficulties
from core.study.group_standing import presentable
from core.study.learner import Learner
from core.study.selection import Shelf


class NotAllowedError(Exception):
    """Only the host and those who manage the chat may do that."""


class NoQuestionsError(Exception):
    """There is nothing to ask of that subject and level."""


class ClosedError(Exception):
    """Nobody can join any more."""


class Quizzes:
    """Group quizzes. `now` and `random` are passed in; `pace` is what each platform takes.

    `playing`, `feeding`, `listeners` and `underway` are for who leads the games.
    """

    def __init__(
        self,
        study: Study,
        shelf: Shelf,
        database: Database,
        difficulties: Difficulties,
        now: Callable[[], datetime],
        random: Random,
        underway: Underway | None = None,
        pace: Mapping[str, Pace] | None = None,
    ) -> None:
        self._study = study
        self._shelf = shelf
        self._difficulties = difficulties
        self._now = now
        self._random = random
        self._store = GameStore(database)
        self._finals = FinalStore(database, self._store, shelf)
        self._ratings = Ratings(database)
        self.listeners = Listeners()
        self.underway = underway or Underway()
        self._intake = Intake(database, self._store, shelf, self.listeners.answered)
        self.playing = Playing(database, self._store, shelf, self._intake, self._ratings, now, pace or {})
        self.feeding = Feeding(database, shelf, difficulties, now)

    def wake(self, game: int) -> None:
        """Tell those who listen that a game has changed."""
        self.listeners.changed(game)

    async def open(
        self, address: Address, host: Learner, name: str, wish: Rules, language: str, lobby: timedelta = rules.LOBBY
    ) -> Game:
        """Open a lobby with its host in it, about the Python they prepare for.

        A subject with too few questions makes fewer rounds. Raises BusyError with the game that runs there already, and
        NoQuestionsError.
        """
        return await self._open(address, Player(host.id, presentable(name)), host.python, wish, language, lobby)

    async def open_league(self, address: Address, wish: Rules, language: str, python: str, lobby: timedelta) -> Game:
        """Open a lobby that nobody hosts, so that any player may lead the game. Raises as `open` does."""
        return await self._open(address, None, python, wish, language, lobby)

    async def _open(
        self, address: Address, host: Player | None, about: str, wish: Rules, language: str, lobby: timedelta
    ) -> Game:
        running = await self.find(address)
        if running is not None:
            raise BusyError(running)
        now, python = self._now(), Python.named(about)
        seen = await self._store.seen(address.platform, address.chat)
        set_aside = await self._difficulties.asked_no_more()
        drawn = draw(self._shelf, wish.subject, wish.level, python, wish.rounds, seen, set_aside, self._random)
        if not drawn:
            raise NoQuestionsError(wish.subject)
        game = Game(
            id=0,
            address=address,
            host=host.learner if host else None,
            rules=replace(wish, rounds=len(drawn)),
            language=language,
            python=about,
            phase=Phase.LOBBY,
            round=0,
            until=now + lobby,
            made_at=now,
        )
        opened = await self._store.open(game, host, [(each.id, self._study.shown(each)) for each in drawn])
        self.wake(opened.id)
        return opened

    async def rematch(self, id: int, host: Learner, name: str) -> Game:
        """The same once more, with whoever asked for it as the host. Raises as `open` does, and UnknownGameError."""
        game = await self.game(id)
        # A game that was decided early counts fewer rounds than were asked for.
        wish = replace(game.rules, rounds=len(await self._store.rounds(id)))
        return await self.open(game.address, host, name, wish, game.language)

    async def find(self, address: Address) -> Game | None:
        """The game that runs in a place; None where none does, or its podium is on its way."""
        game = await self._store.live(address)
        return None if game is None or game.phase is Phase.OVER else game

    async def game(self, id: int) -> Game:
        """A game by its number. Raises UnknownGameError."""
        return await self.playing.game(id)

    async def players(self, id: int) -> tuple[Player, ...]:
        """Who plays, without those who left."""
        return await self.playing.players(id)

    async def round(self, id: int, number: int) -> Round:
        """A round of a game. Raises UnknownGameError."""
        found = await self._store.round(id, number)
        if found is None:
            raise UnknownGameError(id)
        return found

    async def join(self, id: int, learner: Learner, name: str) -> Game:
        """Let somebody in, or back in with their points. Raises UnknownGameError; ClosedError when too late."""
        game = await self.game(id)
        known = {each.learner: each for each in await self._store.players(id)}
        mine = known.get(learner.id)
        if mine and not mine.left:
            return game
        if not rules.may_join(game):
            raise ClosedError(id)
        player = replace(mine, name=presentable(name)) if mine else Player(learner.id, presentable(name))
        if mine is None and game.phase not in rules.GATHERING:
            player = replace(player, joined_round=game.round, team=_smallest(game, list(known.values())))
        await self._store.join(id, player)
        self.wake(id)
        return game

    async def leave(self, id: int, learner: Learner) -> Game:
        """Let somebody out; a host hands over to whoever joined first. Raises UnknownGameError."""
        await self.game(id)
        if await self._store.leave(id, learner.id):
            self.wake(id)
            self.listeners.answered({id})
        return await self.game(id)

    async def pick_team(self, id: int, learner: Learner, name: str, team: int) -> Game:
        """Choose a team, from 1, in the lobby of a game of teams; who is not in joins. Raises as `join`, ValueError."""
        game = await self.join(id, learner, name)
        if game.rules.mode is not Mode.TEAMS or not 1 <= team <= TEAMS:
            raise ValueError(team)
        if game.phase not in rules.GATHERING:
            raise ClosedError(id)
        await self._store.assign(id, {learner.id: team})
        self.wake(id)
        return game

    async def start(self, id: int, learner: Learner, manages: bool = False) -> Game:
        """Begin, once there is room. This and the next four raise NotAllowedError, NotNowError and UnknownGameError."""
        game = await self._led(id, learner, manages)
        return self._woken(await self.playing.begin(game))

    async def skip(self, id: int, learner: Learner, manages: bool = False) -> Game:
        """Wait no longer: end the round without points, or the reading of its reveal."""
        await self._led(id, learner, manages)
        now = self._now()

        def touch(before: Game, _after: Game, round: Round) -> Round:
            if before.phase is Phase.ASKING:
                return replace(round, closed_at=now, skipped=True)
            return replace(round, skipped=True) if before.phase is Phase.OPEN else round

        return self._woken(await self.playing.move(Move(id, lambda game: rules.skip(game, now), touch)))

    async def pause(self, id: int, learner: Learner, manages: bool = False) -> Game:
        """Stop the time, after the round where one runs; `phase` tells which."""
        await self._led(id, learner, manages)
        return self._woken(await self.playing.move(Move(id, lambda game: rules.pause(game, self._now()))))

    async def resume(self, id: int, learner: Learner, manages: bool = False) -> Game:
        """Go on where it was paused, or without the pause that was to come."""
        await self._led(id, learner, manages)
        return self._woken(await self.playing.move(Move(id, lambda game: rules.resume(game, self._now()))))

    async def stop(self, id: int, learner: Learner, manages: bool = False) -> Game:
        """End the game."""
        await self._led(id, learner, manages)
        return self._woken(await self.playing.move(Move(id, rules.stop, closed_unseen(self._now()))))

    async def gone(self, platform: str, chat: str) -> None:
        """The tutor was removed from a chat: its games end, and nothing is shown."""
        for game in await self._store.live_in(platform, chat):
            self._woken(await self.playing.cancel(game))

    async def answer(
        self,
        id: int,
        round: int,
        learner: Learner,
        response: Sequence[int] | str,
        at: datetime,
        name: str | None = None,
    ) -> Receipt:
        """Take an answer: places in the round's `shown`, in the order of the taps, or typed text.

        `at` is when it was given, by the platform's own time stamp where there is one. With a `name` a stranger joins
        by answering, where joining is still possible.
        """
        joined = presentable(name) if name is not None else None
        return await self._intake.offer(Offer(id, round, learner.id, response, at, joined))

    def offer(self, offer: Offer) -> "asyncio.Future[Receipt]":
        """The same for many: the receipt comes when the answer is stored."""
        return self._intake.offer(offer)

    async def answer_poll(
        self, platform: str, poll: str, learner: Learner, places: Sequence[int], at: datetime, name: str | None = None
    ) -> Receipt | None:
        """Take the vote in a poll; None when no game has such a poll.

        A forwarded poll is open to everybody: give a `name` only for people who are known to be in the chat. A platform
        closes its polls itself at the end of the round: a vote that comes later was on its way.
        """
        round = await self.underway.find(lambda: self._store.of_poll(platform, poll))
        if round is None:
            return None
        given = min(at, round.closes_at) if round.closes_at else at
        return await self.answer(round.game, round.number, learner, places, given, name)

    async def weak_spot(self, id: int, learner: Learner) -> str | None:
        """The competency in which they were wrong most often in this game; None when they never were."""
        return await self._finals.weak_spot(id, learner.id)

    async def flagged(self, id: int) -> tuple[Player, ...]:
        """Players who answered at machine speed, for who leads the game to know."""
        suspected = await self._finals.suspects(id)
        return tuple(each for each in await self._store.players(id) if each.learner in suspected)

    async def top(
        self, platform: str, chat: str = OVERALL, season: str = "", most: int = 10
    ) -> tuple[tuple[int, Rated], ...]:
        """The best of a chat, or of all, in a season (`2026-4`; empty for this one), with their places."""
        return await self._ratings.top(platform, chat, season or self.season, most)

    async def standing(self, platform: str, chat: str, learner: Learner, season: str = "") -> Rated | None:
        """One learner's rating in a chat, or overall; None before their first game of the season."""
        return await self._ratings.of(platform, chat, season or self.season, learner.id)

    @property
    def season(self) -> str:
        """The season that runs."""
        return season_of(self._now())

    async def _led(self, id: int, learner: Learner, manages: bool) -> Game:
        """The game, for who may lead it: the host, managers, and any player once the host was forgotten."""
        game = await self.game(id)
        if manages or game.host == learner.id:
            return game
        if game.host is None and any(each.learner == learner.id for each in await self.players(id)):
            return game
        raise NotAllowedError(id)

    def _woken(self, game: Game) -> Game:
        self.wake(game.id)
        return game


def _smallest(game: Game, known: Sequence[Player]) -> int | None:
    """The team that a late player joins."""
    if game.rules.mode is not Mode.TEAMS:
        return None
    sizes = [sum(each.team == team and not each.left for each in known) for team in range(1, TEAMS + 1)]
    return sizes.index(min(sizes)) + 1
