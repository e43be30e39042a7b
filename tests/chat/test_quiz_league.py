"""A group's league: who sets it, how it is told, and that each date has one game."""

from datetime import timedelta

import pytest

from bot.wiring import Kucha
from core.chat.league_nights import LOBBY
from core.chat.request import Platform
from core.delivery.schedules import QUIZ, Address
from tests.chat.arena import GROUP, looks_at, player, playing
from tests.chat.conversation import Conversation
from tests.chat.postbox import Postbox
from tests.conftest import Clock

SPOKEN = {
    "every friday 18:00": "Fri at 18:00",
    "каждую пятницу 18:00": "Fri at 18:00",
    "по пятницам в 18:00": "Fri at 18:00",
    "fri 18:00": "Fri at 18:00",
    "every weekday at 9:30, level 2": "On weekdays at 09:30",
    "ежедневно 21:00": "Every day at 21:00",
}


@pytest.mark.parametrize("words", SPOKEN)
async def test_days_and_an_hour_are_understood_in_both_languages(kucha: Kucha, words: str) -> None:
    admin = player(kucha, "1", "Anna", manages=True)
    said = await admin.say(f"/quiz {words}")
    assert SPOKEN[words] in said
    assert ("level 2" if "level 2" in words else "level 1") in said
    assert SPOKEN[words] in await admin.say("/quiz every")


async def test_only_administrators_of_groups_change_it(kucha: Kucha) -> None:
    anna, admin = player(kucha, "1", "Анна", "ru"), player(kucha, "2", "Cid", manages=True)
    assert "администраторы" in await anna.say("/quiz каждую пятницу 18:00")
    assert "Лиги здесь нет" in await anna.say("/quiz каждую")
    assert "At what time?" in await admin.say("/quiz every friday")
    assert "I do not understand “blue moon”" in await admin.say("/quiz every blue moon 18:00")
    await admin.say("/quiz every friday 18:00")
    assert "администраторы" in await anna.say("/quiz off")
    assert "The league is off" in await admin.say("/quiz off")
    assert "no league here" in await admin.say("/quiz off")
    alone = Conversation(kucha, person="9")
    assert "Leagues are for groups" in await alone.say("/quiz every friday 18:00")
    assert "Leagues are for groups" in await alone.say("/quiz off")


async def test_the_platform_asks_for_rights_only_where_they_matter(kucha: Kucha) -> None:
    from core.chat.catalogue import CATALOGUE
    from core.chat.request import Command, Press

    decides = CATALOGUE.decides
    for words in ("stop", "СТОП", "every friday 18:00", "по пятницам 18:00", "off", "skip", "pause", "resume", "start"):
        assert decides(Command("quiz", words)), words
    for words in ("", "slots", "join", "leave", "2 10 30", "teams"):
        assert not decides(Command("quiz", words)), words
    assert decides(Press("quiz:start:1"))
    assert decides(Press("quiz:cancel:1"))
    assert not any(
        decides(Press(token)) for token in ("quiz:join:1", "quiz:team:1:2", "tap:1:1:p0", "quiz:go:1.5.20.a0.")
    )


async def test_a_lobby_opens_when_it_is_due_and_any_player_leads_it(kucha: Kucha, clock: Clock) -> None:
    admin, anna = player(kucha, "1", "Cid", manages=True), player(kucha, "2", "Anna", "ru")
    await admin.say("/quiz every friday 10:00")
    async with playing(kucha, clock) as arena:
        clock.forward(hours=1)
        courier = kucha.rounds.courier(Platform.TELEGRAM, Postbox(kucha))
        assert await courier.deliver_due() == 1
        lobby = await arena.next()
        assert "Nobody yet" in lobby.text
        assert "Cid" not in lobby.text
        assert "5 minutes" in lobby.text
        assert await courier.deliver_due() == 0
        assert "ведущий" in await anna.say("/quiz старт")
        looks_at(anna, lobby)
        await anna.press("Join")
        looks_at(anna, lobby)
        await anna.press("Start")
        assert (await arena.question()).text.startswith("Round 1 of 5")
        clock.forward(days=6)
        assert await courier.deliver_due() == 0


async def test_where_people_play_already_nothing_more_begins(kucha: Kucha, clock: Clock) -> None:
    admin = player(kucha, "1", "Cid", manages=True)
    await admin.say("/quiz every day 10:00")
    clock.forward(minutes=59, seconds=30)
    async with playing(kucha, clock) as arena:
        await admin.say("/quiz slots")
        await arena.next()
        clock.forward(seconds=30)
        await kucha.rounds.courier(Platform.TELEGRAM, Postbox(kucha)).deliver_due()
        known = await kucha.room.schedules.find(Address("telegram", GROUP), QUIZ)
        assert known is not None
        assert known.next_due == clock() + timedelta(days=1)
        assert len(arena.sent) == 1


async def test_a_worker_that_died_after_opening_opens_no_second_game(kucha: Kucha, clock: Clock) -> None:
    admin = player(kucha, "1", "Cid", manages=True)
    await admin.say("/quiz every day 10:00")
    clock.forward(hours=1)
    dying = kucha.rounds.courier(Platform.TELEGRAM, Postbox(kucha))
    parcels = await dying._claims.claim("telegram", clock(), 8)
    assert len(await dying._write(parcels)) == 1
    first = await kucha.room.quizzes.find(Address("telegram", GROUP))
    assert first is not None
    assert first.until == clock() + LOBBY
    clock.forward(seconds=61)
    assert await kucha.rounds.courier(Platform.TELEGRAM, Postbox(kucha)).deliver_due() == 1
    again = await kucha.room.quizzes.find(Address("telegram", GROUP))
    assert again is not None
    assert again.id == first.id
