"""Taking answers: many at once in one durable transaction, each acknowledged only after that."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.quiz.gathering import Gathering
from core.quiz.model import Game, Mode, Player, Receipt, Round
from core.quiz.responses import kept
from core.quiz.rows import player_row
from core.quiz.rules import Gate, Who, gate
from core.quiz.scoring import TEAMS
from core.quiz.store import GameStore, current_rounds
from core.storage.bulk import Bulk, among, moment
from core.storage.database import Database
from core.storage.quiz_tables import answers, games, players
from core.study.selection import Shelf

AT_ONCE = 5_000
"""Answers of one transaction, at most: a tenth of a second's work."""
UNKNOWN = -1
"""The milliseconds of an answer that came before it was known when the question had arrived."""

_COLUMNS = ("game", "round", "learner", "response", "at", "after_ms")
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
        changed = new.on_conflict_do_update(
            index_elements=("game", "round", "learner"),
            set_={name: new.excluded[name] for name in ("response", "at", "after_ms")},
        )
        self._add = Bulk(database, new.on_conflict_do_nothing(), _COLUMNS)
        self._change = Bulk(database, changed, _COLUMNS)
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
            await self._add.run(connection, list(tray.new.values()))
            await self._change.run(connection, list(tray.changed.values()))
        if touched := {game for game, _ in (*tray.new, *tray.changed)}:
            self._stored(touched)
        return receipts

    async def _read(self, connection: AsyncConnection, offers: Sequence[Offer]) -> "_Tray":
        """All that is needed to judge the offers, in three queries, and one more in games of teams."""
        found = await self._store.locked(connection, {offer.game for offer in offers})
        of = {id: game for id, (game, _) in found.items()}
        current = await current_rounds(connection, list(of.values()))
        seen = select(
            players.c.game, players.c.learner, players.c.out_round, players.c.left, answers.c.response
        ).select_from(
            players.join(games, games.c.id == players.c.game).outerjoin(
                answers,
                (answers.c.game == players.c.game)
                & (answers.c.round == games.c.round)
                & (answers.c.learner == players.c.learner),
            )
        )
        who = {(offer.game, offer.learner) for offer in offers}
        rows = (await connection.execute(seen.where(self._in(who)))).all()
        people = {
            (row[0], row[1]): (Who.OUT if row[2] is not None else Who.LEFT if row[3] else Who.PLAYS, row[4])
            for row in rows
        }
        tray = _Tray(self._database, of, current, self._shelf, people)
        if any(game.rules.mode is Mode.TEAMS for game in of.values()):
            tray.teams = await self._teams(connection, of)
        return tray

    def _in(self, who: set[tuple[int, int]]) -> Any:
        """Those games and learners; in one game, as in a big one, a list of numbers will do."""
        ids = {game for game, _ in who}
        if len(ids) > 1:
            return tuple_(players.c.game, players.c.learner).in_(sorted(who))
        learners = {learner for _, learner in who}
        return (players.c.game == ids.pop()) & among(self._database, players.c.learner, learners)

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
        database: Database,
        games: dict[int, Game],
        rounds: dict[int, Round],
        shelf: Shelf,
        people: dict[tuple[int, int], tuple[Who, str | None]],
    ) -> None:
        self._database = database
        self._games = games
        self._rounds = rounds
        self._shelf = shelf
        self._people = people
        self._gates: dict[tuple[int, int], Gate] = {}
        self._kept: dict[tuple[int, Any], str | None] = {}
        self.teams: dict[int, list[int]] = {}
        self.joined: dict[tuple[int, int], Player] = {}
        self.new: dict[tuple[int, int], tuple[Any, ...]] = {}
        self.changed: dict[tuple[int, int], tuple[Any, ...]] = {}

    def take(self, offer: Offer) -> Receipt:
        """Judge an offer, and lay aside what is to be written."""
        game, key = offer.game, (offer.game, offer.learner)
        who, before = self._people.get(key, _NOBODY)
        gate = self._gates.get((game, offer.round)) or self._gate(game, offer.round)
        receipt = gate.judge(offer.at, who, before is not None, offer.name is not None)
        if receipt is not Receipt.TAKEN and receipt is not Receipt.CHANGED:
            return receipt
        said = offer.response if isinstance(offer.response, str | tuple) else tuple(offer.response)
        response = self._kept[game, said] if (game, said) in self._kept else self._response(game, said)
        if response is None:
            return Receipt.INVALID
        if response == before:
            return Receipt.TAKEN
        if who is not Who.PLAYS:
            self._let_in(offer)
        self._people[key] = Who.PLAYS, response
        shown_at = self._rounds[game].shown_at
        after = max((offer.at - shown_at) // _MILLISECOND, 0) if shown_at else UNKNOWN
        row = game, offer.round, offer.learner, response, moment(self._database, offer.at), after
        (self.new if before is None or key in self.new else self.changed)[key] = row
        return receipt

    def _gate(self, id: int, round: int) -> Gate:
        game = self._games.get(id)
        found = gate(game, round) if game and id in self._rounds else _SHUT
        self._gates[id, round] = found
        return found

    def _response(self, game: int, said: tuple[int, ...] | str) -> str | None:
        """The answer as it is kept; worked out once for all who tapped the same."""
        round = self._rounds[game]
        question = self._shelf.question(round.question)
        self._kept[game, said] = response = kept(question, round.shown, said) if question else None
        return response

    def _let_in(self, offer: Offer) -> None:
        game = self._games[offer.game]
        team = None
        if game.rules.mode is Mode.TEAMS:
            sizes = self.teams[game.id]
            team = sizes.index(min(sizes)) + 1
            sizes[team - 1] += 1
        self.joined[game.id, offer.learner] = Player(offer.learner, offer.name or "", team, game.round)


_NOBODY: tuple[Who, str | None] = (Who.STRANGER, None)
_SHUT = Gate(is_open=False, until=None, may_join=False, again=Receipt.LATE)
