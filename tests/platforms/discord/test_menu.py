"""The catalogue as Discord's menu of commands."""

import re
from typing import Any

import simcord

from bot.platforms.discord.client import TutorClient
from bot.platforms.discord.menu import ATTACHMENT, CHAT_INPUT, ON_MESSAGE, menu, spec_of
from core.chat.catalogue import CATALOGUE, Catalogue, CommandSpec, Group, Parameter
from tests.platforms.discord.recording import RecordingStore, RecordingTutor


def registrations(env: simcord.Env) -> int:
    return sum(entry.method == "PUT" for entry in env.http_requests)


def slash_commands(tutor: RecordingTutor) -> list[dict[str, Any]]:
    return [command for command in menu(tutor) if command["type"] == CHAT_INPUT]


def test_every_command_is_offered_in_both_languages(tutor: RecordingTutor) -> None:
    for command, spec in zip(slash_commands(tutor), CATALOGUE, strict=True):
        assert command["name"] == spec.name
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command["name"])
        assert [option["name"] for option in command["options"]] == [each.name for each in spec.parameters]
        for described in (command, *command["options"]):
            assert described["description"].endswith("(en)")
            assert 0 < len(described["description_localizations"]["ru"]) <= 100


def test_an_argument_is_chosen_completed_or_typed(tutor: RecordingTutor) -> None:
    options = {(each["name"], option["name"]): option for each in slash_commands(tutor) for option in each["options"]}

    assert [choice["value"] for choice in options["ask", "level"]["choices"]] == ["1", "2", "3"]
    assert options["explain", "words"]["autocomplete"]
    assert options["explain", "words"]["required"]
    assert not options["report", "words"]["autocomplete"]
    assert options["run", "file"]["type"] == ATTACHMENT


def test_a_command_for_messages_is_in_their_menu(tutor: RecordingTutor) -> None:
    (entry,) = [command for command in menu(tutor) if command["type"] == ON_MESSAGE]
    assert "description" not in entry
    assert spec_of(tutor, entry["name"]) is CATALOGUE.find("run")


async def test_the_menu_is_registered_again_only_when_it_changed(
    simcord_env: simcord.Env, store: RecordingStore
) -> None:
    await simcord_env.restart_bot(TutorClient(RecordingTutor(), store))
    assert registrations(simcord_env) == 1

    await simcord_env.restart_bot(TutorClient(GrownTutor(), store))
    assert registrations(simcord_env) == 2


async def test_a_refused_menu_is_tried_again_at_the_next_start(store: RecordingStore) -> None:
    async with simcord.run(TutorClient(RecordingTutor(), store)) as env:
        store.kept.clear()
        env.inject_error("PUT", "/applications/*/commands", status=500)
        await env.restart_bot(TutorClient(RecordingTutor(), store))
        assert not store.kept

        await env.restart_bot(TutorClient(RecordingTutor(), store))
        assert store.kept


class GrownTutor(RecordingTutor):
    @property
    def catalogue(self) -> Catalogue:
        return Catalogue((*CATALOGUE, CommandSpec("later", Group.LEARN, (Parameter("words"),))))
