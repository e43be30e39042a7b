"""People in a group who play, before a Bot API server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.platforms.telegram.answering import Pace
from bot.platforms.telegram.chat import TelegramChat
from bot.settings import Settings
from bot.wiring import Kucha, open_kucha
from core.chat.request import Platform
from core.chat.venue import Venue
from core.quiz.model import Game
from tests.contract.game_clock import GameClock
from tests.contract.telegram.conftest import SAYING, built_in_lessons
from tests.contract.telegram_server import TOKEN, Call, TelegramServer
from tests.platforms.telegram.updates import Json, from_bot, message, tap

CLUB: Json = {"id": -100300, "type": "supergroup", "title": "Club"}


def person(number: int, name: str) -> Json:
    """Somebody who reads English."""
    return {"id": number, "is_bot": False, "first_name": name, "language_code": "en"}


HOST, GUEST, THIRD = person(7, "Hanna"), person(8, "Gus"), person(9, "Theo")


@dataclass
class Party:
    """A group, the bot in it, and the time. `chat` is where people write."""

    server: TelegramServer
    kucha: Kucha
    clock: GameClock
    chat: Json = field(default_factory=lambda: dict(CLUB))
    fields: Json = field(default_factory=dict)
    _queries: int = 0

    async def open(self, wish: str = "level 1, 10 rounds by 20 seconds", sender: Json = HOST) -> Call:
        """Ask for a game; the lobby."""
        await self.say(f"/quiz@kucha_bot {wish}", sender)
        return await self.letter(lambda call: any(token.startswith("quiz:join:") for token in call.tokens))

    async def begin(self, *guests: Json, wish: str = "level 1, 10 rounds by 20 seconds") -> Call:
        """Open a game, let people in, start it, and skip to a round that is a poll; the poll."""
        lobby = await self.open(wish)
        for guest in guests:
            await self.tap("quiz:join:1", lobby, guest)
        await self.tap("quiz:start:1", lobby, HOST)
        return await self.poll(1)

    async def say(self, text: str, sender: Json = HOST) -> None:
        """Write into the group."""
        update = await self.server.push(message=message(text, chat=self.chat, sender=sender, **self.fields))
        await self.server.wait_taken(update)

    async def tap(self, token: str, held: Call | None, sender: Json) -> str:
        """Tap a button; what only who tapped is told."""
        self._queries += 1
        query = f"query-{self._queries}"
        place = from_bot(chat=self.chat, message_id=self.number(held) if held else 1)
        await self.server.push(callback_query=tap(token, place, sender=sender, query=query))
        await self.server.wait_until(lambda: bool(self._told(query)))
        return str(self._told(query)[0].params.get("text", ""))

    def _told(self, query: str) -> list[Call]:
        answers = self.server.made("answerCallbackQuery")
        return [call for call in answers if call.params["callback_query_id"] == query]

    async def vote(self, poll: Call, place: int, sender: Json) -> None:
        """Answer a poll."""
        places = {"option_ids": [place], "option_persistent_ids": [f"o{place}"]}
        answer = {"poll_id": f"poll-{self.number(poll)}", "user": sender, **places}
        await self.server.wait_taken(await self.server.push(poll_answer=answer))

    def number(self, sent: Call) -> int:
        """The id that a message got."""
        return 5001 + self.sent().index(sent)

    def sent(self) -> list[Call]:
        """Everything that arrived in a chat as a new message."""
        return [call for call in self.server.made(*SAYING) if call.refusal is None and call.method.startswith("send")]

    async def letter(self, wanted: Callable[[Call], bool], after: Call | None = None) -> Call:
        """The first such message after another."""
        begin = self.sent().index(after) + 1 if after else 0

        def found() -> list[Call]:
            return [call for call in self.sent()[begin:] if wanted(call)]

        await self.server.wait_until(lambda: bool(found()))
        return found()[0]

    async def round(self, number: int) -> Call:
        """A round's question, poll or buttons, once its time runs."""
        asked = await self.letter(lambda call: _asks(call, number))
        await self.until(lambda game: game.round == number and game.phase == "open")
        return asked

    async def poll(self, number: int) -> Call:
        """The next question from that round on that is a poll; others are skipped."""
        while True:
            asked = await self.round(number)
            if asked.method == "sendPoll":
                return asked
            await self.say("/quiz@kucha_bot skip")
            await self.until(lambda game, number=number: (game.round, game.phase) == (number, "reveal"))  # type: ignore[misc]
            await self.next_round()
            number += 1

    async def next_round(self) -> None:
        """Let the reveal be read."""
        await self.until(lambda game: game.phase == "reveal")
        self.clock.forward(60)

    async def until(self, condition: Callable[[Game], bool], game: int = 1) -> Game:
        """The game, as soon as it stands so."""
        async with asyncio.timeout(60):
            while True:
                found = await self.kucha.room.quizzes.game(game)
                if condition(found):
                    return found
                await asyncio.sleep(0.01)

    async def scores(self, game: int = 1) -> dict[str, int]:
        """How many each player got right."""
        return {player.name: player.right for player in await self.kucha.room.quizzes.players(game)}


def _asks(call: Call, number: int) -> bool:
    if call.method == "sendPoll":
        return str(call.params["question"]).startswith(f"{number}/")
    return any(token.startswith(f"tap:1:{number}:") for token in call.tokens)


def right(poll: Call) -> int:
    """The place of the right answer."""
    place: int = poll.params["correct_option_ids"][0]
    return place


def wrong(poll: Call) -> int:
    """The place of a wrong answer."""
    return (right(poll) + 1) % len(poll.params["options"])


@asynccontextmanager
async def party(server: TelegramServer, data: Path, clock: GameClock, **settings: Any) -> AsyncIterator[Party]:
    """The tutor serves inside the block; the games that run are taken up again at the next start."""
    known = Settings(_env_file=None, kucha_data=data, kucha_packs="", **settings)
    stop = asyncio.Event()
    async with open_kucha(known, clock, lessons=built_in_lessons()) as kucha:

        async def games(platform: Platform, venue: Venue, end: asyncio.Event) -> None:
            await kucha.quiz_nights.director(platform, venue, clock.wait).run(end)

        chat = TelegramChat(
            TOKEN,
            kucha.app,
            kucha.remembered,
            api_url=server.url,
            games=games,
            per_second=0,
            pace=Pace(poll=5, poll_known=0.05),
            now=clock,
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(chat.run(stop))
            try:
                yield Party(server, kucha, clock)
            finally:
                stop.set()
                clock.forward(0)
