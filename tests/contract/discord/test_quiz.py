"""Whole games in a channel on Discord: buttons, selects and dialogs, answered in secret."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord import venue
from bot.settings import Settings
from bot.wiring import Kucha, Lessons, open_kucha
from core.chat.request import Platform
from core.chat.venue import Venue
from core.quiz.model import Game, Phase
from tests.contract.discord.talk import COMPONENT, Talk, talking
from tests.contract.game_clock import GameClock
from tests.platforms.discord.local_discord import LocalDiscord, Received

CHANNEL = "channels/5/messages"
HANNA, GUS = "8", "9"
MANAGES = 1 << 5


@pytest.fixture(autouse=True)
def _discord_stays_where_it_was_and_takes_edits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr(venue, "BETWEEN_EDITS", 0.01)


@pytest.fixture
def clock() -> GameClock:
    return GameClock()


@dataclass
class Party:
    """A channel whose people play; `hanna` is the host."""

    hanna: Talk
    clock: GameClock
    people: dict[str, Talk] = field(default_factory=dict)

    @property
    def gus(self) -> Talk:
        """Another player."""
        return self.people.setdefault(GUS, replace(self.hanna, person=GUS, rights=0, said={}, whispered=False))

    @property
    def server(self) -> LocalDiscord:
        return self.hanna.server

    def sent(self) -> list[dict[str, Any]]:
        """The messages in the channel."""
        posted = [each for each in self.server.received if each.method == "POST" and each.path == CHANNEL]
        return [each.body for each in posted]

    async def letter(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The last such message in the channel."""
        async with asyncio.timeout(60):
            while True:
                if found := [each for each in self.sent() if wanted(each)]:
                    return found[-1]
                await asyncio.sleep(0.01)

    async def round(self, number: int) -> dict[str, Any]:
        """A round's question, once its time runs."""
        asked = await self.letter(lambda body: any(f":tap:1:{number}:" in each for each in ids(body)))
        await self.until(lambda game: game.round == number and game.phase is Phase.OPEN)
        return asked

    async def begin(self, wish: str = "3r") -> dict[str, Any]:
        """Open a game, let Gus in, and start; the first question."""
        await self.hanna.slash("quiz", level="1", rounds=wish, seconds="20s")
        lobby = await self.letter(lambda body: any("quiz:join:1" in each for each in ids(body)))
        assert await self.tap(self.gus, lobby, "quiz:join:1")
        await self.tap(self.hanna, lobby, "quiz:start:1")
        return await self.round(1)

    async def tap(self, who: Talk, shown: dict[str, Any], token: str) -> str:
        """Tap the button with that token, or whose token begins so; what is whispered."""
        (found, *_) = [each for each in ids(shown) if token in each]
        who.said, who.whispered = shown, False
        return await who._answered(COMPONENT, {"custom_id": found, "component_type": 2}, shown=True)

    async def answer(self, who: Talk, shown: dict[str, Any]) -> str:
        """Answer a round somehow, whatever it asks for."""
        who.said, who.whispered = shown, False
        tokens = ids(shown)
        if tokens[0].endswith(":type"):
            return await who.fill_in("Answer", "42")
        if tokens[0].partition(":")[2].split(":")[-1][0] in "pl":
            return await self.tap(who, shown, tokens[0])
        places = [each for each in tokens if each.split(":")[-1][0] in "to"]
        said = ""
        for each in places:
            said = await self.tap(who, shown, each)
        done = [each for each in tokens if each.endswith(":done")]
        return await self.tap(who, shown, done[0]) if done else said

    async def until(self, condition: Callable[[Game], bool]) -> Game:
        """The game, as soon as it stands so."""
        async with asyncio.timeout(60):
            while True:
                if condition(game := await self.hanna.kucha.room.quizzes.game(1)):
                    return game
                await asyncio.sleep(0.01)

    async def next_round(self) -> None:
        await self.until(lambda game: game.phase is Phase.REVEAL or game.ended_at is not None)
        self.clock.forward(60)


def ids(body: dict[str, Any]) -> list[str]:
    """The ids of a message's buttons and of the options of its selects."""
    items = [item for row in body.get("components") or [] for item in row["components"]]
    options = [option["value"] for item in items for option in item.get("options", [])]
    return [item["custom_id"] for item in items if "custom_id" in item and not item.get("options")] + options


@asynccontextmanager
async def party(kucha: Kucha, clock: GameClock, server: LocalDiscord | None = None) -> AsyncIterator[Party]:
    """The tutor on Discord, leading games by the test's clock."""

    async def games(platform: Platform, venue: Venue, end: asyncio.Event) -> None:
        await kucha.quiz_nights.director(platform, venue, clock.wait).run(end)

    async with talking(kucha, games=games, server=server) as talk:
        talk.rights = MANAGES
        yield Party(talk, clock)


@pytest.fixture
async def channel(kucha: Kucha, clock: GameClock) -> AsyncIterator[Party]:
    async with party(kucha, clock) as opened:
        yield opened


async def test_a_game_from_the_lobby_to_the_podium(channel: Party) -> None:
    asked = await channel.begin()
    for number in (1, 2, 3):
        asked = await channel.round(number)
        assert await channel.answer(channel.hanna, asked)
        assert channel.hanna.whispered
        assert await channel.answer(channel.gus, asked)
        await channel.next_round()
    await channel.until(lambda game: game.ended_at is not None)
    podium = await channel.letter(lambda body: any("quiz:rematch:1" in each for each in ids(body)))
    assert "alice" in str(podium)
    assert all(body["allowed_mentions"] == {"parse": []} for body in channel.sent())
    assert {len(each.body["nonce"]) <= 25 for each in posts(channel)} == {True}


def posts(channel: Party) -> list[Received]:
    return [each for each in channel.server.received if each.method == "POST" and each.path == CHANNEL]


async def test_a_question_that_was_sent_twice_is_shown_once(channel: Party) -> None:
    channel.server.cuts.append(CHANNEL)
    asked = await channel.begin()
    assert asked
    names = [each.body["nonce"] for each in posts(channel)]
    assert len(names) == len(set(names)) + 1


async def test_a_tap_that_is_replayed_counts_once(channel: Party) -> None:
    asked = await channel.begin()
    said = [await channel.answer(channel.gus, asked) for _ in range(2)]
    assert all(said)
    game = await channel.hanna.kucha.room.quizzes.game(1)
    assert game.phase is Phase.OPEN


@pytest.mark.parametrize("token", ["tap:1:9:p0", "tap:77:1:p0", "tap:1:1:", "quiz:stop:1", "quiz:nonsense:1"])
async def test_a_forged_token_is_answered_in_secret_and_changes_nothing(channel: Party, token: str) -> None:
    await channel.begin()
    forged = {"components": [{"type": 1, "components": [{"type": 2, "label": "?", "custom_id": f"k0:{token}"}]}]}
    assert await channel.tap(channel.gus, forged, token)
    assert channel.gus.whispered
    assert (await channel.hanna.kucha.room.quizzes.game(1)).phase is Phase.OPEN


@pytest.mark.parametrize(("status", "code"), [(429, 0), (500, 0)])
async def test_a_round_begins_when_its_question_has_arrived(channel: Party, status: int, code: int) -> None:
    asked = await channel.begin()
    await channel.answer(channel.hanna, asked)
    await channel.answer(channel.gus, asked)
    await channel.until(lambda game: game.phase is Phase.REVEAL)
    channel.server.refusals["channels/5/messages"] = [(status, code)] * 3
    channel.server.patience = 1
    channel.clock.forward(60)
    assert await channel.round(2)


@pytest.mark.parametrize("code", [10003, 50001, 50083])
async def test_a_game_ends_where_nothing_can_be_shown_any_more(channel: Party, code: int) -> None:
    await channel.begin()
    channel.server.refusals["channels/5/messages"] = [(403 if code != 10003 else 404, code)] * 20
    channel.clock.forward(30)
    await channel.until(lambda game: game.phase is not Phase.OPEN)
    channel.clock.forward(60)
    await channel.until(lambda game: game.ended_at is not None)


async def test_a_game_ends_with_its_channel(channel: Party) -> None:
    await channel.begin()
    gone = {"id": "5", "guild_id": "9", "type": 0, "name": "python", "position": 0, "permission_overwrites": []}
    server = {
        "id": "9", "name": "server", "owner_id": "7", "roles": [], "emojis": [], "stickers": [], "features": [],
        "members": [], "member_count": 3, "threads": [], "voice_states": [], "presences": [], "premium_tier": 0,
        "channels": [gone], "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "preferred_locale": "en-US",
        "system_channel_flags": 0, "afk_timeout": 60,
    }  # fmt: skip
    await channel.server.dispatch("GUILD_CREATE", server)
    await channel.server.dispatch("CHANNEL_DELETE", gone)
    await channel.until(lambda game: game.ended_at is not None)


async def test_a_bot_that_died_goes_on_with_the_game(
    settings: Settings, lessons: Lessons, kucha: Kucha, clock: GameClock
) -> None:
    async with LocalDiscord() as server:
        async with party(kucha, clock, server) as channel:
            asked = await channel.begin()
            await channel.answer(channel.gus, asked)
            copied = settings.kucha_data.with_name("copied")
            shutil.copytree(settings.kucha_data, copied)
        server.ready.clear()
        again = settings.model_copy(update={"kucha_data": copied})
        async with open_kucha(again, clock, lessons=lessons) as revived, party(revived, clock, server) as channel:
            clock.forward(10)
            await channel.until(lambda game: game.phase is Phase.REVEAL or game.round > 1 or game.ended_at is not None)
            async with revived.database.read() as connection:
                rows = (await connection.exec_driver_sql("select learner from answers")).all()
            assert len(rows) == 1
