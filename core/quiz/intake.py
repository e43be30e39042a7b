"""Taking answers: many at once in one durable transaction, each acknowledged only after that."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.quiz.gathering import Gathering
from core.quiz.model import Game, Mode, Player, Receipt, Round
from core.quiz.responses import kept
from core.quiz.rows import PLAYER, player_of, player_row
from core.quiz.rules import judge
from core.quiz.scoring import TEAMS
from core.quiz.store import GameStore, current_rounds
from core.storage.database import Database
from core.storage.quiz_tables import answers, players
from core.study.selection import Shelf

AT_ONCE = 2_500
"""Answers of one transaction, at most: a tenth of a second's work."""
UNKNOWN = -1
"""The milliseconds of an answer that came before it was known when the question had arrived."""

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer as it came in: places of options as shown, or typed text, at the moment it was given.

    With a `name` a stranger joins by it, where one may still join.
    """

    game: int
    round: int
    learner: int
    response: Sequence[int] | str
    at: datetime
    name: str | None = None


class Intake:
    """Gathers answers. `stored` hears of the games that got some."""

    def __init__(self, database: Database, store: GameStore, shelf: Shelf, stored: Callable[[set[int]], None]) -> None:
        self._database = database
        self._store = store
        self._shelf = shelf
        self._stored = stored
        self._gathering = Gathering(self._write, AT_ONCE)
        dialect = sqlite if database.embedded else postgresql
        new = dialect.insert(answers)
        self._add = new.on_conflict_do_nothing()
        self._change = new.on_conflict_do_update(
            index_elements=("game", "round", "learner"),
            set_={name: new.excluded[name] for name in ("response", "at", "after_ms")},
        )
        self._join = dialect.insert(players).on_conflict_do_update(
            index_elements=("game", "learner"), set_={"left": False}
        )

    def offer(self, offer: Offer) -> "asyncio.Future[Receipt]":
        """Take an answer; what is returned is done when it is stored."""
        return self._gathering.put(offer)

    async def flush(self) -> None:
        """Wait until what was offered so far is stored."""
        await self._gathering.flush()

    async def _write(self, offers: Sequence[Offer]) -> Sequence[Receipt]:
        async with self._database.write() as connection:
            tray = await self._read(connection, offers)
            receipts = [tray.take(offer) for offer in offers]
            if tray.joined:
                rows = [player_row(game, player) for (game, _), player in tray.joined.items()]
                await connection.execute(self._join, rows)
            if tray.new:
                await connection.execute(self._add, list(tray.new.values()))
            if tray.changed:
                await connection.execute(self._change, list(tray.changed.values()))
        if touched := {game for game, _ in (*tray.new, *tray.changed)}:
            self._stored(touched)
        return receipts

    async def _read(self, connection: AsyncConnection, offers: Sequence[Offer]) -> "_Tray":
        """All that is needed to judge the offers, in four queries."""
        found = await self._store.locked(connection, {offer.game for offer in offers})
        of = {id: game for id, (game, _) in found.items()}
        current = await current_rounds(connection, list(of.values()))
        wanted = sorted({(offer.game, offer.learner) for offer in offers})
        seen = await connection.execute(select(*PLAYER).where(_in((players.c.game, players.c.learner), wanted)))
        tray = _Tray(of, current, self._shelf, {(row.game, row.learner): player_of(row) for row in seen})
        rounds = sorted({(offer.game, offer.round, offer.learner) for offer in offers})
        given = await connection.execute(
            select(answers.c.game, answers.c.learner, answers.c.response).where(
                _in((answers.c.game, answers.c.round, answers.c.learner), rounds)
            )
        )
        tray.given = {(game, learner): response for game, learner, response in given}
        if any(game.rules.mode is Mode.TEAMS for game in of.values()):
            tray.teams = await self._teams(connection, of)
        return tray

    async def _teams(self, connection: AsyncConnection, of: dict[int, Game]) -> dict[int, list[int]]:
        sizes: dict[int, list[int]] = {id: [0] * TEAMS for id in of}
        query = select(players.c.game, players.c.team).where(players.c.game.in_(list(of)), ~players.c.left)
        for game, team in await connection.execute(query):
            if team is not None:
                sizes[game][team - 1] += 1
        return sizes


class _Tray:
    """Offers being judged, with what they are judged by and what is to be written."""

    def __init__(
        self,
        games: dict[int, Game],
        rounds: dict[int, Round],
        shelf: Shelf,
        known: dict[tuple[int, int], Player],
    ) -> None:
        self.games = games
        self.rounds = rounds
        self.shelf = shelf
        self.players = known
        self.given: dict[tuple[int, int], str] = {}
        self.teams: dict[int, list[int]] = {}
        self.joined: dict[tuple[int, int], Player] = {}
        self.new: dict[tuple[int, int], dict[str, Any]] = {}
        self.changed: dict[tuple[int, int], dict[str, Any]] = {}
        self._kept: dict[tuple[int, Any], str | None] = {}

    def take(self, offer: Offer) -> Receipt:
        """Judge an offer, and lay aside what is to be written."""
        key = offer.game, offer.learner
        game, round, player = self.games.get(offer.game), self.rounds.get(offer.game), self.players.get(key)
        if game is None or round is None:
            return Receipt.LATE
        before = self.given.get(key)
        receipt = judge(game, offer.round, player, offer.at, before is not None, offer.name is not None)
        if receipt not in (Receipt.TAKEN, Receipt.CHANGED):
            return receipt
        response = self._response(round, offer)
        if response is None:
            return Receipt.INVALID
        if response == before:
            return Receipt.TAKEN
        if player is None or player.left:
            self._let_in(game, offer, player)
        self.given[key] = response
        row = {
            "game": offer.game,
            "round": offer.round,
            "learner": offer.learner,
            "response": response,
            "at": offer.at,
            "after_ms": max((offer.at - round.shown_at) // _MILLISECOND, 0) if round.shown_at else UNKNOWN,
        }
        if receipt is Receipt.TAKEN or key in self.new:
            self.new[key] = row
        else:
            self.changed[key] = row
        return receipt

    def _response(self, round: Round, offer: Offer) -> str | None:
        """The answer as it is kept; worked out once for all who tapped the same."""
        said = offer.response if isinstance(offer.response, str) else tuple(offer.response)
        known = offer.game, said
        if known not in self._kept:
            question = self.shelf.question(round.question)
            self._kept[known] = kept(question, round.shown, said) if question else None
        return self._kept[known]

    def _let_in(self, game: Game, offer: Offer, before: Player | None) -> None:
        team = before.team if before else None
        if team is None and game.rules.mode is Mode.TEAMS:
            sizes = self.teams[game.id]
            team = sizes.index(min(sizes)) + 1
            sizes[team - 1] += 1
        player = before or Player(offer.learner, offer.name or "", team, game.round)
        self.players[game.id, offer.learner] = replace(player, team=team, left=False)
        self.joined[game.id, offer.learner] = self.players[game.id, offer.learner]


def _in(columns: Sequence[Any], wanted: Sequence[tuple[int, ...]]) -> Any:
    """The rows of those keys. Where all but the last part is the same, as in one big game, that is said once."""
    firsts = {key[:-1] for key in wanted}
    if len(firsts) > 1:
        return tuple_(*columns).in_(wanted)
    return tuple_(*columns[:-1]).in_(list(firsts)) & columns[-1].in_([key[-1] for key in wanted])
