"""Everybody in a group taps at the same moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.platforms.telegram.answering import Pace
from bot.platforms.telegram.chat import TelegramChat
from bot.platforms.telegram.lanes import LANE_ITEMS
from core.chat.answer import Answer
from core.chat.request import Person, Request
from core.document import Document
from tests.contract.telegram_server import TOKEN
from tests.platforms.telegram.conftest import Stage
from tests.platforms.telegram.recording_tutor import RecordingTutor
from tests.platforms.telegram.updates import GROUP, from_bot, tap

CROWD = LANE_ITEMS * 3


def player(number: int) -> dict[str, object]:
    return {"id": 1000 + number, "is_bot": False, "first_name": f"P{number}", "language_code": "en"}


async def test_nobody_waits_for_the_others_and_no_tap_is_lost(stage: Stage) -> None:
    release = asyncio.Event()

    async def stuck_on_the_first(request: Request) -> Answer:
        if request.person.id == "1000":
            await release.wait()
        return Answer(Document(), notice=f"taken from {request.person.id}")

    stage.tutor.answer = stuck_on_the_first
    held = from_bot(chat=GROUP, message_id=31)
    async with stage.running(Pace(poll=5, tap=60, grace=5)):
        for number in range(CROWD):
            await stage.server.push(callback_query=tap("tap:1:1:0", held, sender=player(number), query=f"q{number}"))
        await stage.server.wait_for("answerCallbackQuery", count=CROWD - 1)
        release.set()
        answered = await stage.server.wait_for("answerCallbackQuery", count=CROWD)
    assert {call.params["text"] for call in answered} == {f"taken from {1000 + number}" for number in range(CROWD)}
    assert not stage.server.made("sendMessage")


async def test_taps_and_votes_bring_the_moment_of_their_arrival(stage: Stage) -> None:
    moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    chat = TelegramChat(TOKEN, stage.tutor, stage.store, api_url=stage.server.url, now=lambda: moment)
    vote = {"poll_id": "p", "user": player(1), "option_ids": [0], "option_persistent_ids": ["o0"]}
    stage.tutor.polls["p"] = 1
    stop = asyncio.Event()
    serving = asyncio.create_task(chat.run(stop))
    await stage.server.push(callback_query=tap("tap:1:1:0", from_bot(chat=GROUP, message_id=31)))
    await stage.server.wait_taken(await stage.server.push(poll_answer=vote))
    await stage.server.wait_for("answerCallbackQuery")
    stop.set()
    await serving
    assert stage.tutor.requests[0].at == moment
    assert stage.tutor.votes == [("1001", "p", (0,))]
    assert stage.tutor.moments == [moment]


@dataclass
class Deliberate(RecordingTutor):
    """Keeps a vote only when it is told to."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        self.asked.set()
        await self.release.wait()
        return await super().voted(person, poll, places, at)


async def test_a_vote_is_confirmed_only_when_it_is_kept(stage: Stage) -> None:
    tutor, stop = Deliberate(polls={"p": 1}), asyncio.Event()
    chat = TelegramChat(TOKEN, tutor, stage.store, api_url=stage.server.url, pace=Pace(vote_kept=60))
    serving = asyncio.create_task(chat.run(stop))
    vote = {"poll_id": "p", "user": player(1), "option_ids": [0], "option_persistent_ids": ["o0"]}
    update = await stage.server.push(poll_answer=vote)
    await tutor.asked.wait()
    asked_for_updates = len(stage.server.made("getUpdates"))
    await asyncio.sleep(0.1)
    assert (stage.server.confirmed < update, len(stage.server.made("getUpdates"))) == (True, asked_for_updates)
    tutor.release.set()
    await stage.server.wait_taken(update)
    assert tutor.votes == [("1001", "p", (0,))]
    stop.set()
    await serving


async def test_a_vote_that_takes_long_holds_up_nobody_for_long(stage: Stage) -> None:
    tutor, stop = Deliberate(polls={"p": 1}), asyncio.Event()
    chat = TelegramChat(TOKEN, tutor, stage.store, api_url=stage.server.url, pace=Pace(vote_kept=0.05))
    serving = asyncio.create_task(chat.run(stop))
    vote = {"poll_id": "p", "user": player(1), "option_ids": [0], "option_persistent_ids": ["o0"]}
    await stage.server.wait_taken(await stage.server.push(poll_answer=vote))
    assert tutor.votes == []
    tutor.release.set()
    stop.set()
    await serving
