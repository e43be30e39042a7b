"""Everybody in a group taps at the same moment."""

import asyncio
from datetime import UTC, datetime

from bot.platforms.telegram.chat import TelegramChat
from bot.platforms.telegram.lanes import LANE_ITEMS
from core.chat.answer import Answer
from core.chat.request import Request
from core.document import Document
from tests.contract.telegram_server import TOKEN
from tests.platforms.telegram.conftest import Stage
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
    async with stage.running():
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
