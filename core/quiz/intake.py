"""Taking answers: many at once in one durable transaction, each acknowledged only after that."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.bank.model import Question
from core.quiz.model import Game, Mode, Player, Receipt, Round
from core.quiz.responses import kept
from core.quiz.rows import player_row
from core.quiz.rules import PLAYS, TAKEN, Gate, Who, gate
from core.quiz.scoring import TEAMS
from core.quiz.store import GameStore, current_rounds
from core.storage.bulk import BulkInsert, Moments
from core.storage.database import Database
from core.storage.gathering import Gathering
from core.storage.quiz_tables import answers, players
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
        self._add = BulkInsert(database, new.on_conflict_do_nothing(), _COLUMNS)
        self._change = BulkInsert(database, changed, _COLUMNS)
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
            await self._add.run(connection, tray.new)
            await self._change.run(connection, tray.changed)
        if tray.touched:
            self._stored(tray.touched)
        return receipts

    async def _read(self, connection: AsyncConnection, offers: Sequence[Offer]) -> "_Tray":
        """All that is needed to judge the offers, in three queries, and one more in games of teams."""
        found = await self._store.locked(connection, {offer.game for offer in offers})
        of = {id: game for id, (game, _) in found.items()}
        current = await current_rounds(connection, list(of.values()))
        tray = _Tray(self._database, of, current, self._shelf)
        learners: dict[int, list[int]] = {}
        for offer in offers:
            learners.setdefault(offer.game, []).append(offer.learner)
        query = _SPECIAL_EMBEDDED if self._database.embedded else _SPECIAL
        special = await connection.execute(query, {"asked": json.dumps(learners)})
        for game, learner, known, out, left, response in special.all():
            who = Who.OUT if out is not None else Who.LEFT if left else Who.PLAYS
            tray.people(game)[learner] = (who if known else Who.STRANGER), response
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

    def __init__(self, database: Database, games: dict[int, Game], rounds: dict[int, Round], shelf: Shelf) -> None:
        self._moments = Moments(database)
        self._games = games
        self._rounds = rounds
        self._shelf = shelf
        self._people: dict[int, dict[int, tuple[Who, str | None]]] = {}
        self._bowls: dict[tuple[int, int], _Bowl] = {}
        self.teams: dict[int, list[int]] = {}
        self.joined: dict[tuple[int, int], Player] = {}

    def people(self, game: int) -> dict[int, tuple[Who, str | None]]:
        """Those who are not just players without an answer: who they are, and what they answered before."""
        return self._people.setdefault(game, {})

    @property
    def new(self) -> list[tuple[Any, ...]]:
        """Rows to be written for the first time."""
        return [row for bowl in self._bowls.values() for row in bowl.new.values()]

    @property
    def changed(self) -> list[tuple[Any, ...]]:
        """Rows to be written in the place of others."""
        return [row for bowl in self._bowls.values() for row in bowl.changed.values()]

    @property
    def touched(self) -> set[int]:
        """The games that got answers."""
        return {game for (game, _), bowl in self._bowls.items() if bowl.new or bowl.changed}

    def take(self, offer: Offer) -> Receipt:
        """Judge an offer, and lay aside what is to be written."""
        game, learner = offer.game, offer.learner
        bowl = self._bowls.get((game, offer.round)) or self._bowl(game, offer.round)
        who, before = bowl.people.get(learner, _PLAYER)
        receipt = bowl.gate.judge(offer.at, who, before is not None, offer.name is not None)
        if receipt not in _WRITTEN:
            return receipt
        said = offer.response if isinstance(offer.response, str | tuple) else tuple(offer.response)
        plays = bowl.said.get(said) or bowl.understood(said)
        if plays is None:
            return Receipt.INVALID
        response = plays[1]
        if response == before:
            return TAKEN
        if who is not PLAYS:
            self._let_in(offer)
        bowl.people[learner] = plays
        after = max((offer.at - bowl.shown_at) // _MILLISECOND, 0) if bowl.shown_at else UNKNOWN
        row = game, offer.round, learner, response, self._moments.stored(offer.at), after
        (bowl.new if before is None or learner in bowl.new else bowl.changed)[learner] = row
        return receipt

    def _bowl(self, id: int, number: int) -> "_Bowl":
        game, round = self._games.get(id), self._rounds.get(id)
        entry = gate(game, number) if game and round else _SHUT
        question = self._shelf.question(round.question) if round else None
        made = _Bowl(entry, round.shown_at if round else None, question, round.shown if round else (), self.people(id))
        self._bowls[id, number] = made
        return made

    def _let_in(self, offer: Offer) -> None:
        game = self._games[offer.game]
        team = None
        if game.rules.mode is Mode.TEAMS:
            sizes = self.teams[game.id]
            team = sizes.index(min(sizes)) + 1
            sizes[team - 1] += 1
        self.joined[game.id, offer.learner] = Player(offer.learner, offer.name or "", team, game.round)


@dataclass(slots=True)
class _Bowl:
    """The answers to one round: what they are judged by, and those that are to be written."""

    gate: Gate
    shown_at: datetime | None
    question: Question | None
    shown: tuple[str, ...]
    people: dict[int, tuple[Who, str | None]]
    said: dict[tuple[int, ...] | str, tuple[Who, str]] = field(default_factory=dict)
    new: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    changed: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def understood(self, said: tuple[int, ...] | str) -> tuple[Who, str] | None:
        """A player with that answer as it is kept; worked out once for all who said the same."""
        response = kept(self.question, self.shown, said) if self.question else None
        if response is not None:
            self.said[said] = PLAYS, response
        return self.said.get(said)


_PLAYER: tuple[Who, str | None] = (PLAYS, None)
_WRITTEN = (TAKEN, Receipt.CHANGED)
_SHUT = Gate(is_open=False, until=None, may_join=False, again=Receipt.LATE)

_ASKED_EMBEDDED = """
SELECT CAST(game.key AS INTEGER) AS game, learner.value AS learner
FROM json_each(:asked) AS game, json_each(game.value) AS learner
"""
_ASKED = """
SELECT CAST(game.key AS BIGINT) AS game, CAST(learner.value AS BIGINT) AS learner
FROM json_each(CAST(:asked AS JSON)) AS game, json_array_elements_text(game.value) AS learner
"""
_WHO_IS_SPECIAL = """
WITH asked AS ({asked})
SELECT asked.game, asked.learner, players.learner IS NOT NULL, players.out_round, players."left", answers.response
FROM asked
JOIN games ON games.id = asked.game
LEFT JOIN players ON players.game = asked.game AND players.learner = asked.learner
LEFT JOIN answers ON answers.game = games.id AND answers.round = games.round AND answers.learner = asked.learner
WHERE players.learner IS NULL OR players.out_round IS NOT NULL OR players."left" OR answers.learner IS NOT NULL
"""
_SPECIAL_EMBEDDED = text(_WHO_IS_SPECIAL.format(asked=_ASKED_EMBEDDED))
_SPECIAL = text(_WHO_IS_SPECIAL.format(asked=_ASKED))
