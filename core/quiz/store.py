"""Queries of games, their players and their rounds."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery.schedules import Address
from core.quiz.model import Game, Phase, Player, Round
from core.quiz.rows import PLAYER, game_of, new_game, player_of, player_row, round_of, round_row, standing_of
from core.quiz.rules import NotNowError
from core.storage.database import Database
from core.storage.gathering import Gathering
from core.storage.quiz_tables import games, players, rounds
from core.storage.tables import postings

REMEMBERED = 300
"""So many of a chat's last questions are looked at."""
TOGETHER = 1_000
"""So much is looked up in one query at most."""


class BusyError(Exception):
    """There is a game in this place already."""

    def __init__(self, game: Game) -> None:
        super().__init__(game.id)
        self.game = game


class UnknownGameError(Exception):
    """There is no such game, or no such round of it."""


class NotOursError(Exception):
    """Another worker looks after the game now."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one game by a rule. `touch` changes its round along with it: given the game before and after.

    With a `worker` only if the game is still theirs.
    """

    game: int
    rule: Callable[[Game], Game]
    touch: Callable[[Game, Game, Round], Round] | None = None
    worker: str | None = None


class GameStore:
    """Games, players, rounds.

    People's wishes queue among themselves: a round's end waits for one of them at most, not for a crowd that joins.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looking = Gathering(self._games, TOGETHER)
        self._polling = Gathering(self._of_polls, TOGETHER)
        self._turn = asyncio.Lock()

    async def open(self, game: Game, host: Player | None, questions: Sequence[tuple[str, Sequence[str]]]) -> Game:
        """A new game with its host, if any, and its questions, each with its options as shown. Raises BusyError."""
        try:
            async with self._turn, self._database.write() as connection:
                await connection.execute(
                    update(games)
                    .where(*_at(game.address), games.c.phase == Phase.OVER.value)
                    .values(ended_at=game.made_at)
                )
                made = await connection.execute(insert(games).values(new_game(game)).returning(games))
                opened = game_of(made.one())
                if host:
                    await connection.execute(insert(players), [player_row(opened.id, host)])
                numbered = enumerate(questions, 1)
                rows = [
                    {"game": opened.id, "number": number, "question": id, "shown": list(shown)}
                    for number, (id, shown) in numbered
                ]
                await connection.execute(insert(rounds), rows)
                return opened
        except IntegrityError as error:
            running = await self.live(game.address)
            if running is None:
                raise
            raise BusyError(running) from error

    async def live(self, address: Address) -> Game | None:
        """The game that runs in a place."""
        return await self._game(select(games).where(*_at(address)))

    async def live_in(self, platform: str, chat: str) -> tuple[Game, ...]:
        """The games that run anywhere in a chat."""
        query = select(games).where(games.c.platform == platform, games.c.chat == chat, games.c.ended_at.is_(None))
        async with self._database.read() as connection:
            return tuple(map(game_of, await connection.execute(query)))

    async def game(self, id: int) -> Game | None:
        """A game by its number; those that a crowd asks for at once are looked up together."""
        return await self._looking.put(id)

    async def _games(self, ids: Sequence[int]) -> Sequence[Game | None]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(games).where(games.c.id.in_(set(ids))))
            found = {row.id: game_of(row) for row in rows}
        return [found.get(id) for id in ids]

    async def _game(self, query: Select[Any]) -> Game | None:
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return game_of(row) if row else None

    async def players(self, game: int) -> tuple[Player, ...]:
        """Everybody who ever joined, by their number."""
        query = select(*PLAYER).where(players.c.game == game).order_by(players.c.learner)
        async with self._database.read() as connection:
            return tuple(map(player_of, await connection.execute(query)))

    async def rounds(self, game: int) -> tuple[Round, ...]:
        """The rounds of a game, also those to come."""
        query = select(rounds).where(rounds.c.game == game).order_by(rounds.c.number)
        async with self._database.read() as connection:
            return tuple(map(round_of, await connection.execute(query)))

    async def round(self, game: int, number: int) -> Round | None:
        """One round."""
        return await self._round(select(rounds).where(rounds.c.game == game, rounds.c.number == number))

    async def of_poll(self, platform: str, poll: str) -> Round | None:
        """The round behind a platform's poll; looked up together, too."""
        return await self._polling.put((platform, poll))

    async def _of_polls(self, wanted: Sequence[tuple[str, str]]) -> Sequence[Round | None]:
        query = select(rounds, games.c.platform).join(games, games.c.id == rounds.c.game)
        async with self._database.read() as connection:
            rows = await connection.execute(query.where(rounds.c.poll.in_({poll for _, poll in wanted})))
            found = {(row.platform, row.poll): round_of(row) for row in rows}
        return [found.get(each) for each in wanted]

    async def _round(self, query: Select[Any]) -> Round | None:
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return round_of(row) if row else None

    async def seen(self, platform: str, chat: str) -> tuple[str, ...]:
        """The questions a chat has seen lately in games and dailies, those of games first, the last one first."""
        played = (
            select(rounds.c.question)
            .join(games, games.c.id == rounds.c.game)
            .where(games.c.platform == platform, games.c.chat == chat, rounds.c.shown_at.is_not(None))
            .order_by(rounds.c.game.desc(), rounds.c.number.desc())
            .limit(REMEMBERED)
        )
        posted = select(postings.c.question).filter_by(platform=platform, chat=chat).order_by(postings.c.id.desc())
        async with self._database.read() as connection:
            lately = list((await connection.execute(played)).scalars())
            return (*lately, *(await connection.execute(posted.limit(REMEMBERED))).scalars())

    async def join(self, game: int, player: Player) -> None:
        """Let somebody in, or back in, under that name and in that team; their points stay."""
        dialect = sqlite if self._database.embedded else postgresql
        joined = dialect.insert(players).values(player_row(game, player))
        again = joined.on_conflict_do_update(
            index_elements=("game", "learner"), set_={"left": False, "name": player.name, "team": player.team}
        )
        async with self._turn, self._database.write() as connection:
            await connection.execute(again)

    async def leave(self, game: int, learner: int) -> bool:
        """Let somebody out; False when they were not in. A host who leaves hands over to whoever joined first."""
        async with self._turn, self._database.write() as connection:
            out = await connection.execute(
                update(players)
                .where(players.c.game == game, players.c.learner == learner, ~players.c.left)
                .values(left=True)
            )
            heir = (
                select(players.c.learner)
                .where(players.c.game == game, ~players.c.left)
                .order_by(players.c.joined_round, players.c.learner)
                .limit(1)
                .scalar_subquery()
            )
            await connection.execute(
                update(games)
                .where(games.c.id == game, games.c.host == learner)
                .values(host=func.coalesce(heir, learner))
            )
            return out.rowcount > 0

    async def assign(self, game: int, teams: Mapping[int, int]) -> None:
        """Put players into teams."""
        if not teams:
            return
        chosen = (
            update(players)
            .where(players.c.game == game, players.c.learner == bindparam("of"))
            .values(team=bindparam("chosen"))
        )
        async with self._turn, self._database.write() as connection:
            await connection.execute(chosen, [{"of": learner, "chosen": team} for learner, team in teams.items()])

    async def move(self, moves: Sequence[Move]) -> list[Game | Exception]:
        """Change games, all in one transaction; what a rule raises is the result of that move alone."""
        async with self._database.write() as connection:
            return await self.move_in(connection, moves)

    async def move_in(self, connection: AsyncConnection, moves: Sequence[Move]) -> list[Game | Exception]:
        """The same in a transaction that has begun."""
        found = await self.locked(connection, {move.game for move in moves})
        touched = {move.game for move in moves if move.touch}
        current = await current_rounds(connection, [found[id][0] for id in touched if id in found])
        results: list[Game | Exception] = []
        for move in moves:
            try:
                results.append(_apply(move, found, current))
            except Exception as error:
                results.append(error)
        moved = [result for result in results if isinstance(result, Game)]
        if moved:
            await connection.execute(STAND, [{"of": each.id, **standing_of(each)} for each in moved])
        if changed := [round for id in touched if (round := current.get(id))]:
            await connection.execute(KEEP_ROUND, list(map(round_row, changed)))
        return results

    async def locked(self, connection: AsyncConnection, ids: Collection[int]) -> dict[int, tuple[Game, str | None]]:
        """Games with the workers who look after them, held until the transaction's end."""
        query = select(games).where(games.c.id.in_(sorted(ids)))
        if not self._database.embedded:
            query = query.with_for_update()
        return {row.id: (game_of(row), row.worker) for row in await connection.execute(query)}


def _apply(move: Move, found: dict[int, tuple[Game, str | None]], current: dict[int, Round]) -> Game:
    """One move on what was read; several of the same game follow each other."""
    if move.game not in found:
        raise UnknownGameError(move.game)
    before, worker = found[move.game]
    if move.worker is not None and worker != move.worker:
        raise NotOursError(move.game)
    after = move.rule(before)
    round = current.get(move.game)
    if move.touch and round:
        if round.number != before.round:
            raise NotNowError(before)
        current[move.game] = move.touch(before, after, round)
    found[move.game] = after, worker
    return after


async def current_rounds(connection: AsyncConnection, of: Sequence[Game]) -> dict[int, Round]:
    """The rounds that games are in, by the game's number."""
    if not of:
        return {}
    query = (
        select(rounds)
        .join(games, (games.c.id == rounds.c.game) & (games.c.round == rounds.c.number))
        .where(games.c.id.in_([game.id for game in of]))
    )
    return {row.game: round_of(row) for row in await connection.execute(query)}


def _at(address: Address) -> tuple[Any, ...]:
    return (
        games.c.platform == address.platform,
        games.c.chat == address.chat,
        games.c.topic == address.topic,
        games.c.ended_at.is_(None),
    )


STAND = update(games).where(games.c.id == bindparam("of"))
"""Keeps `standing_of` a game `of` that number."""
KEEP_ROUND = update(rounds).where(rounds.c.game == bindparam("of_game"), rounds.c.number == bindparam("of_number"))
"""Keeps the `round_row` of a round."""
