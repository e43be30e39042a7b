"""The command menu, filled from the catalogue and sent only when it changed."""

import hashlib
import json
from typing import Protocol

import structlog
from aiogram.exceptions import AiogramError
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand

from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.limits import COMMAND_DESCRIPTION, COMMANDS
from core.chat.tutor import Tutor

log = structlog.get_logger()

MENU_LANGUAGES: tuple[str | None, ...] = (None, "ru")
"""Languages with a menu of their own; None is everybody else, who gets English."""
_KEY = "telegram.menu.{bot}"
_DEFAULT_LANGUAGE = "en"


class MenuStore(Protocol):
    """A few words that outlive the process."""

    async def get(self, key: str) -> str | None:
        """What was kept under the key."""

    async def set(self, key: str, value: str) -> None:
        """Keep this under the key."""


async def fill_menu(connection: Connection, tutor: Tutor, store: MenuStore) -> None:
    """Send the menus of all languages if they differ from the ones sent last; a refusal waits for the next start."""
    menus = {language: _menu(tutor, language) for language in MENU_LANGUAGES}
    known = json.dumps([[command.model_dump() for command in menu] for menu in menus.values()])
    digest = hashlib.sha256(known.encode()).hexdigest()
    key = _KEY.format(bot=connection.bot.id)
    if await store.get(key) == digest:
        return
    try:
        for language, commands in menus.items():
            await connection.request(SetMyCommands(commands=commands, language_code=language))
    except (AiogramError, UnicodeDecodeError) as error:
        log.error("telegram.menu_not_filled", error=type(error).__name__)
        return
    await store.set(key, digest)
    log.info("telegram.menu_filled", commands=len(menus[None]))


def _menu(tutor: Tutor, language: str | None) -> list[BotCommand]:
    return [
        BotCommand(
            command=spec.name,
            description=tutor.description(f"command-{spec.name}", language or _DEFAULT_LANGUAGE)[:COMMAND_DESCRIPTION],
        )
        for spec in list(tutor.catalogue)[:COMMANDS]
    ]
