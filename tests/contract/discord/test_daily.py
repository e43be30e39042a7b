"""The question of the day on Discord: to people and to channels, once a local date, whatever Discord answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.wiring import Kucha
from core.delivery.schedules import DAILY, Address, Schedule
from core.study.group_asking import Posted
from core.study.posting_store import PostingStore
from tests.conftest import Clock
from tests.contract.discord.talk import Talk, talking
from tests.platforms.discord.local_discord import LocalDiscord, Received

CHANNEL = "channels/5/messages"
ANNA, BORIS = "8", "9"
TO_ANNA = f"channels/5{ANNA}/messages"
"""The direct messages that the bot itself opens with her."""
MANAGES_CHANNELS, MANAGES_SERVER, ADMINISTERS, WRITES = 1 << 4, 1 << 5, 1 << 3, 1 << 11
HELLO = "🕘"
SERVER: dict[str, Any] = {
    "id": "9", "name": "server", "owner_id": "7", "roles": [], "emojis": [], "stickers": [], "features": [],
    "members": [], "member_count": 3, "threads": [], "voice_states": [], "presences": [], "premium_tier": 0,
    "channels": [{"id": "5", "type": 0, "name": "python", "position": 0, "permission_overwrites": []}],
    "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
    "nsfw_level": 0, "preferred_locale": "en-US", "system_channel_flags": 0, "afk_timeout": 60,
}  # fmt: skip
"""A server with one channel, as Discord tells of it."""


@pytest.fixture(autouse=True)
def _discord_stays_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    for _ in range(6000):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


@dataclass
class Days:
    """A bot in a world whose time passes when the test says so; `anna` may decide for her channel."""

    anna: Talk
    clock: Clock
    strangers: "count[int]" = field(default_factory=lambda: count(1000))

    @property
    def server(self) -> LocalDiscord:
        return self.anna.server

    @property
    def kucha(self) -> Kucha:
        return self.anna.kucha

    @property
    def boris(self) -> Talk:
        """Somebody else in the channel, who may only write."""
        return replace(self.anna, person=BORIS, rights=WRITES, said={}, whispered=False)

    def pass_(self, **parts: float) -> None:
        self.clock.forward(**parts)
        self.kucha.room.schedules.announce()

    def sent(self, path: str = CHANNEL) -> list[Received]:
        """What was sent to a channel, whatever became of it."""
        return [request for request in self.server.received if request.method == "POST" and request.path == path]

    async def arrive(self, number: int, path: str = CHANNEL) -> list[Received]:
        """What was sent to a channel, as soon as there is so much."""

        async def there() -> bool:
            return len(self.sent(path)) >= number

        await until(there)
        return self.sent(path)

    async def schedule(self) -> Schedule:
        known = await self.kucha.room.schedules.find(Address("discord", "5"), DAILY)
        assert known is not None
        return known

    async def sleeps(self, asleep: bool = True) -> None:
        """Wait until the channel's schedule sleeps, or goes on."""

        async def so() -> bool:
            return ((await self.schedule()).next_due is None) is asleep

        await until(so)

    async def settle(self) -> None:
        """Wait until everything that is due was tried: the daily of another channel, due a minute later, was sent."""
        chat = str(next(self.strangers))
        soon = self.clock.moment.replace(second=0)
        known = await self.schedule()
        timetable = replace(known.order.timetable, minute=soon.hour * 60 + soon.minute + 1, zone="UTC")
        order = replace(known.order, timetable=timetable, learner=None)
        await self.kucha.room.schedules.put(Address("discord", chat), DAILY, order, self.clock())
        self.pass_(minutes=1)
        await self.arrive(1, f"channels/{chat}/messages")
        await self.kucha.room.schedules.stop(Address("discord", chat), DAILY, self.clock())


@pytest.fixture
async def days(kucha: Kucha, clock: Clock) -> AsyncIterator[Days]:
    async with talking(kucha, "ru") as talk:
        talk.rights = MANAGES_CHANNELS
        yield Days(talk, clock)


def shown(request: Received) -> str:
    """Everything that is to be read in a message."""
    return "\n".join([request.body.get("content") or "", *(embed["description"] for embed in request.body["embeds"])])


def labels(request: Received) -> list[str]:
    return [item["label"] for row in request.body["components"] for item in row["components"]]


async def before_everybody(days: Days) -> Posted:
    """The question of today in the channel, as it is stored."""
    posting = await PostingStore(days.kucha.database).of_day("discord", "5", "", days.clock.moment.date())
    assert posting is not None
    return await days.kucha.room.group_study.find(posting.id)


async def tap(talk: Talk, daily: Received, place: int) -> str:
    """Tap a button under a channel's question; what is whispered to whoever tapped."""
    talk.said = daily.body
    talk.whispered = False
    return await talk.press(labels(daily)[place])


async def test_a_learner_gets_a_question_in_direct_messages_every_day(days: Days) -> None:
    days.anna.channel_of = None
    assert "12:30 (Москва)" in await days.anna.slash("daily", when="12:30")
    days.pass_(minutes=30)
    (first,) = await days.arrive(1)
    assert HELLO in shown(first)
    assert first.body["components"]
    days.pass_(days=1)
    await days.arrive(2)
    assert "Больше не присылаю" in await days.anna.slash("daily", when="off")
    days.pass_(days=1)
    await days.settle()
    assert len(days.sent()) == 2


async def test_a_channels_question_is_answered_by_taps_whose_verdict_only_the_person_sees(days: Days) -> None:
    await days.anna.slash("daily", when="12:30 уровень 1")
    days.pass_(minutes=30)
    (daily,) = await days.arrive(1)
    right, wrong = _places(await before_everybody(days))
    boris = days.boris
    for talk, place, sign in ((days.anna, right, "✅"), (boris, wrong, "❌")):
        assert sign in await tap(talk, daily, place)
        assert talk.whispered
    assert "уже засчитан" in await tap(boris, daily, right)
    assert boris.whispered
    assert len(days.sent()) == 1
    for person, expected in ((ANNA, 1), (BORIS, 0)):
        learner = await days.kucha.room.learners.find("discord", person)
        assert learner is not None
        progress = await days.kucha.room.study.progress(learner)
        assert (progress.today, progress.today_right) == (1, expected)


async def test_the_next_day_opens_with_the_answer_and_how_many_knew_it(days: Days) -> None:
    await days.anna.slash("daily", when="12:30 уровень 1")
    days.pass_(minutes=30)
    (daily,) = await days.arrive(1)
    right, wrong = _places(await before_everybody(days))
    await tap(days.anna, daily, right)
    await tap(days.boris, daily, wrong)
    days.pass_(days=1)
    second = (await days.arrive(2))[-1]
    assert "верно ответили 1 из 2. Правильный ответ: " in shown(second)
    assert shown(second).index("Правильный ответ: ") < shown(second).index(HELLO)


def _places(posted: Posted) -> tuple[int, int]:
    """The place of the right option, and of a wrong one."""
    (key,) = posted.question.right_keys(posted.asked.python)
    right = posted.posting.shown.index(key)
    return right, (right + 1) % len(posted.posting.shown)


@pytest.mark.parametrize("status", [500, 503])
async def test_a_message_that_is_tried_again_has_the_same_nonce(days: Days, status: int) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(status, 0)]
    days.pass_(minutes=30)
    await days.arrive(1)
    for _ in range(100):
        if len(days.sent()) > 1:
            break
        days.pass_(seconds=10)
        await asyncio.sleep(0.05)
    first, second = await days.arrive(2)
    assert first.body["enforce_nonce"] is True
    assert 0 < len(first.body["nonce"]) <= 25
    assert first.body == second.body
    await days.settle()
    assert len(days.sent()) == 2


async def test_a_message_cut_after_it_arrived_is_shown_once(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.cuts.append(CHANNEL)
    days.pass_(minutes=30)
    await days.arrive(2)
    await days.settle()
    assert len({request.body["nonce"] for request in days.sent()}) == 1
    assert len(days.sent()) == 2


async def test_patience_that_is_asked_for_is_had(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(429, 0)]
    days.server.patience = 600
    days.pass_(minutes=30)
    await days.arrive(1)
    await days.settle()
    days.pass_(minutes=5)
    await days.settle()
    assert len(days.sent()) == 1


@pytest.mark.parametrize("code", [50013, 50001])
async def test_who_set_it_is_told_once_when_the_bot_may_not_write_any_more(days: Days, code: int) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(403, code)]
    days.pass_(minutes=30)
    (told,) = await days.arrive(1, TO_ANNA)
    assert "Расписание спит" in shown(told)
    await days.sleeps()
    days.pass_(days=1)
    await days.settle()
    assert (len(days.sent()), len(days.sent(TO_ANNA))) == (1, 1)
    assert "12:30" in await days.anna.slash("daily")
    days.pass_(days=1)
    await days.arrive(2)


@pytest.mark.parametrize("code", [50083, 160005])
async def test_a_thread_that_was_closed_is_a_right_that_is_gone(days: Days, code: int) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(400, code), (400, code)]
    days.pass_(minutes=30)
    await days.arrive(1, TO_ANNA)
    await days.sleeps()


async def test_nobody_is_told_who_does_not_let_the_bot(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals = {CHANNEL: [(403, 50013)], TO_ANNA: [(403, 50007)]}
    days.pass_(minutes=30)
    await days.arrive(1, TO_ANNA)
    await days.sleeps()
    await days.settle()


async def test_a_channel_that_is_gone_is_left_alone_without_a_word(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(404, 10003)]
    days.pass_(minutes=30)
    await days.sleeps()
    days.pass_(days=1)
    await days.settle()
    assert (len(days.sent()), len(days.sent(TO_ANNA))) == (1, 0)


async def test_a_person_who_takes_no_messages_is_left_alone_until_they_ask_again(days: Days) -> None:
    days.anna.channel_of = None
    await days.anna.slash("daily", when="12:30")
    days.server.refusals[CHANNEL] = [(403, 50007)]
    days.pass_(minutes=30)
    await days.sleeps()
    days.pass_(days=1)
    await days.settle()
    assert len(days.sent()) == 1
    await days.anna.slash("daily")
    days.pass_(days=1)
    await days.arrive(2)


async def test_a_server_that_sent_the_bot_away_hears_no_more_until_it_is_back(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    await days.server.dispatch("GUILD_CREATE", SERVER)
    await days.server.dispatch("GUILD_DELETE", {"id": "9"})
    await days.sleeps()
    days.pass_(days=1)
    await days.settle()
    assert days.sent() == []
    await days.server.dispatch("GUILD_CREATE", SERVER)
    await days.sleeps(False)
    days.pass_(minutes=30)
    await days.arrive(1)


async def test_a_server_that_is_down_for_a_while_keeps_its_hour(days: Days) -> None:
    await days.anna.slash("daily", when="12:30")
    await days.server.dispatch("GUILD_CREATE", SERVER)
    await days.server.dispatch("GUILD_DELETE", {"id": "9", "unavailable": True})
    days.pass_(minutes=30)
    await days.arrive(1)


async def test_only_who_manages_the_channel_sets_its_hour(days: Days) -> None:
    boris = days.boris
    assert "администраторы" in await boris.slash("daily", when="12:30")
    assert "Во сколько?" in await boris.slash("daily")
    assert "администраторы" in await boris.press("9:00")
    assert await days.kucha.room.schedules.find(Address("discord", "5"), DAILY) is None
    for rights in (MANAGES_CHANNELS, MANAGES_SERVER, ADMINISTERS):
        boris.rights = rights
        assert "Каждый день в 12:30" in await boris.slash("daily", when="12:30")
        assert "Больше не присылаю" in await boris.press("Выключить")


async def test_a_restart_repeats_nothing_and_knows_the_old_buttons(kucha: Kucha, clock: Clock) -> None:
    async with talking(kucha, "ru") as talk:
        days = Days(talk, clock)
        talk.rights = MANAGES_CHANNELS
        await talk.slash("daily", when="12:30")
        days.pass_(minutes=30)
        (daily,) = await days.arrive(1)
    async with talking(kucha, "ru") as talk:
        days = Days(talk, clock)
        right, _ = _places(await before_everybody(days))
        assert "✅" in await tap(talk, daily, right)
        await days.settle()
        assert days.sent() == []
