"""From an interaction to the tutor and back, through discord.py and a Discord in memory."""

from typing import Any

import discord
import pytest
import simcord

from bot.platforms.discord.client import TutorClient
from core.chat.answer import Answer, Way
from core.chat.request import Command, Person, Place, Platform, Press, Request, Words
from core.document import Button, Document, Form, bold, paragraph
from tests.platforms.discord.recording import RecordingStore, RecordingTutor

ASK_WHY = Form("Почему?", "Твой ответ", long=True)
QUESTION = Document(
    (paragraph(bold("Что напечатает?")),),
    ((Button("True", "q:1:0"), Button("False", "q:1:1")), (Button("Объясню", "q:1:why", form=ASK_WHY),)),
)


async def test_options_reach_the_tutor_as_arguments_in_the_catalogues_order(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    await alice.slash(channel, "ask", topic="weak references", level="2")

    assert tutor.requests == [
        Request(
            Person(Platform.DISCORD, str(alice.id), "en-US"),
            Place(str(channel.id), private=False),
            Command("ask", "2 weak references"),
        )
    ]
    assert tutor.requests[0].person.name == "alice"


async def test_an_answer_takes_the_place_of_thinking(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    result = await alice.slash(channel, "explain", words="slots")

    assert result.response is not None
    assert result.response.embeds[0].description == "Здравствуй"
    assert not result.response.ephemeral
    assert not result.followups


async def test_a_personal_command_is_answered_only_to_the_person(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    result = await alice.slash(channel, "settings")

    assert result.response is not None
    assert result.response.ephemeral


async def test_a_personal_answer_to_a_public_command_leaves_nothing_in_public(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION, personal=True)

    result = await alice.slash(channel, "ask")

    assert result.response is None
    assert [message.ephemeral for message in result.followups] == [True]


@pytest.mark.parametrize("command", ["ask", "settings"])
async def test_silence_leaves_no_thinking_behind(
    command: str, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.silent = True

    result = await alice.slash(channel, command)

    assert result.acknowledged
    assert result.response is None
    assert not result.followups


async def test_a_command_that_only_gets_a_notice_shows_it(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document(), notice="Чуть медленнее, *пожалуйста*")

    result = await alice.slash(channel, "ask")

    assert result.response is not None
    assert result.response.content == r"Чуть медленнее, \*пожалуйста\*"


async def test_a_press_edits_its_message(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    tutor.answer = Answer(Document((paragraph("Верно"),)), Way.EDIT, notice="Засчитано")

    result = await alice.click(asked.response, label="True")

    assert tutor.requests[-1].said == Press("q:1:0")
    assert tutor.requests[-1].message == str(asked.response.id)
    assert not result.followups
    edited = channel.history()[-1]
    assert edited.id == asked.response.id
    assert edited.embeds[0].description == "Верно"
    assert edited.embeds[0].footer.text == "Засчитано"
    assert not edited.components


async def test_a_press_may_be_followed_by_a_new_message(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None

    result = await alice.click(asked.response, label="False")

    assert len(result.followups) == 1
    assert not result.followups[0].ephemeral
    assert len(channel.history()) == 2


async def test_what_follows_a_whisper_is_whispered(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    shown = await alice.slash(channel, "settings")
    assert shown.response is not None

    result = await alice.click(shown.response, label="True")

    assert [message.ephemeral for message in result.followups] == [True]


async def test_a_personal_answer_never_replaces_a_public_message(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    tutor.answer = Answer(Document((paragraph("Твои ошибки"),)), Way.EDIT, personal=True)

    result = await alice.click(asked.response, label="True")

    assert [message.ephemeral for message in result.followups] == [True]
    assert channel.history()[-1].embeds[0].description == "**Что напечатает?**"


async def test_a_notice_for_a_press_is_whispered(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    tutor.answer = Answer(Document(), Way.EDIT, notice="Уже отвечено")

    result = await alice.click(asked.response, label="True")

    assert [(message.content, message.ephemeral) for message in result.followups] == [("Уже отвечено", True)]
    assert channel.history()[-1].embeds[0].description == "**Что напечатает?**"


async def test_a_press_without_an_answer_changes_nothing(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    tutor.silent = True

    result = await alice.click(asked.response, label="True")

    assert result.acknowledged
    assert not result.followups


async def test_buttons_and_forms_outlive_a_restart(
    simcord_env: simcord.Env,
    alice: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    tutor: RecordingTutor,
    store: RecordingStore,
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    await simcord_env.restart_bot(TutorClient(tutor, store))

    await alice.click(asked.response, label="False")
    shown = await alice.click(asked.response, label="Объясню")
    assert shown.modal is not None
    assert shown.modal["title"] == "Почему?"
    await simcord_env.restart_bot(TutorClient(tutor, store))
    await alice.submit_modal(shown, {"text": "потому что `is`"})

    assert [request.said for request in tutor.requests[1:]] == [
        Press("q:1:1"),
        Press("q:1:why", "потому что `is`"),
    ]


async def test_a_form_that_nobody_remembers_is_asked_for_with_its_buttons_words(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(QUESTION)
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    await simcord_env.restart_bot(TutorClient(tutor, RecordingStore()))

    shown = await alice.click(asked.response, label="Объясню")

    assert shown.modal is not None
    assert shown.modal["title"] == "Объясню"


async def test_many_buttons_become_a_select_that_presses_the_chosen_one(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    zones = tuple((Button(f"Зона {number}", f"zone:{number}"),) for number in range(40))
    tutor.answer = Answer(Document((paragraph("Где ты?"),), zones))
    asked = await alice.slash(channel, "settings")
    assert asked.response is not None
    selects = [row["components"][0] for row in asked.response.components]
    assert [len(select["options"]) for select in selects] == [25, 15]

    chosen = selects[1]["options"][3]
    assert chosen["label"] == "Зона 28"
    await alice.select(asked.response, [chosen["value"]], custom_id=selects[1]["custom_id"])

    assert tutor.requests[-1].said == Press("zone:28")


async def test_what_is_typed_is_completed_by_the_look_up(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    choices = await alice.autocomplete(channel, "explain", "words", "сборщ")

    assert tutor.queries == [("сборщ", 25)]
    assert len(choices) == 25
    assert choices[0]["value"] == "slug-0"
    assert all(len(choice["name"]) <= 100 for choice in choices)


async def test_a_direct_message_is_words_or_a_typed_command(simcord_env: simcord.Env, tutor: RecordingTutor) -> None:
    bob = simcord_env.create_user("bob")
    simcord_env.create_guild().add_member(bob)

    await bob.send_dm("почему getrefcount показывает 2")
    await bob.send_dm("/explain  slots ")

    place = Place(str(bob.dm_channel.id), private=True)
    assert [(request.place, request.said) for request in tutor.requests] == [
        (place, Words("почему getrefcount показывает 2")),
        (place, Command("explain", "slots")),
    ]
    assert [message.embeds[0].description for message in bob.dm_channel.history() if message.embeds] == [
        "Здравствуй",
        "Здравствуй",
    ]
    posts: list[Any] = [entry.json for entry in simcord_env.http_requests if entry.path.endswith("/messages")]
    assert all(post["enforce_nonce"] for post in posts)
    assert len({post["nonce"] for post in posts}) == 2


async def test_talk_in_a_server_is_not_listened_to(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    await alice.send(channel, "hello, kucha")

    assert not tutor.requests


async def test_no_privileged_intent_is_asked_for() -> None:
    approved = discord.Intents.default()
    async with simcord.run(TutorClient(RecordingTutor(), RecordingStore()), approved_intents=approved) as env:
        assert env.bot.user is not None


async def test_nobody_is_ever_pinged(
    simcord_env: simcord.Env, alice: simcord.MemberActor, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    tutor.answer = Answer(Document((paragraph(f"@everyone {alice.mention}"),), QUESTION.buttons))
    asked = await alice.slash(channel, "ask")
    assert asked.response is not None
    await alice.click(asked.response, label="True")

    said = [entry.json for entry in simcord_env.http_requests if entry.json and "embeds" in entry.json]
    assert len(said) == 2
    assert [body["allowed_mentions"] for body in said] == [{"parse": []}, {"parse": []}]


async def test_leaving_a_server_makes_its_channels_unreachable(
    simcord_env: simcord.Env, guild: simcord.GuildHandle, channel: simcord.ChannelHandle, tutor: RecordingTutor
) -> None:
    simcord_env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await simcord_env.settle()

    assert (str(channel.id), False) in tutor.reachable
