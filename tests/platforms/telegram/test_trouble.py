"""What goes wrong between the tutor and Telegram, and what a learner still sees."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.platforms.telegram.answering import Pace
from bot.platforms.telegram.chat import TelegramChat
from bot.platforms.telegram.errors import ApiUrlRefused, TokenRefused
from bot.platforms.telegram.lanes import LANE_ITEMS
from core.chat.answer import Answer, Way
from core.chat.request import Request
from core.document import Button, Document, Picture, bold, paragraph
from tests.contract.telegram_server import (
    BAD_GATEWAY,
    CUT_OFF,
    HALF_JSON,
    TOKEN,
    Fault,
    TelegramServer,
    api_error,
    flood,
)
from tests.platforms.telegram.conftest import Stage
from tests.platforms.telegram.recording_tutor import MemoryStore, RecordingTutor, words_of
from tests.platforms.telegram.updates import BORIS, GROUP, from_bot, membership, message, tap


async def test_flood_control_pauses_that_chat_for_as_long_as_it_was_told(stage: Stage) -> None:
    stage.server.fail("sendMessage", flood(17))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "heard: /ask"
    assert [round(pause) for pause in stage.pauses] == [17]


async def test_a_chat_under_flood_control_holds_up_nobody_else(stage: Stage) -> None:
    stage.server.fail("sendMessage", flood(60))
    stage.time_passes.clear()
    async with stage.running():
        await stage.server.push(message=message("from Anna"))
        await stage.server.wait_until(lambda: bool(stage.server.made("sendMessage")))
        await stage.server.push(message=message("from Boris", sender=BORIS))
        (first,) = await stage.server.wait_for("sendMessage")
        stage.time_passes.set()
        _, second = await stage.server.wait_for("sendMessage", count=2)
    assert [first.shown, second.shown] == ["heard: from Boris", "heard: from Anna"]


@pytest.mark.parametrize("fault", [BAD_GATEWAY, CUT_OFF, api_error(500, "Internal Server Error")])
async def test_an_answer_survives_a_bad_line(stage: Stage, fault: Fault) -> None:
    stage.server.fail("sendMessage", fault, fault)
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "heard: /ask"
    assert stage.pauses == [0.5, 1.0]


@pytest.mark.parametrize("fault", [HALF_JSON, Fault(200, b'{"ok": true, "result": {"brand": "new"}}')])
async def test_a_success_that_cannot_be_read_to_its_end_is_not_said_twice(stage: Stage, fault: Fault) -> None:
    stage.server.fail("sendMessage", fault)
    async with stage.running():
        await stage.server.push(message=message("one"))
        await stage.server.push(message=message("two"))
        await stage.server.wait_for("sendMessage")
    assert [call.shown for call in stage.server.made("sendMessage")] == ["heard: one", "heard: two"]


@pytest.mark.parametrize("fault", [BAD_GATEWAY, HALF_JSON, flood(3), Fault(200, b'{"ok":true,"result":{}}')])
async def test_polling_survives_a_bad_line(stage: Stage, fault: Fault) -> None:
    stage.server.fail("getUpdates", fault, fault)
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_for("sendMessage")
    assert len(stage.pauses) == 2


async def test_a_server_that_is_down_at_the_start_is_waited_for(stage: Stage) -> None:
    stage.server.fail("getMe", BAD_GATEWAY, BAD_GATEWAY, BAD_GATEWAY)
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_for("sendMessage")
    assert len(stage.server.made("getMe")) >= 4


async def test_somebody_who_blocked_the_bot_is_marked_and_everybody_else_is_served(stage: Stage) -> None:
    stage.server.blocked.add(7)
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.push(message=message("/ask", sender=BORIS))
        await stage.server.wait_for("sendMessage")
        await stage.server.push(my_chat_member=membership("kicked", until_date=0))
        await stage.server.wait_taken(await stage.server.push(my_chat_member=membership("member")))
    assert stage.tutor.reachable == [("7", False), ("7", False), ("7", True)]


async def test_a_chat_that_is_gone_is_marked(stage: Stage) -> None:
    stage.server.fail("sendMessage", api_error(400, "Bad Request: chat not found"), api_error(400, "chat not found"))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_until(lambda: len(stage.server.made("sendMessage")) == 2)
    assert stage.tutor.reachable == [("7", False)]


async def test_an_answer_follows_a_group_that_became_a_supergroup(stage: Stage) -> None:
    stage.server.moved[-200] = -100200
    async with stage.running():
        await stage.server.push(message=message("/ask", chat=GROUP))
        (sent,) = await stage.server.wait_for("sendMessage")
        await stage.server.push(message=message(chat=GROUP, migrate_to_chat_id=-100200))
        await stage.server.push(message=message("/help", chat=GROUP))
        _, later = await stage.server.wait_for("sendMessage", count=2)
    assert (sent.params["chat_id"], later.params["chat_id"]) == (-100200, -100200)
    assert "reply_parameters" not in sent.params
    assert stage.tutor.moves == [("-200", "-100200")]
    assert len(stage.server.made("sendMessage")) == 3


async def test_refused_entities_leave_the_plain_text(stage: Stage) -> None:
    async def answer(request: Request) -> Answer:
        buttons = ((Button("Docs", url="https://docs.python.org/3/"), Button("Next", "n")),)
        return Answer(Document((paragraph(bold("Right.")),), buttons))

    stage.tutor.answer = answer
    stage.server.fail("sendMessage", api_error(400, "Bad Request: can't parse entities"))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "Right."
    assert "entities" not in sent.params
    assert sent.labels == ["Next"]


async def test_a_picture_that_is_refused_goes_as_a_file_and_then_as_words(stage: Stage) -> None:
    async def answer(request: Request) -> Answer:
        return Answer(Document((Picture(b"odd", "graph.png", "the graph"),)))

    stage.tutor.answer = answer
    stage.server.fail("sendPhoto", api_error(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    stage.server.fail("sendDocument", api_error(400, "Bad Request: not now"))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "the graph"
    assert [call.method for call in stage.server.made("sendPhoto", "sendDocument")] == ["sendPhoto", "sendDocument"]


async def test_a_group_where_the_bot_may_not_write_is_answered_in_private(stage: Stage) -> None:
    refusal = api_error(400, "Bad Request: not enough rights to send text messages to the chat")
    stage.server.fail("sendMessage", refusal, refusal)
    async with stage.running():
        await stage.server.push(message=message("/ask", chat=GROUP))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.params["chat_id"] == 7


async def test_an_expired_tap_still_gets_its_answer(stage: Stage) -> None:
    async def answer(request: Request) -> Answer:
        return Answer(Document((paragraph("Right."),)), Way.EDIT)

    stage.tutor.answer = answer
    stage.server.fail(
        "answerCallbackQuery", api_error(400, "Bad Request: query is too old and response timeout expired")
    )
    async with stage.running():
        await stage.server.push(callback_query=tap("x", from_bot(message_id=31)))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "Right."


async def test_a_second_poller_is_named_in_the_log_and_waited_for(stage: Stage) -> None:
    stage.server.fail("getUpdates", api_error(409, "Conflict: terminated by other getUpdates request"))
    with capture_logs() as logs:
        async with stage.running():
            await stage.server.push(message=message("/ask"))
            await stage.server.wait_for("sendMessage")
    (entry,) = [entry for entry in logs if entry["event"] == "telegram.second_poller"]
    assert "same token" in entry["reason"]
    assert stage.pauses == [entry["pause"]]


async def test_two_bots_with_one_token_do_not_die_of_each_other(stage: Stage) -> None:
    other = Stage(stage.server, stage.tutor, stage.store)
    async with stage.running():
        await stage.server.wait_for("getUpdates")
        async with other.running():
            await stage.server.wait_until(lambda: len(stage.server.made("getUpdates")) >= 3)
            await stage.server.push(message=message("/ask"))
            await stage.server.wait_for("sendMessage")
    assert stage.pauses + other.pauses


async def test_a_forgotten_webhook_is_removed(stage: Stage) -> None:
    stage.server.fail("getUpdates", api_error(409, "Conflict: can't use getUpdates method while webhook is active"))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_for("sendMessage")
    assert len(stage.server.made("deleteWebhook")) == 1


async def test_an_update_that_nobody_understands_does_not_hide_the_others(stage: Stage) -> None:
    async with stage.running():
        await stage.server.push(message={"message_id": "?"})
        await stage.server.push(brand_new_kind={"a": 1})
        await stage.server.push(message=message("/ask"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "heard: /ask"


async def test_a_tutor_that_fails_does_not_take_the_bot_with_it(stage: Stage) -> None:
    async def fail_once(request: Request) -> Answer:
        if len(stage.tutor.requests) == 1:
            raise RuntimeError("secret words of a learner")
        return Answer(Document((paragraph("fine"),)))

    stage.tutor.answer = fail_once
    with capture_logs() as logs:
        async with stage.running():
            await stage.server.push(message=message("/ask"))
            await stage.server.push(message=message("/ask"))
            await stage.server.wait_for("sendMessage")
    assert [entry["error"] for entry in logs if entry["event"] == "telegram.update_failed"] == ["RuntimeError"]
    assert "secret words" not in str(logs)


async def test_a_flooding_chat_slows_nobody_and_fills_no_memory(stage: Stage) -> None:
    release = asyncio.Event()

    async def stuck_on_anna(request: Request) -> Answer | None:
        if request.person.id == "7":
            await release.wait()
            return None
        return Answer(Document((paragraph(words_of(request)),)))

    stage.tutor.answer = stuck_on_anna
    async with stage.running():
        for number in range(LANE_ITEMS * 3):
            await stage.server.push(message=message(f"spam {number}"))
        await stage.server.push(message=message("a question", sender=BORIS))
        (sent,) = await stage.server.wait_for("sendMessage")
        release.set()
    assert sent.shown == "a question"
    assert len([request for request in stage.tutor.requests if request.person.id == "7"]) <= LANE_ITEMS + 1


async def test_a_stop_finishes_what_was_begun_and_confirms_it(stage: Stage) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()

    async def long(request: Request) -> Answer:
        begun.set()
        await finish.wait()
        return Answer(Document((paragraph("at last"),)))

    stage.tutor.answer = long
    async with stage.running():
        update = await stage.server.push(message=message("/ask"))
        await begun.wait()
        stage.stop.set()
        finish.set()
    assert [call.shown for call in stage.server.made("sendMessage")] == ["at last"]
    assert stage.server.confirmed == update


async def test_a_stop_does_not_wait_for_ever(stage: Stage) -> None:
    begun = asyncio.Event()

    async def forever(request: Request) -> Answer | None:
        begun.set()
        await asyncio.Event().wait()
        return None

    stage.tutor.answer = forever
    with capture_logs() as logs:
        async with stage.running(Pace(poll=5, grace=0.01)):
            await stage.server.push(message=message("/ask"))
            await begun.wait()
    assert [entry["event"] for entry in logs][-1] == "telegram.given_up"


@pytest.mark.parametrize("token", ["1:wrong", "not a token at all"])
async def test_a_refused_token_is_said_so(token: str) -> None:
    async with TelegramServer() as server:
        with pytest.raises(TokenRefused, match="@BotFather"):
            await TelegramChat(token, RecordingTutor(), MemoryStore(), api_url=server.url).run(asyncio.Event())


@pytest.mark.parametrize("url", ["localhost:8081", "", "ftp://example.org", "http://"])
async def test_an_address_that_is_none_is_said_so(url: str) -> None:
    with pytest.raises(ApiUrlRefused, match="http://"):
        await TelegramChat(TOKEN, RecordingTutor(), MemoryStore(), api_url=url).run(asyncio.Event())


async def test_nothing_that_was_said_is_logged(stage: Stage) -> None:
    stage.server.fail("sendMessage", BAD_GATEWAY, flood(1), api_error(400, "Bad Request: no"), CUT_OFF)
    with capture_logs() as logs:
        async with stage.running():
            await stage.server.push(message=message("/explain my private words"))
            await stage.server.wait_for("sendMessage")
    assert len(logs) > 3
    assert "private words" not in str(logs)
    assert "TEST-TOKEN" not in str(logs)
