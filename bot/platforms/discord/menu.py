"""The catalogue as Discord's slash commands, registered only when it changed."""

import hashlib
import json
from typing import Any

import discord
import structlog

from bot.platforms.discord.forms import Store
from bot.platforms.discord.markdown import shortened
from core.chat.catalogue import CommandSpec, Parameter
from core.chat.tutor import Tutor

DESCRIPTION = 100
SYNCED = "discord.commands"
STRING = discord.AppCommandOptionType.string.value
ATTACHMENT = discord.AppCommandOptionType.attachment.value
CHAT_INPUT = discord.AppCommandType.chat_input.value
ON_MESSAGE = discord.AppCommandType.message.value
MENU_NAME = 32
IN_SERVER, IN_DIRECT_MESSAGES = 0, 1
INSTALLED_IN_SERVER = 0

log = structlog.get_logger()


def menu(tutor: Tutor) -> list[dict[str, Any]]:
    """The commands as Discord's API takes them, described in English and, for Russian clients, in Russian."""
    on_messages = [_on_message(tutor, spec.on_messages) for spec in tutor.catalogue if spec.on_messages]
    return [*(_command(tutor, spec) for spec in tutor.catalogue), *on_messages]


async def sync(client: discord.Client, tutor: Tutor, store: Store) -> None:
    """Register the commands unless Discord has them already; a refusal is logged and tried again at the next start."""
    commands = menu(tutor)
    content = json.dumps([client.application_id, commands], sort_keys=True)
    fingerprint = hashlib.sha256(content.encode()).hexdigest()
    if client.application_id is None or await store.get(SYNCED) == fingerprint:
        return
    try:
        await client.http.bulk_upsert_global_commands(client.application_id, commands)
    except (discord.HTTPException, OSError) as refusal:
        log.warning("discord.commands_refused", reason=type(refusal).__name__)
        return
    await store.set(SYNCED, fingerprint)
    log.info("discord.commands_synced", commands=len(commands))


def _command(tutor: Tutor, spec: CommandSpec) -> dict[str, Any]:
    return {
        "type": CHAT_INPUT,
        "name": spec.name,
        **_described(tutor, f"command-{spec.name}"),
        "options": [_option(tutor, spec, parameter) for parameter in spec.parameters],
        "contexts": [IN_SERVER, IN_DIRECT_MESSAGES],
        "integration_types": [INSTALLED_IN_SERVER],
    }


def _on_message(tutor: Tutor, message: str) -> dict[str, Any]:
    """The command as an entry of the menu that every message has."""
    return {
        "type": ON_MESSAGE,
        "name": tutor.description(message, "en")[:MENU_NAME],
        "name_localizations": {"ru": tutor.description(message, "ru")[:MENU_NAME]},
        "contexts": [IN_SERVER, IN_DIRECT_MESSAGES],
        "integration_types": [INSTALLED_IN_SERVER],
    }


def spec_of(tutor: Tutor, name: str) -> CommandSpec | None:
    """The command behind a slash command's name or a message menu's entry."""
    return tutor.catalogue.find(name) or next(
        (spec for spec in tutor.catalogue if spec.on_messages and tutor.description(spec.on_messages, "en") == name),
        None,
    )


def _option(tutor: Tutor, spec: CommandSpec, parameter: Parameter) -> dict[str, Any]:
    option = {
        "type": STRING,
        "name": parameter.name,
        **_described(tutor, f"command-{spec.name}-{parameter.name}"),
        "required": parameter.required,
    }
    if parameter.file:
        return option | {"type": ATTACHMENT}
    if parameter.choices:
        return option | {"choices": [{"name": choice, "value": choice} for choice in parameter.choices]}
    return option | {"autocomplete": parameter.completes is not None}


def _described(tutor: Tutor, message: str) -> dict[str, Any]:
    return {
        "description": shortened(tutor.description(message, "en"), DESCRIPTION),
        "description_localizations": {"ru": shortened(tutor.description(message, "ru"), DESCRIPTION)},
    }
