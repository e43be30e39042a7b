"""The question of the day on Telegram where it cannot be delivered: closed topics, left groups, refused polls."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.delivery.schedules import DAILY, Address, Schedule
from tests.contract.telegram.conftest import kucha_on_telegram
from tests.contract.telegram.test_daily import TOPIC, Clock, Days
from tests.contract.telegram_server import Call, TelegramServer, api_error
from tests.platforms.telegram.updates import ANNA, BORIS, FORUM, GROUP, from_bot, membership, tap


@pytest.fixture
async def days(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Days]:
    """Anna administers every group."""
    server.managers.add(ANNA["id"])
    clock = Clock()
    async with kucha_on_telegram(server, tmp_path, clock) as kucha:
        yield Days(server, kucha, clock)


async def schedule(days: Days, chat: dict[str, Any], topic: str = "") -> Schedule:
    known = await days.kucha.room.schedules.find(Address("telegram", str(chat["id"]), topic), DAILY)
    assert known is not None
    return known


async def sleeps(days: Days, chat: dict[str, Any], topic: str = "", asleep: bool = True) -> None:
    """Wait until a schedule sleeps, or goes on."""
    for _ in range(6000):
        if ((await schedule(days, chat, topic)).next_due is None) is asleep:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def to_anna(days: Days) -> list[Call]:
    return [call for call in days.server.made("sendMessage") if call.params["chat_id"] == ANNA["id"]]


@pytest.mark.parametrize(
    "reason", ["TOPIC_CLOSED", "CHAT_WRITE_FORBIDDEN", "not enough rights to send polls to the chat"]
)
async def test_a_topic_that_was_closed_sleeps_and_who_set_it_is_told(days: Days, reason: str) -> None:
    await days.say("/daily@kucha_bot 9:30", chat=FORUM, **TOPIC)
    days.server.refusing[FORUM["id"]] = reason
    days.pass_(minutes=30)
    await sleeps(days, FORUM, "77")
    await days.server.wait_until(lambda: bool(to_anna(days)))
    assert "Расписание спит" in to_anna(days)[0].shown


@pytest.mark.parametrize("reason", ["message thread not found", "TOPIC_DELETED", "chat not found"])
async def test_a_topic_that_was_deleted_sleeps_without_a_word(days: Days, reason: str) -> None:
    await days.say("/daily@kucha_bot 9:30", chat=FORUM, **TOPIC)
    await days.say("/daily@kucha_bot 21:00", chat=FORUM)
    days.server.refusing[FORUM["id"]] = reason
    days.pass_(minutes=30)
    await sleeps(days, FORUM, "77")
    await days.settle()
    assert to_anna(days) == []
    assert (await schedule(days, FORUM)).next_due is not None


async def test_a_group_that_sent_the_bot_away_is_left_alone_until_it_is_back(days: Days) -> None:
    await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    await days.server.push(my_chat_member=membership("kicked", chat=GROUP, until_date=0))
    await sleeps(days, GROUP)
    days.pass_(days=1)
    await days.settle()
    assert days._to(GROUP["id"]) == []
    await days.server.push(my_chat_member=membership("member", chat=GROUP))
    await sleeps(days, GROUP, asleep=False)
    days.pass_(minutes=30)
    await days.settle()
    assert len(days._to(GROUP["id"])) == 1


async def test_a_group_that_sent_the_bot_away_unnoticed_sleeps_without_a_word(days: Days) -> None:
    await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    days.server.blocked.add(GROUP["id"])
    days.pass_(minutes=30)
    await sleeps(days, GROUP)
    await days.settle()
    assert to_anna(days) == []


async def test_where_polls_are_refused_the_question_has_buttons_that_count(days: Days) -> None:
    await days.say("/daily@kucha_bot 9:30 уровень 1", chat=GROUP)
    days.server.fail("sendPoll", api_error(400, "Bad Request: poll can't be sent here"))
    days.pass_(minutes=30)
    await days.settle()
    (asked,) = days._to(GROUP["id"])
    assert asked.method != "sendPoll"
    assert all(token.startswith("vote:") for token in asked.tokens)
    held = from_bot(chat=GROUP, message_id=9000)
    await days.server.push(callback_query=tap(asked.tokens[0], held, sender=BORIS))
    await days.server.wait_until(lambda: any("✅" in call.shown or "❌" in call.shown for call in days._answers()))
    verdict = next(call for call in days._answers() if "✅" in call.shown or "❌" in call.shown)
    assert verdict.params["receiver_user_id"] == BORIS["id"]


async def test_a_server_that_knows_no_descriptions_shows_the_program_after_the_poll(days: Days) -> None:
    days.server.knows_descriptions = False
    await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    days.pass_(minutes=30)
    for day in range(1, 30):
        poll = (await days.dailies(day))[-1]
        if "description" in poll.params:
            break
        days.pass_(days=1)
    code = poll.params["description"]
    await days.server.wait_until(lambda: any(code in call.shown for call in days.server.made("sendMessage")))
