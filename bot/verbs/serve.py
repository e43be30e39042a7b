"""`kucha` and `kucha serve`: the configured bots in one process, or the terminal chat when there is none."""

import argparse
import asyncio
import gc
from typing import Protocol

import structlog

from bot.settings import Settings
from bot.stopping import stop_event

log = structlog.get_logger()


class Chat(Protocol):
    """A platform being served."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what was begun."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the settings decide."""


async def run(arguments: argparse.Namespace) -> int:
    """Serve every platform whose token is set until SIGTERM or SIGINT."""
    settings = Settings()
    if not (settings.telegram_token or settings.discord_token):
        from bot.verbs import chat

        return await chat.run(arguments)

    from bot.logs import set_up_logs
    from bot.watching import watch
    from bot.wiring import open_kucha

    set_up_logs(settings.kucha_log)
    watch(settings)
    async with open_kucha(settings) as kucha:
        await asyncio.to_thread(kucha.room.look_up.prepare)
        # What is taught lives as long as we do: no collection walks over it while somebody waits.
        gc.collect()
        gc.freeze()
        chats: dict[str, Chat] = {}
        if settings.telegram_token:
            from bot.platforms.telegram.chat import TelegramChat

            chats["telegram"] = TelegramChat(
                settings.telegram_token.get_secret_value(),
                kucha.app,
                kucha.remembered,
                api_url=settings.telegram_api_url,
                rounds=kucha.rounds,
                games=kucha.quiz_nights,
                per_second=settings.telegram_per_second,
            )
        if settings.discord_token:
            from bot.platforms.discord.chat import DiscordChat

            chats["discord"] = DiscordChat(
                settings.discord_token.get_secret_value(),
                kucha.app,
                kucha.remembered,
                api_url=settings.discord_api_url,
                gateway_url=settings.discord_gateway_url,
                rounds=kucha.rounds,
                games=kucha.quiz_nights,
            )
        log.info("serving", platforms=sorted(chats), questions=len(kucha.room.bank.questions))
        return await serve(chats)


async def serve(chats: dict[str, Chat]) -> int:
    """Run the platforms side by side; one that cannot go on leaves the others running. 0 when all ended as asked."""
    stop = stop_event()
    async with asyncio.TaskGroup() as tasks:
        ended = [tasks.create_task(_served(name, chat, stop)) for name, chat in chats.items()]
    return 0 if all(task.result() for task in ended) else 1


async def _served(name: str, chat: Chat, stop: asyncio.Event) -> bool:
    try:
        await chat.run(stop)
    except Exception as error:
        log.error("platform_ended", platform=name, reason=str(error) or type(error).__name__)
        return False
    return True
