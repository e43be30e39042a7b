"""Programs that learners send as files."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Document
from aiohttp import ClientError

from bot.platforms.telegram.intake import FILE_BYTES
from core.chat.request import SentFile

log = structlog.get_logger()
_DOWNLOAD_SECONDS = 20


async def fetch_program(bot: Bot, document: Document) -> SentFile | None:
    """The file's content, or None where it cannot be had or turns out to be longer than it said."""
    try:
        file = await bot.get_file(document.file_id)
        if not file.file_path:
            return None
        url = bot.session.api.file_url(bot.token, file.file_path)
        content = bytearray()
        async for chunk in bot.session.stream_content(url, timeout=_DOWNLOAD_SECONDS):
            content += chunk
            if len(content) > FILE_BYTES:
                log.info("telegram.file_too_long")
                return None
    except (AiogramError, ClientError, TimeoutError, UnicodeDecodeError) as error:
        log.warning("telegram.file_not_fetched", error=type(error).__name__)
        return None
    return SentFile(document.file_name or "program.py", bytes(content))
