"""The question of the day on Telegram: to people and to groups, once a local date, whatever the server answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Kucha
from core.study.posting_store import PostingStore
from tests.contract.telegram.conftest import kucha_on_telegram
from tests.contract.telegram_server import Call, TelegramServer, flood
from tests.platforms.telegram.updates import ANNA, BORIS, FORUM, GROUP, membership, message

FRIDAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
"""Nine in the morning in Moscow, where Anna's clock stands by default."""
HELLO = "🕘"
TOPIC = {"message_thread_id": 77, "is_topic_message": True, "message_id": 12}


@dataclass
class Clock:
    moment: datetime = FRIDAY

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Days:
    """A bot in a world whose time passes when the test says so."""

    server: TelegramServer
    kucha: Kucha
    clock: Clock
    strangers: int = 0

    def pass_(self, **parts: float) -> None:
        self.clock.moment += timedelta(**parts)
        self.kucha.room.schedules.announce()

    async def dailies(self, count: int = 1) -> list[Call]:
        """What was sent as a daily so far, as soon as there are so many."""
        await self.server.wait_until(lambda: len(self._dailies()) >= count)
        return self._dailies()

    def _dailies(self) -> list[Call]:
        """Questions of the day that the server accepted, and polls."""
        sent = self.server.made("sendMessage", "sendRichMessage", "sendPoll")
        return [call for call in sent if call.refusal is None and (call.method == "sendPoll" or _asks(call))]

    async def say(self, text: str, **fields: Any) -> Call:
        """Send a message and wait for its answer, whatever dailies come in between."""
        before = len(self._answers())
        await self.server.push(message=message(text, **fields))
        await self.server.wait_until(lambda: len(self._answers()) > before)
        return self._answers()[before]

    def _answers(self) -> list[Call]:
        sent = self.server.made("sendMessage", "sendRichMessage")
        return [call for call in sent if call.refusal is None and not _asks(call)]

    async def settle(self) -> None:
        """Wait until everything that is due was tried: a stranger's daily, due a minute later, has arrived."""
        self.strangers += 1
        stranger = {**BORIS, "id": 1000 + self.strangers}
        soon = self.clock.moment + timedelta(minutes=1)
        await self.say(f"/daily {soon:%H:%M} utc", sender=stranger)
        self.pass_(minutes=1)
        await self.server.wait_until(lambda: bool(self._to(stranger["id"])))

    def _to(self, chat: int) -> list[Call]:
        return [call for call in self._dailies() if call.params["chat_id"] == chat]


def _asks(call: Call) -> bool:
    words = call.shown or str(call.params.get("rich_message", ""))
    return HELLO in words


@pytest.fixture
async def days(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Days]:
    clock = Clock()
    async with kucha_on_telegram(server, tmp_path, clock) as kucha:
        yield Days(server, kucha, clock)


def vote(poll: str, place: int, sender: dict[str, Any]) -> dict[str, Any]:
    return {"poll_id": poll, "user": sender, "option_ids": [place], "option_persistent_ids": [f"o{place}"]}


async def known(days: Days, poll: str, people: int = 0) -> None:
    """Wait until the bot knows the poll, having read the answer to its own sendPoll, and has counted its votes."""
    store = PostingStore(days.kucha.database)
    for _ in range(2000):
        posting = await store.of_poll("telegram", poll)
        if posting and (await store.tally(posting.id)).people >= people:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_a_learner_gets_a_question_at_their_hour_every_day(days: Days) -> None:
    told = await days.say("/daily 9:30")
    assert "09:30" in told.shown
    assert "Москва" in told.shown
    days.pass_(minutes=30)
    (first,) = await days.dailies(1)
    assert first.params["chat_id"] == ANNA["id"]
    days.pass_(days=1)
    await days.dailies(2)
    await days.say("/daily off")
    days.pass_(days=1)
    await days.settle()
    assert len(days._to(ANNA["id"])) == 2


async def test_a_restart_repeats_nothing(server: TelegramServer, tmp_path: Path) -> None:
    clock = Clock()
    async with kucha_on_telegram(server, tmp_path, clock) as kucha:
        days = Days(server, kucha, clock)
        await days.say("/daily 9:30")
        days.pass_(minutes=30)
        await days.dailies(1)
    async with kucha_on_telegram(server, tmp_path, clock) as kucha:
        days = Days(server, kucha, clock)
        await days.settle()
        assert len(days._to(ANNA["id"])) == 1


async def test_only_administrators_set_a_groups_hour(days: Days) -> None:
    refused = await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    assert "администраторы" in refused.shown
    days.server.managers.add(ANNA["id"])
    assert "09:30" in (await days.say("/daily@kucha_bot 9:30", chat=GROUP)).shown


async def test_a_group_answers_a_poll_and_hears_next_day_how_many_knew(days: Days) -> None:
    days.server.managers.add(ANNA["id"])
    await days.say("/daily@kucha_bot 9:30 уровень 1", chat=FORUM, **TOPIC)
    days.pass_(minutes=30)
    (poll,) = (call for call in await days.dailies(1) if call.method == "sendPoll")
    assert (poll.params["chat_id"], poll.params["message_thread_id"]) == (FORUM["id"], 77)
    (right,) = poll.params["correct_option_ids"]
    wrong = (right + 1) % len(poll.params["options"])
    await known(days, "poll-5002")
    for sender, place in ((ANNA, right), (BORIS, wrong), (BORIS, right)):
        update = await days.server.push(poll_answer=vote("poll-5002", place, sender))
        await days.server.wait_taken(update)
    await known(days, "poll-5002", people=2)
    days.pass_(days=1)
    await days.dailies(2)
    opening = days.server.made("sendMessage", "sendRichMessage")[-1]
    assert "1 из 2" in (opening.shown or str(opening.params.get("rich_message")))


async def test_a_person_who_blocked_the_bot_is_left_alone_until_they_are_back(days: Days) -> None:
    await days.say("/daily 9:30")
    days.server.blocked.add(ANNA["id"])
    days.pass_(minutes=30)
    await days.server.wait_until(
        lambda: any(_asks(call) for call in days.server.made("sendMessage", "sendRichMessage"))
    )
    tried = len(days.server.calls)
    days.pass_(days=1)
    days.server.blocked.clear()
    await days.settle()
    assert days._to(ANNA["id"]) == []
    assert tried < len(days.server.calls)
    update = await days.server.push(my_chat_member=membership("member"))
    await days.server.wait_taken(update)
    await days.say("/daily")
    days.pass_(days=1)
    await days.server.wait_until(lambda: len(days._to(ANNA["id"])) == 1)


async def test_who_set_it_is_told_once_when_the_bot_may_not_write_any_more(days: Days) -> None:
    days.server.managers.add(ANNA["id"])
    await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    days.server.mute.add(GROUP["id"])
    days.pass_(minutes=30)
    await days.server.wait_until(lambda: any("прав" in call.shown for call in days._answers()))
    days.pass_(days=1)
    await days.settle()
    to_anna = [call for call in days.server.made("sendMessage") if call.params["chat_id"] == ANNA["id"]]
    assert len(to_anna) == 1


async def test_a_group_that_became_a_supergroup_gets_its_question_there_once(days: Days) -> None:
    days.server.managers.add(ANNA["id"])
    await days.say("/daily@kucha_bot 9:30", chat=GROUP)
    days.server.moved[GROUP["id"]] = -100200
    days.pass_(minutes=30)
    await days.server.wait_until(lambda: any(call.refusal for call in days.server.calls))
    for _ in range(3):
        days.pass_(minutes=2)
        await days.settle()
    arrived = [call for call in days._dailies() if call.params["chat_id"] == -100200]
    assert len([call for call in arrived if call.method == "sendPoll"] or arrived) == 1


async def test_a_server_that_asks_for_patience_gets_the_daily_later(days: Days) -> None:
    await days.say("/daily 9:30")
    days.server.fail("sendMessage", flood(1))
    days.server.fail("sendRichMessage", flood(1))
    days.pass_(minutes=30)
    await days.server.wait_until(lambda: any(call.refusal for call in days.server.calls))
    days.server._faults.clear()
    for _ in range(100):
        days.pass_(seconds=5)
        await asyncio.sleep(0.05)
        if days._to(ANNA["id"]):
            break
    await days.settle()
    assert len(days._to(ANNA["id"])) == 1
