"""The only thing that sends to Discord."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.platforms.discord.connection import BROKEN, PATIENTLY, QUICKLY, Sleep, persist
from bot.platforms.discord.controls import view
from bot.platforms.discord.forms import FormDialog, Forms
from bot.platforms.discord.intake import Interaction
from bot.platforms.discord.markdown import escape
from bot.platforms.discord.renderer import Outgoing, in_words, render
from core.chat.answer import Answer, Way
from core.document import Document

REFUSED = 400
TOO_MANY = 429
SERVER_FAULT = 500
UNKNOWN_CHANNEL = 10003
NO_RIGHTS = (50001, 50013, 50083, 160005)
"""Missing access, missing permissions; a thread that is archived, or locked."""
UNKNOWN_MESSAGE = 10008
ALREADY_ACKNOWLEDGED = 40060
TOKEN_IS_OVER = (10015, 50027)
"""Unknown webhook and invalid webhook token: fifteen minutes after it was made, an interaction cannot be answered."""
NOBODY = discord.AllowedMentions.none()
REFUSALS = (discord.HTTPException, *BROKEN)
"""What sending may raise."""

log = structlog.get_logger()


class Delivery(Enum):
    """What became of a message."""

    DONE = "done"
    FAILED = "failed"
    CLOSED = "closed"
    """There is nothing to write to any more, or nobody who wants to be written to."""
    FORBIDDEN = "forbidden"
    """The tutor lacks the right to write there."""
    BROKEN = "broken"
    """The line or the server broke, or asked for patience: another attempt may succeed."""


class Sender:
    """Acknowledges interactions and delivers answers; what cannot be delivered is logged, never raised."""

    def __init__(self, forms: Forms, sleep: Sleep = asyncio.sleep) -> None:
        self._forms = forms
        self._sleep = sleep

    async def acknowledge(self, interaction: Interaction, hidden: bool = False) -> bool:
        """Tell Discord within its three seconds that an answer will come; False when it is too late for one.

        A command shows "thinking…" (only to the person who asked when `hidden`), a press shows nothing yet.
        """
        thinking = interaction.type is discord.InteractionType.application_command
        return await self._respond(lambda: interaction.response.defer(thinking=thinking, ephemeral=thinking and hidden))

    async def open(self, interaction: Interaction, dialog: FormDialog) -> None:
        """Open a form in place of an acknowledgement."""
        await self._respond(lambda: interaction.response.send_modal(dialog))

    async def complete(self, interaction: Interaction, choices: Sequence[app_commands.Choice[str]]) -> None:
        """Offer completions of what is being typed."""
        await self._respond(lambda: interaction.response.autocomplete(choices))

    async def answer_command(self, interaction: Interaction, answer: Answer | None, hidden: bool) -> None:
        """Put the answer in place of "thinking…"; silence takes that away.

        A secret asked for in public follows in private. Until "thinking…" became a message, Discord would put any
        other message, and as publicly, in its place; so it becomes one, and goes when the secret is told.
        """
        messages = await self._messages(answer)
        secret = answer is not None and answer.personal and not hidden and _others_read(interaction)
        if messages and secret:
            await self._put(interaction, Outgoing(content="…"), "", edit=True, hidden=True)
        await self._deliver(interaction, messages, edit=not secret, hidden=hidden or secret)
        if secret or not messages:
            await self._respond(interaction.delete_original_response)

    async def answer_press(self, interaction: Interaction, answer: Answer | None) -> None:
        """Edit the message that holds the button, or follow it with another; a mere notice is whispered.

        What is personal, or follows a whisper, is whispered where others read, and never replaces what they read.
        """
        if answer is None:
            return
        messages = await self._messages(answer)
        whispered = interaction.message is not None and interaction.message.flags.ephemeral
        if not answer.document.blocks:
            await self._deliver(interaction, messages, edit=False, hidden=True)
            return
        hidden = _others_read(interaction) and (whispered or answer.personal)
        edit = answer.way is Way.EDIT and interaction.message is not None and (whispered or not hidden)
        await self._deliver(interaction, messages, edit=edit, hidden=hidden)

    async def post(self, channel: discord.abc.Messageable, answer: Answer | None, nonce: str) -> Delivery:
        """Send an answer as new messages; what arrives twice with the same nonce (at most 23 characters) shows once."""
        return await self._post(channel, await self._messages(answer), nonce)

    async def say(self, channel: discord.abc.Messageable, document: Document, nonce: str) -> str | None:
        """Send a document that answers nobody; the id of its first message. Raises what `REFUSALS` lists."""
        return await self._say(channel, await self._messages(Answer(document)), nonce)

    async def mend(self, message: discord.PartialMessage, document: Document) -> None:
        """Put a document in a message's place, as far as one message holds it. Raises what `REFUSALS` lists."""
        messages = await self._messages(Answer(document))
        if messages:
            await message.edit(**_whole(replace(messages[0], rows=messages[-1].rows)))

    async def _messages(self, answer: Answer | None) -> list[Outgoing]:
        if answer is None:
            return []
        if not answer.document.blocks:
            return [Outgoing(content=escape(answer.notice))] if answer.notice else []
        await self._forms.remember(answer.document)
        said_already = answer.notice is not None and answer.notice in answer.document.plain()
        return render(answer.document, None if said_already else answer.notice)

    async def _deliver(
        self, interaction: Interaction, messages: Sequence[Outgoing], *, edit: bool, hidden: bool
    ) -> None:
        for number, message in enumerate(messages):
            nonce = f"{interaction.id}-{number}"
            delivery = await self._put(interaction, message, nonce, edit=edit and number == 0, hidden=hidden)
            if delivery is not Delivery.DONE:
                return

    async def _put(
        self, interaction: Interaction, message: Outgoing, nonce: str, *, edit: bool, hidden: bool
    ) -> Delivery:
        """Deliver one message of an answer: where it belongs, else beside it, else into the channel, else as words."""
        try:
            await persist(
                lambda: _edited(interaction, message) if edit else _followed(interaction, message, hidden),
                PATIENTLY,
                self._sleep,
            )
        except discord.HTTPException as refusal:
            if edit and refusal.code == UNKNOWN_MESSAGE:
                return await self._put(interaction, message, nonce, edit=False, hidden=hidden)
            if refusal.code in TOKEN_IS_OVER and not hidden and interaction.channel_id:
                channel = interaction.client.get_partial_messageable(interaction.channel_id)
                return await self._post(channel, (message,), nonce)
            if refusal.status == REFUSED and message.embeds:
                return await self._put(interaction, in_words(message), nonce, edit=edit, hidden=hidden)
            return undelivered(refusal)
        except BROKEN as fault:
            return undelivered(fault)
        return Delivery.DONE

    async def _post(self, channel: discord.abc.Messageable, messages: Sequence[Outgoing], nonce: str) -> Delivery:
        try:
            await self._say(channel, messages, nonce)
        except REFUSALS as refusal:
            return undelivered(refusal)
        return Delivery.DONE

    async def _say(self, channel: discord.abc.Messageable, messages: Sequence[Outgoing], nonce: str) -> str | None:
        sent = [await self._accepted(channel, message, f"{nonce}-{number}") for number, message in enumerate(messages)]
        return str(sent[0].id) if sent else None

    async def _accepted(self, channel: discord.abc.Messageable, message: Outgoing, nonce: str) -> discord.Message:
        try:
            return await persist(
                lambda: channel.send(**_parts(message), nonce=nonce, allowed_mentions=NOBODY), PATIENTLY, self._sleep
            )
        except discord.HTTPException as refusal:
            if refusal.status == REFUSED and message.embeds:
                return await self._accepted(channel, in_words(message), nonce)
            raise

    async def _respond(self, respond: Callable[[], Awaitable[object]]) -> bool:
        """Respond to an interaction once; that it was done already means that the attempt before a cut got through."""
        try:
            await persist(respond, QUICKLY, self._sleep)
        except discord.HTTPException as refusal:
            if refusal.code != ALREADY_ACKNOWLEDGED:
                undelivered(refusal)
                return False
        except BROKEN as fault:
            undelivered(fault)
            return False
        return True


def _others_read(interaction: Interaction) -> bool:
    return interaction.guild_id is not None


async def _edited(interaction: Interaction, message: Outgoing) -> None:
    await interaction.edit_original_response(**_whole(message))


async def _followed(interaction: Interaction, message: Outgoing, hidden: bool) -> None:
    await interaction.followup.send(**_parts(message), ephemeral=hidden, allowed_mentions=NOBODY)


def _whole(message: Outgoing) -> dict[str, Any]:
    """Everything that an edited message shows from then on."""
    return {
        "content": message.content or None,
        "embeds": message.embeds,
        "attachments": [upload.file() for upload in message.uploads],
        "view": view(message.rows) if message.rows else None,
        "allowed_mentions": NOBODY,
    }


def _parts(message: Outgoing) -> dict[str, Any]:
    parts: dict[str, Any] = {"embeds": message.embeds}
    if message.content:
        parts["content"] = message.content
    if message.uploads:
        parts["files"] = [upload.file() for upload in message.uploads]
    if message.rows:
        parts["view"] = view(message.rows)
    return parts


def undelivered(fault: Exception) -> Delivery:
    """What a refusal means for a message, logged."""
    refusal = fault if isinstance(fault, discord.HTTPException) else None
    log.warning("discord.undelivered", reason=type(fault).__name__, code=refusal.code if refusal else None)
    if refusal is None or refusal.status == TOO_MANY or refusal.status >= SERVER_FAULT:
        return Delivery.BROKEN
    if refusal.code in NO_RIGHTS:
        return Delivery.FORBIDDEN
    closed = isinstance(fault, discord.Forbidden) or refusal.code == UNKNOWN_CHANNEL
    return Delivery.CLOSED if closed else Delivery.FAILED
