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
CHAT_INPUT = discord.AppCommandType.chat_input.value
IN_SERVER, IN_DIRECT_MESSAGES = 0, 1
INSTALLED_IN_SERVER = 0

log = structlog.get_logger()


def menu(tutor: Tutor) -> list[dict[str, Any]]:
    """The commands as Discord's API takes them, described in English and, for Russian clients, in Russian."""
    return [_command(tutor, spec) for spec in tutor.catalogue]


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


def _option(tutor: Tutor, spec: CommandSpec, parameter: Parameter) -> dict[str, Any]:
    option = {
        "type": STRING,
        "name": parameter.name,
        **_described(tutor, f"command-{spec.name}-{parameter.name}"),
        "required": parameter.required,
    }
    if parameter.choices:
        return option | {"choices": [{"name": choice, "value": choice} for choice in parameter.choices]}
    return option | {"autocomplete": parameter.completes is not None}


def _described(tutor: Tutor, message: str) -> dict[str, Any]:
    return {
        "description": shortened(tutor.description(message, "en"), DESCRIPTION),
        "description_localizations": {"ru": shortened(tutor.description(message, "ru"), DESCRIPTION)},
    }
