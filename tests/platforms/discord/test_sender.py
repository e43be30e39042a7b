"""What is sent when Discord refuses."""

import pytest
import simcord

from bot.platforms.discord.client import TutorClient
from core.chat.answer import Answer, Way
from core.document import Button, CodeBlock, Document, Picture, paragraph
from tests.platforms.discord.recording import RecordingStore, RecordingTutor

CALLBACK = "/interactions/*/callback"
ORIGINAL = "/webhooks/*/messages/@original"
NEXT = ((Button("Next", "next"),),)


async def test_a_refused_document_is_sent_as_plain_words(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph("Ответ: ", "2"), CodeBlock("x = 1")), NEXT))
    simcord_env.inject_error("PATCH", ORIGINAL, status=400, code=50035)

    result = await alice.slash(channel, "ask")

    assert result.response is not None
    assert "Ответ: 2" in result.response.content
    assert not result.response.embeds


async def test_an_answer_to_a_deleted_message_is_sent_beside_it(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph("?"),), NEXT), Way.EDIT)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    simcord_env.inject_error("PATCH", ORIGINAL, status=404, code=10008)

    result = await alice.click(asked.response, label="Next")

    assert len(result.followups) == 1


async def test_an_answer_after_the_interaction_is_over_goes_to_the_channel(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    simcord_env.inject_error("PATCH", ORIGINAL, status=401, code=50027)

    await alice.slash(channel, "ask")

    assert channel.last_message is not None
    assert channel.last_message.embeds[0].description == "Здравствуй"


async def test_a_whisper_after_the_interaction_is_over_is_not_said_aloud(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    simcord_env.inject_error("PATCH", ORIGINAL, status=401, code=50027)

    await alice.slash(channel, "settings")

    assert not [message for message in channel.history() if message.embeds]


async def test_an_expired_press_is_swallowed_before_any_work(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    simcord_env.inject_error("POST", CALLBACK, status=404, code=10062)

    await alice.slash(channel, "ask")
    assert not tutor.requests

    await alice.slash(channel, "ask")
    assert len(tutor.requests) == 1


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_an_answer_that_cannot_be_delivered_breaks_nothing(
    status: int, simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    simcord_env.inject_error("PATCH", ORIGINAL, status=status, code=50001)

    await alice.slash(channel, "ask")
    result = await alice.slash(channel, "ask")

    assert result.response is not None


async def test_a_person_who_blocked_the_tutor_is_marked_unreachable(
    simcord_env: simcord.Env, alice: simcord.MemberActor, tutor: RecordingTutor
) -> None:
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50007)

    await alice.send_dm("что такое GIL?")

    assert tutor.reachable == [(str(alice.user.dm_channel.id), False)]


async def test_a_notice_that_the_answer_says_already_is_not_repeated(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph("Чуть медленнее"),)), notice="Чуть медленнее")

    result = await alice.slash(channel, "ask")

    assert result.response is not None
    assert result.response.embeds[0].footer.text is None


async def test_pictures_travel_with_their_message(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph("Прогресс"), Picture(b"png", "progress.png", "твой прогресс")), NEXT))
    asked = await alice.slash(channel, "progress")
    assert asked.response is not None
    assert [file.filename for file in asked.response.attachments] == ["progress.png"]

    tutor.answer = Answer(Document((paragraph("Без картинки"),)), Way.EDIT)
    await alice.click(asked.response, label="Next")

    edited = channel.history(viewer=alice)[-1]
    assert edited.embeds[0].description == "Без картинки"
    assert not edited.attachments


async def test_a_long_answer_is_several_messages_with_the_buttons_at_the_end(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document(tuple(paragraph(f"{number} " + "слово " * 400) for number in range(6)), NEXT))

    result = await alice.slash(channel, "settings")

    assert result.response is not None
    assert not result.response.components
    assert all(message.ephemeral for message in result.followups)
    assert result.followups[-1].components
    assert await alice.click(result.followups[-1], label="Next")


async def test_a_button_that_somebody_else_made_is_answered_too(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph("?"),), NEXT))
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    stored = simcord_env.backend.get_message(channel.id, asked.response.id)
    stored.components[0]["components"][0]["custom_id"] = "an id of last year"
    await simcord_env.restart_bot(TutorClient(tutor, RecordingStore()))

    result = await alice.click(asked.response, label="Next")

    assert result.acknowledged
    assert str(tutor.requests[-1].said) == "Press(token='an id of last year', text=None)"
