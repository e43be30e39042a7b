"""A conversation over a real socket: from the update to the request that goes back."""

import asyncio

import pytest

from bot.platforms.telegram.answering import Pace
from core.chat.answer import Answer, Way
from core.chat.catalogue import CATALOGUE
from core.chat.request import Command, Place, Press, Request, SentFile, Words
from core.chat.tutor import Suggestion
from core.document import Attachment, Button, Document, Mono, Picture, Table, bold, paragraph, text
from tests.platforms.telegram.conftest import Stage
from tests.platforms.telegram.recording_tutor import words_of
from tests.platforms.telegram.updates import ANNA, BORIS, FORUM, GROUP, from_bot, message, tap

SIZES = Table((text("Python"), text("bytes")), ((text("3.12"), text("80")),))
QUESTION = Document((paragraph("True?"),), ((Button("Yes", "ask:1:y"), Button("No", "ask:1:n")),))


def always(stage: Stage, *answers: Answer | None) -> None:
    """Let the tutor give these answers in turn, the last one for ever."""
    left = list(answers)

    async def answer(request: Request) -> Answer | None:
        return left.pop(0) if len(left) > 1 else left[0]

    stage.tutor.answer = answer


async def test_a_message_is_answered_with_entities_and_never_with_a_parse_mode(stage: Stage) -> None:
    async with stage.running():
        await stage.server.push(message=message("/explain <b>__slots__</b> *x*"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.params["chat_id"] == 7
    assert sent.shown == "heard: /explain <b>__slots__</b> *x*"
    assert sent.params["entities"] == [{"type": "code", "offset": 7, "length": 29}]
    assert "parse_mode" not in sent.params
    assert sent.params["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in sent.params


async def test_in_a_topic_of_a_group_the_answer_is_a_reply_in_that_topic(stage: Stage) -> None:
    async with stage.running():
        await stage.server.push(
            message=message("/ask@kucha_bot", chat=FORUM, message_thread_id=77, is_topic_message=True)
        )
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.params["message_thread_id"] == 77
    assert sent.params["reply_parameters"] == {"message_id": 11, "allow_sending_without_reply": True}


async def test_general_has_no_thread(stage: Stage) -> None:
    async with stage.running():
        await stage.server.push(message=message("/ask", chat=FORUM, message_thread_id=1, is_topic_message=True))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert "message_thread_id" not in sent.params


async def test_silence_stays_silence(stage: Stage) -> None:
    always(stage, None, Answer(Document((paragraph("now"),))))
    async with stage.running():
        await stage.server.push(message=message("one"))
        await stage.server.push(message=message("two"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "now"


async def test_a_tap_is_acknowledged_with_the_notice_before_the_message_changes(stage: Stage) -> None:
    edited = Answer(Document((paragraph("Right."),), ((Button("Next", "ask:next"),),)), Way.EDIT, notice="✅")
    always(stage, Answer(QUESTION), edited)
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        (question,) = await stage.server.wait_for("sendMessage")
        assert question.tokens == ["ask:1:y", "ask:1:n"]
        await stage.server.push(callback_query=tap("ask:1:y", from_bot(chat=None, message_id=5001)))
        await stage.server.wait_for("editMessageText", "answerCallbackQuery", count=1)
        (verdict,) = await stage.server.wait_for("editMessageText")
    said = [call.method for call in stage.server.calls if call.method != "getUpdates"]
    assert said[-2:] == ["answerCallbackQuery", "editMessageText"]
    assert stage.server.made("answerCallbackQuery")[0].params == {"callback_query_id": "q1", "text": "✅"}
    assert (verdict.params["message_id"], verdict.shown, verdict.tokens) == (5001, "Right.", ["ask:next"])
    assert stage.tutor.requests[-1].said == Press("ask:1:y")


async def test_the_same_tap_twice_is_a_success_both_times(stage: Stage) -> None:
    always(stage, Answer(QUESTION), Answer(Document((paragraph("Right."),)), Way.EDIT))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_for("sendMessage")
        for _ in range(2):
            await stage.server.push(callback_query=tap("ask:1:y", from_bot(message_id=5001)))
        await stage.server.wait_for("answerCallbackQuery", count=2)
    assert [call.refusal is None for call in stage.server.made("editMessageText")] == [True, False]
    assert len(stage.server.made("sendMessage")) == 1


async def test_a_document_without_blocks_is_only_a_notice(stage: Stage) -> None:
    always(stage, Answer(Document(), notice="Already answered"), Answer(Document((paragraph("after"),))))
    async with stage.running():
        await stage.server.push(callback_query=tap("ask:1:y", from_bot(message_id=31)))
        await stage.server.push(message=message("next"))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.shown == "after"
    assert stage.server.made("answerCallbackQuery")[0].params["text"] == "Already answered"


async def test_a_slow_answer_stops_the_spinner_first_and_says_its_notice_in_the_chat(stage: Stage) -> None:
    acknowledged = asyncio.Event()

    async def slow(request: Request) -> Answer | None:
        await acknowledged.wait()
        return Answer(Document(), notice="Done")

    stage.tutor.answer = slow
    async with stage.running(Pace(poll=5, tap=0.01)):
        await stage.server.push(callback_query=tap("x", from_bot()))
        (acknowledgement,) = await stage.server.wait_for("answerCallbackQuery")
        acknowledged.set()
        (sent,) = await stage.server.wait_for("sendMessage")
    assert "text" not in acknowledgement.params
    assert sent.shown == "Done"


async def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(stage: Stage) -> None:
    always(stage, Answer(QUESTION, Way.EDIT))
    async with stage.running():
        await stage.server.push(callback_query=tap("x", from_bot(message_id=31)))
        (sent,) = await stage.server.wait_for("sendMessage")
    assert sent.labels == ["Yes", "No"]


async def test_a_table_goes_as_a_rich_message(stage: Stage) -> None:
    always(stage, Answer(Document((paragraph(bold("Sizes")), SIZES), ((Button("Next", "n"),),))))
    async with stage.running():
        await stage.server.push(
            message=message("/explain slots", chat=FORUM, message_thread_id=7, is_topic_message=True)
        )
        (sent,) = await stage.server.wait_for("sendRichMessage")
    blocks = sent.params["rich_message"]["blocks"]
    assert [block["type"] for block in blocks] == ["paragraph", "table"]
    assert blocks[1]["cells"][1][1] == {"align": "left", "valign": "top", "text": "80"}
    assert sent.params["rich_message"]["skip_entity_detection"] is True
    assert sent.params["message_thread_id"] == 7
    assert sent.tokens == ["n"]


async def test_a_table_takes_the_place_of_the_tapped_message(stage: Stage) -> None:
    always(stage, Answer(QUESTION), Answer(Document((SIZES,)), Way.EDIT))
    async with stage.running():
        await stage.server.push(message=message("/ask"))
        await stage.server.wait_for("sendMessage")
        await stage.server.push(callback_query=tap("ask:1:y", from_bot(message_id=5001)))
        (edited,) = await stage.server.wait_for("editMessageText")
    assert edited.params["rich_message"]["blocks"][0]["type"] == "table"
    assert "text" not in edited.params


async def test_a_server_that_knows_no_rich_messages_gets_aligned_text_and_is_asked_once(stage: Stage) -> None:
    stage.server.unknown_methods.add("sendRichMessage")
    always(stage, Answer(Document((SIZES,))))
    async with stage.running():
        await stage.server.push(message=message("/explain slots"))
        await stage.server.push(message=message("/explain slots"))
        sent, _ = await stage.server.wait_for("sendMessage", count=2)
    assert sent.shown == "Python  bytes\n──────  ─────\n3.12    80"
    assert sent.params["entities"][0]["type"] == "pre"
    assert len(stage.server.made("sendRichMessage")) == 1


async def test_pictures_and_files_arrive_as_such(stage: Stage) -> None:
    always(stage, Answer(Document((Picture(b"\x89PNG", "graph.png", "the graph"), Attachment(b"{}", "me.json")))))
    async with stage.running():
        await stage.server.push(message=message("/export"))
        photo, file = await stage.server.wait_for("sendPhoto", "sendDocument", count=2)
    assert (photo.method, photo.shown) == ("sendPhoto", "the graph")
    assert file.method == "sendDocument"
    assert {"name": "me.json", "content": b"{}"} in file.params.values()


async def test_a_personal_answer_in_a_group_is_shown_to_the_person_only(stage: Stage) -> None:
    always(stage, Answer(QUESTION, personal=True))
    async with stage.running():
        await stage.server.push(message=message("/progress", chat=GROUP))
        (sent,) = await stage.server.wait_for("sendMessage")
        await stage.server.push(callback_query=tap("x", from_bot(chat=GROUP)))
        _, second = await stage.server.wait_for("sendMessage", count=2)
        await stage.server.push(message=message("/progress"))
        *_, private = await stage.server.wait_for("sendMessage", count=3)
    assert sent.params["receiver_user_id"] == 7
    assert (second.params["receiver_user_id"], second.params["callback_query_id"]) == (7, "q1")
    assert "receiver_user_id" not in private.params


async def test_a_tap_on_a_message_that_only_one_person_sees_edits_it_for_that_person(stage: Stage) -> None:
    always(stage, Answer(QUESTION, Way.EDIT))
    held = from_bot(chat=GROUP, message_id=0, ephemeral_message_id=9, receiver_user=ANNA)
    async with stage.running():
        await stage.server.push(callback_query=tap("settings:level:2", held))
        (edited,) = await stage.server.wait_for("editEphemeralMessageText")
    assert (edited.params["receiver_user_id"], edited.params["ephemeral_message_id"]) == (7, "9")


async def test_inline_mode_offers_cards_with_entities(stage: Stage) -> None:
    card = Document(
        (paragraph(bold("__slots__"), " saves ", Mono("__dict__")), SIZES), ((Button("Ask me", "ask:slots"),),)
    )
    stage.tutor.suggestions = (
        Suggestion("slots", "__slots__", "a fixed list", card),
        Suggestion("slots", "__slots__", "the same again", card),
        Suggestion("weak-references" * 9, "weak", "", Document((paragraph("w"),))),
    )
    async with stage.running():
        await stage.server.push(inline_query={"id": "i1", "from": BORIS, "query": "slots", "offset": ""})
        (sent,) = await stage.server.wait_for("answerInlineQuery")
    first, second = sent.params["results"]
    assert (sent.params["is_personal"], sent.params["cache_time"]) == ("true", "10")
    assert (first["type"], first["id"], first["title"]) == ("article", "slots", "__slots__")
    content = first["input_message_content"]
    assert content["message_text"].startswith("__slots__ saves __dict__\n\nPython  bytes")
    assert [entity["type"] for entity in content["entities"]] == ["bold", "code", "pre"]
    (link,) = first["reply_markup"]["inline_keyboard"][0]
    assert link == {"text": "@kucha_bot", "url": "https://t.me/kucha_bot?start=explain_slots"}
    assert len(second["id"]) == 64
    assert stage.tutor.queries == ["slots"]


async def test_the_menu_is_filled_per_language_and_only_when_it_changed(stage: Stage) -> None:
    for _ in range(2):
        async with stage.running():
            await stage.server.wait_for("getUpdates", count=len(stage.server.made("getUpdates")) + 1)
    default, russian = stage.server.made("setMyCommands")
    assert "language_code" not in default.params
    assert russian.params["language_code"] == "ru"
    assert [command["command"] for command in russian.params["commands"]] == [spec.name for spec in CATALOGUE]
    assert russian.params["commands"][0]["description"] == "about command-start (ru)"
    stage.tutor.wording = "new words for"
    async with stage.running():
        await stage.server.wait_for("setMyCommands", count=4)


@pytest.mark.parametrize(("size", "content"), [(9, b"print(1)\n"), (9, b"x" * 70_000)])
async def test_a_program_in_a_file_reaches_the_tutor_unless_it_lied_about_its_size(
    stage: Stage, size: int, content: bytes
) -> None:
    stage.server.files["prog"] = content
    document = {"file_id": "prog", "file_unique_id": "p", "file_name": "a.py", "file_size": size}
    async with stage.running():
        await stage.server.push(message=message(document=document, caption="look"))
        await stage.server.wait_for("sendMessage")
    (request,) = stage.tutor.requests
    assert request.said == Words("look")
    assert request.files == ((SentFile("a.py", content),) if len(content) == size else ())


async def test_a_program_in_the_message_that_is_replied_to_counts_too(stage: Stage) -> None:
    stage.server.files["prog"] = b"print(1)\n"
    document = {"file_id": "prog", "file_unique_id": "p", "file_name": "a.py", "file_size": 9}
    async with stage.running():
        await stage.server.push(message=message("/report", reply_to_message=message(document=document)))
        await stage.server.wait_for("sendMessage")
    assert stage.tutor.requests[0].files == (SentFile("a.py", b"print(1)\n"),)


async def test_an_edited_command_is_forwarded_as_such(stage: Stage) -> None:
    async with stage.running():
        await stage.server.push(edited_message=message("/explain slots"))
        await stage.server.wait_for("sendMessage")
    (request,) = stage.tutor.requests
    assert (request.said, request.edited, request.place) == (Command("explain", "slots"), True, Place("7"))


async def test_the_answer_to_an_edited_command_takes_the_place_of_the_first_one(stage: Stage) -> None:
    always(stage, Answer(QUESTION), Answer(Document((paragraph("again"),)), Way.EDIT))
    async with stage.running():
        await stage.server.push(message=message("/run a = []", message_id=12))
        await stage.server.wait_for("sendMessage")
        for number in range(2):
            await stage.server.push(edited_message=message(f"/run b = {number}", message_id=12))
        await stage.server.push(edited_message=message("/run c = 1", message_id=99))
        _, unknown = await stage.server.wait_for("sendMessage", count=2)
    first, second = stage.server.made("editMessageText")
    assert (first.params["message_id"], first.shown) == (5001, "again")
    assert second.refusal is not None
    assert unknown.shown == "again"


async def test_one_chat_is_answered_in_order_while_others_do_not_wait_for_it(stage: Stage) -> None:
    release = asyncio.Event()

    async def stuck_on_anna(request: Request) -> Answer | None:
        if request.person.id == "7":
            await release.wait()
        return Answer(Document((paragraph(words_of(request)),)))

    stage.tutor.answer = stuck_on_anna
    async with stage.running():
        for number in range(3):
            await stage.server.push(message=message(f"a{number}"))
        await stage.server.push(message=message("b", sender=BORIS))
        (first,) = await stage.server.wait_for("sendMessage")
        release.set()
        sent = await stage.server.wait_for("sendMessage", count=4)
    assert first.shown == "b"
    assert [call.shown for call in sent] == ["b", "a0", "a1", "a2"]
