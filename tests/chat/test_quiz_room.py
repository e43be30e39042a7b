"""Where too many games run, a lobby says when its own starts, and why not now."""

from datetime import timedelta

import pytest

from bot.settings import Settings
from bot.wiring import Kucha
from core.bank.wording import Language
from core.chat.presenters.quiz.lobby import lobby
from core.chat.request import Platform
from core.chat.texts import Texts
from core.delivery.schedules import Address
from core.quiz.model import Game, Phase, Rules
from core.quiz.rules import LOBBY
from tests.chat.arena import Arena, Sent, looks_at, player, playing
from tests.chat.conversation import Conversation
from tests.conftest import Clock

ELSEWHERE = "-600"
SAID = {"en": "starts at 10:03 (Berlin), or sooner", "ru": "Старт в 10:03 (Берлин), а может, и раньше"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Telegram at a pace that is enough for one game."""
    settings.telegram_per_second = 0.2
    return settings


async def under_way(arena: Arena, host: Conversation) -> Sent:
    """A game that takes all the room."""
    await host.say("/quiz 1 5r 20s")
    looks_at(host, await arena.next())
    assert await host.press("Start") == "Here we go!"
    return await arena.question()


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_lobby_without_room_tells_the_hour_and_starts_as_soon_as_there_is_some(
    kucha: Kucha, clock: Clock, language: str
) -> None:
    anna = player(kucha, "1", "Anna")
    boris, nina = (player(kucha, str(id), name, language, chat=ELSEWHERE) for id, name in ((2, "Boris"), (3, "Nina")))
    async with playing(kucha, clock) as arena:
        await boris.say("/settings zone Berlin")
        clock.forward(seconds=45)
        await under_way(arena, anna)
        await boris.say("/quiz 1 2r 20s")
        waiting = await arena.next()
        clock.forward(seconds=15)
        looks_at(boris, waiting)
        assert SAID[language] in await boris.press("Старт" if language == "ru" else "Start")
        await arena.until(lambda: SAID[language] in _shown(arena, waiting))
        looks_at(nina, waiting)
        await nina.press("Участвую" if language == "ru" else "Join")
        await arena.until(lambda: "Nina" in _shown(arena, waiting))
        assert SAID[language] in _shown(arena, waiting)
        assert SAID[language] in await boris.say("/quiz start")
        await anna.say("/quiz stop")
        asked = await arena.question()
        assert asked.address.chat == ELSEWHERE
        await arena.until(lambda: ("Игра началась" if language == "ru" else "The game is on") in _shown(arena, waiting))


def _shown(arena: Arena, sent: Sent) -> str:
    return arena.mended.get(sent.message, sent.letter.document).plain()


async def test_a_lobby_that_waits_can_be_stopped(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris", chat=ELSEWHERE)
    async with playing(kucha, clock) as arena:
        await under_way(arena, anna)
        await boris.say("/quiz 1 2r 20s")
        waiting = await arena.next()
        await boris.say("/quiz start")
        await arena.until(lambda: "or sooner" in _shown(arena, waiting))
        await boris.say("/quiz stop")
        await arena.ended(waiting)
        assert "This game is over" in _shown(arena, waiting)


async def test_who_plays_alone_is_told_in_a_message(kucha: Kucha, clock: Clock) -> None:
    anna, alone = player(kucha, "1", "Anna"), Conversation(kucha, "en", "5", "5", name="Eve")
    async with playing(kucha, clock) as arena:
        await under_way(arena, anna)
        assert "Get ready" in await alone.say("/quiz 1 2r 20s")
        clock.forward(seconds=3)
        told = await arena.next()
        assert told.address.chat == "5"
        assert told.text.startswith("Many games are on right now")
        await anna.say("/quiz stop")
        assert (await arena.question()).address.chat == "5"


async def test_a_league_that_nobody_hosts_tells_minutes(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        league = Address(Platform.TELEGRAM, ELSEWHERE)
        opened = await kucha.room.quizzes.open_league(league, Rules(rounds=2), "en", "3.14", LOBBY)
        waiting = await arena.next()
        await player(kucha, "2", "Boris", chat=ELSEWHERE).say("/quiz join")
        await under_way(arena, anna)
        clock.forward(seconds=60)
        await arena.until(lambda: "starts in 2 minutes, or sooner" in _shown(arena, waiting))
        assert (await kucha.room.quizzes.game(opened.id)).phase is Phase.WAITING


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("minutes", [1, 2, 5])
def test_minutes_are_counted_up(kucha: Kucha, clock: Clock, language: Language, minutes: int) -> None:
    until = clock() + timedelta(minutes=minutes) - timedelta(seconds=20)
    game = Game(
        1, Address("telegram", "-1"), None, Rules(), language, "3.14", Phase.WAITING, 0, until, clock(), lobby="5"
    )
    text = lobby(game, (), kucha.room.bank, Texts().in_language(language), clock()).plain()
    words = {
        Language.EN: {1: "in a minute", 2: "in 2 minutes", 5: "in 5 minutes"},
        Language.RU: {1: "через 1 минуту", 2: "через 2 минуты", 5: "через 5 минут"},
    }
    assert f"{words[language][minutes]}, " in text
