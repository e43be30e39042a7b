"""Connecting, reconnecting and stopping, over real sockets."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord.chat import DiscordChat, DiscordTokenRefused, growing_wait
from bot.platforms.discord.connection import point_at
from core.chat.answer import Answer, Way
from core.chat.request import Command, Person, Place, Platform, Request
from core.document import Document, paragraph
from tests.platforms.discord.local_discord import LocalDiscord, interaction, message
from tests.platforms.discord.recording import RecordingStore, RecordingTutor

EXPLAIN = {"id": "1", "name": "explain", "type": 1, "options": [{"name": "words", "type": 3, "value": "ыдщеы"}]}


@pytest.fixture(autouse=True)
def _discord_stays_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest.fixture
async def local() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord() as server:
        yield server


def chat(local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore) -> DiscordChat:
    return DiscordChat(
        "token", tutor, store, api_url=local.api_url, gateway_url=local.gateway_url, wait=lambda attempt: 0.01
    )


@asynccontextmanager
async def serving(local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore) -> AsyncIterator[None]:
    stop = asyncio.Event()
    running = asyncio.create_task(chat(local, tutor, store).run(stop))
    ready = asyncio.create_task(local.ready.wait())
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        ready.cancel()
        stop.set()
        await running


async def test_a_command_goes_from_the_gateway_to_the_answer(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    async with serving(local, tutor, store):
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
        acknowledged = await local.receives("POST", "interactions/31/token-31/callback")
        answered = await local.receives("PATCH", "webhooks/1000/token-31/messages/@original")

    assert acknowledged.body["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert answered.body["embeds"][0]["description"] == "Здравствуй"
    assert answered.body["allowed_mentions"] == {"parse": []}
    assert tutor.requests == [
        Request(Person(Platform.DISCORD, "8", "ru"), Place("5", private=True), Command("explain", "ыдщеы"))
    ]


async def test_no_privileged_intent_is_in_the_greeting(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    async with serving(local, tutor, store):
        pass

    greeting = await local.receives("IDENTIFY", "gateway")
    intents = discord.Intents._from_value(greeting.body["intents"])
    assert (intents.message_content, intents.members, intents.presences) == (False, False, False)


async def test_commands_are_registered_once_for_two_starts(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    for _ in range(2):
        local.ready.clear()
        async with serving(local, tutor, store):
            pass

    registered = [request for request in local.received if request.method == "PUT"]
    assert [request.path for request in registered] == ["applications/1000/commands"]
    slash = [command["name"] for command in registered[0].body if command["type"] == 1]
    assert slash == [spec.name for spec in tutor.catalogue]


@pytest.mark.parametrize("trouble", [429, 0], ids=["a 429 that no Discord server sent", "a cut connection"])
async def test_a_login_that_fails_is_tried_again(
    trouble: int, local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    local.troubles.extend([trouble] * 3)

    async with serving(local, tutor, store):
        assert local.ready.is_set()

    assert local.logins == 4


async def test_a_login_that_meets_only_500s_is_tried_again(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep = asyncio.sleep

    async def at_once(seconds: float) -> None:
        """discord.py sleeps 25 seconds over its own five attempts."""
        await sleep(0)

    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    local.troubles.extend([500] * 6)

    async with serving(local, tutor, store):
        assert local.ready.is_set()

    assert local.logins == 7


async def test_a_gateway_that_refuses_the_first_connection_is_tried_again(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    attempts: list[int] = []

    def meanwhile_the_gateway_opens(attempt: int) -> float:
        attempts.append(attempt)
        point_at(None, local.gateway_url)
        return 0.0

    closed = f"ws://127.0.0.1:{free_port()}"
    stop = asyncio.Event()
    refused = DiscordChat(
        "token", tutor, store, api_url=local.api_url, gateway_url=closed, wait=meanwhile_the_gateway_opens
    )
    running = asyncio.create_task(refused.run(stop))
    await local.ready.wait()
    stop.set()
    await running

    assert attempts == [1]


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


async def test_a_refused_token_is_said_and_not_tried_again(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    local.troubles.append(401)

    with pytest.raises(DiscordTokenRefused, match="DISCORD_TOKEN"):
        await chat(local, tutor, store).run(asyncio.Event())

    assert local.logins == 1


async def test_a_refused_token_at_the_gateway_is_said_too(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    running = asyncio.create_task(chat(local, tutor, store).run(asyncio.Event()))
    await local.ready.wait()
    await local.hang_up(4004)

    with pytest.raises(DiscordTokenRefused):
        await running


@pytest.mark.parametrize(("code", "greeting"), [(4000, "RESUME"), (4010, "IDENTIFY")])
async def test_a_session_that_dies_is_taken_up_again(
    code: int, greeting: str, local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    async with serving(local, tutor, store):
        local.received.clear()
        await local.hang_up(code)
        await local.receives(greeting, "gateway")
        await local.ready.wait()
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
        await local.receives("PATCH", "messages/@original")


async def test_stopping_finishes_the_answer_that_was_begun(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    tutor.gate = asyncio.Event()
    stop = asyncio.Event()
    running = asyncio.create_task(chat(local, tutor, store).run(stop))
    await local.ready.wait()
    await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
    await local.receives("POST", "/callback")

    stop.set()
    await asyncio.sleep(0.05)
    assert not running.done()
    tutor.gate.set()
    await running

    assert [request.method for request in local.received if request.path.endswith("@original")] == ["PATCH"]


async def test_stopping_before_discord_answers_is_no_wait(tutor: RecordingTutor, store: RecordingStore) -> None:
    stop = asyncio.Event()
    nobody = DiscordChat("token", tutor, store, api_url="http://127.0.0.1:9", wait=lambda attempt: 600.0)
    running = asyncio.create_task(nobody.run(stop))
    await asyncio.sleep(0.05)

    stop.set()
    await running


async def test_nothing_is_whispered_where_nobody_reads_along(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    tutor.answer = Answer(Document((paragraph("Твои настройки"),)), Way.EDIT, personal=True)
    tap = interaction(3, {"custom_id": "k0:settings", "component_type": 2}, number="33")

    async with serving(local, tutor, store):
        await local.dispatch("INTERACTION_CREATE", interaction(2, {"id": "1", "name": "settings", "type": 1}))
        acknowledged = await local.receives("POST", "token-31/callback")
        await local.receives("PATCH", "token-31/messages/@original")
        await local.dispatch("INTERACTION_CREATE", tap | {"message": message()})
        await local.receives("PATCH", "token-33/messages/@original")

    assert "data" not in acknowledged.body


async def test_an_acknowledgement_cut_after_it_arrived_counts(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    local.cuts.append("/callback")

    async with serving(local, tutor, store):
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
        await local.receives("PATCH", "messages/@original")

    assert len(tutor.requests) == 1


async def test_an_answer_cut_on_its_way_is_sent_again(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    local.cuts.append("messages/@original")

    async with serving(local, tutor, store):
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
        await local.receives("PATCH", "messages/@original")

    assert len([request for request in local.received if request.path.endswith("@original")]) == 2


async def test_a_message_cut_after_it_arrived_is_shown_once(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    local.cuts.append("channels/5/messages")
    words: dict[str, Any] = {
        "id": "44", "channel_id": "5", "content": "что такое GIL?", "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, "type": 0,
        "author": {"id": "8", "username": "alice", "discriminator": "0", "avatar": None},
    }  # fmt: skip

    async with serving(local, tutor, store):
        await local.dispatch("MESSAGE_CREATE", words)
        await local.receives("POST", "channels/5/messages")

    assert len([request for request in local.received if request.path == "channels/5/messages"]) == 2
    assert list(local.posted) == ["44-0"]


async def test_a_tutor_that_breaks_does_not_end_the_chat(
    local: LocalDiscord, tutor: RecordingTutor, store: RecordingStore
) -> None:
    tutor.breaks = True

    async with serving(local, tutor, store):
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN))
        await local.receives("DELETE", "webhooks/1000/token-31/messages/@original")
        tutor.breaks = False
        await local.dispatch("INTERACTION_CREATE", interaction(2, EXPLAIN, number="32"))
        await local.receives("PATCH", "webhooks/1000/token-32/messages/@original")


def test_the_wait_grows_to_a_minute() -> None:
    waits = [growing_wait(attempt) for attempt in range(1, 12)]

    assert waits[0] <= 1.25
    assert all(45 <= wait <= 75 for wait in waits[6:])
