"""Programs that come as files."""

from collections.abc import Iterable

import discord
import structlog

from core.chat.request import SentFile

LONGEST = 64 * 1024
"""Bytes of a file that are fetched; longer ones are no programs that somebody typed."""

log = structlog.get_logger()


async def programs(attachments: Iterable[discord.Attachment]) -> tuple[SentFile, ...]:
    """The first Python file among the attachments; nothing where it is too long or cannot be fetched."""
    for attachment in attachments:
        if attachment.filename.endswith(".py") and attachment.size <= LONGEST:
            try:
                return (SentFile(attachment.filename, await attachment.read()),)
            except (discord.HTTPException, OSError) as error:
                log.warning("discord.file_not_fetched", reason=type(error).__name__)
    return ()
