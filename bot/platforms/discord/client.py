"""The gateway's events, each handed to the tutor and its answer to the sender."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.platforms.discord import intake, menu
from bot.platforms.discord.forms import FormDialog, Forms, Store
from bot.platforms.discord.intake import Interaction
from bot.platforms.discord.mailbox import DiscordMailbox
from bot.platforms.discord.markdown import shortened
from bot.platforms.discord.programs import programs
from bot.platforms.discord.sender import NOBODY, Delivery, Sender
from bot.platforms.discord.venue import DiscordVenue
from bot.platforms.games import Games
from bot.wiring import utc_now
from core.chat.answer import Answer
from core.chat.daily_letters import Rounds
from core.chat.request import Platform, Request
from core.chat.tutor import Tutor
from core.document import Form

SUGGESTIONS = 25
CHOICE = 100
LAST_EDITS = 5.0
"""Seconds that edits of games may take when the tutor stops."""
TYPED = (discord.MessageType.default, discord.MessageType.reply)

log = structlog.get_logger()


class TutorClient(discord.Client):
    """A Discord client that needs no privileged intent: servers for their commands, and direct messages."""

    def __init__(
        self,
        tutor: Tutor,
        store: Store,
        rounds: Rounds | None = None,
        games: Games | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        # Nothing here speaks, so the libraries for voice are not missed at every start.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True, dm_messages=True),
            allowed_mentions=NOBODY,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0.0,
        )
        self.was_ready = False
        self._tutor = tutor
        self._store = store
        self._forms = Forms(store)
        self._sender = Sender(self._forms)
        self._begun: set[asyncio.Task[Any]] = set()
        self._rounds = rounds
        self._games = games
        self._now = now
        self._end = asyncio.Event()
        self._unasked: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        await menu.sync(self, self._tutor, self._store)

    async def close(self) -> None:
        # discord.py leaves this task running; it would announce a client that is closed by then.
        if self._connection._ready_task is not None:
            self._connection._ready_task.cancel()
        for task in self._unasked:
            task.cancel()
        await super().close()

    async def finish(self, seconds: float) -> None:
        """Wait until everything begun is answered and delivered, but not longer than that."""
        self._end.set()
        begun = {*self._begun, *self._unasked}
        if begun:
            await asyncio.wait(begun, timeout=seconds)

    async def on_ready(self) -> None:
        self.was_ready = True
        log.info("discord.ready", servers=len(self.guilds))
        if self._unasked:
            return
        if self._rounds:
            mailbox = DiscordMailbox(self, self._sender)
            self._unasked.append(asyncio.create_task(self._rounds(Platform.DISCORD, mailbox, self._end)))
        if self._games:
            self._unasked.append(asyncio.create_task(self._play(self._games)))

    async def _play(self, games: Games) -> None:
        venue = DiscordVenue(self, self._sender, self._now)
        await games(Platform.DISCORD, venue, self._end)
        await venue.drain(LAST_EDITS)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("discord.event_failed", event_name=event_method)

    async def on_interaction(self, interaction: Interaction) -> None:
        self._begin()
        match interaction.type:
            case discord.InteractionType.application_command:
                await self._command(interaction)
            case discord.InteractionType.autocomplete:
                await self._suggest(interaction)
            case discord.InteractionType.component:
                await self._press(interaction)
            case discord.InteractionType.modal_submit:
                await self._answer_press(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a direct message; edits of one are no new question, so no other event is listened to."""
        if message.author.bot or message.guild is not None or message.type not in TYPED:
            return
        self._begin()
        answer = await self._ask(replace(intake.message(message), files=await programs(message.attachments)))
        if await self._sender.post(message.channel, answer, str(message.id)) is Delivery.CLOSED:
            await self._tutor.chat_reachable(Platform.DISCORD, str(message.channel.id), False)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        for channel in (*guild.text_channels, *guild.threads):
            await self._tutor.chat_reachable(Platform.DISCORD, str(channel.id), True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        for channel in (*guild.text_channels, *guild.threads):
            await self._tutor.chat_reachable(Platform.DISCORD, str(channel.id), False)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._tutor.chat_reachable(Platform.DISCORD, str(channel.id), False)

    async def _command(self, interaction: Interaction) -> None:
        spec = menu.spec_of(self._tutor, intake.command_name(interaction))
        hidden = interaction.guild_id is not None and (spec is None or spec.personal)
        if await self._sender.acknowledge(interaction, hidden):
            request = intake.command(interaction, spec)
            answer = await self._ask(replace(request, files=await programs(intake.attached(interaction))))
            await self._sender.answer_command(interaction, answer, hidden)

    async def _press(self, interaction: Interaction) -> None:
        form = intake.pressed_component(interaction).form
        if form is None:
            await self._answer_press(interaction)
            return
        label = intake.pressed_label(interaction)
        known = await self._forms.find(form) or Form(title=label, label=label, long=True)
        await self._sender.open(interaction, FormDialog(known, intake.component_id(interaction)))

    async def _answer_press(self, interaction: Interaction) -> None:
        if await self._sender.acknowledge(interaction):
            answer = await self._ask(self._in_time(intake.press(interaction)))
            await self._sender.answer_press(interaction, answer)

    async def _suggest(self, interaction: Interaction) -> None:
        found = await self._tutor.suggest(intake.half_typed(interaction), intake.person(interaction), SUGGESTIONS)
        await self._sender.complete(
            interaction,
            [
                app_commands.Choice(name=shortened(hit.title, CHOICE), value=hit.slug[:CHOICE])
                for hit in found[:SUGGESTIONS]
            ],
        )

    def _in_time(self, request: Request) -> Request:
        """The request with a moment that is not to come: Discord's clock may be ahead of ours."""
        return replace(request, at=min(request.at, self._now())) if request.at else request

    async def _ask(self, request: Request) -> Answer | None:
        """The tutor's answer; a defect of the tutor is silence, so that no "thinking…" stays behind."""
        try:
            return await self._tutor.handle(request)
        except Exception:
            log.exception("discord.request_failed")
            return None

    def _begin(self) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._begun.add(task)
            task.add_done_callback(self._begun.discard)
