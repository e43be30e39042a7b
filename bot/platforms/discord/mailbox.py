"""What nobody has just asked for: dailies, and words to those who can mend something."""

from datetime import timedelta

import discord
import structlog

from bot.platforms.discord.connection import asked_to_wait
from bot.platforms.discord.sender import REFUSALS, Delivery, Sender, undelivered
from bot.settings import DISCORD_PER_SECOND
from core.chat.answer import Answer
from core.chat.letter import Letter
from core.delivery.claims import Ended, Outcome, Parcel
from core.delivery.flow import Flow, Limits

log = structlog.get_logger()

_OUTCOMES = {
    Delivery.FAILED: Outcome.FAILED,
    Delivery.CLOSED: Outcome.GONE,
    Delivery.FORBIDDEN: Outcome.FORBIDDEN,
    Delivery.BROKEN: Outcome.LATER,
}


class DiscordMailbox:
    """Sends letters as messages with buttons; the nonce of a parcel lets Discord drop a second copy."""

    def __init__(self, client: discord.Client, sender: Sender) -> None:
        self._client = client
        self._sender = sender
        self._flow = Flow(Limits(DISCORD_PER_SECOND))

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Send it; never raises for what Discord answers."""
        chat = parcel.schedule.address.chat
        await self._flow.turn(chat, group=False)
        channel = self._client.get_partial_messageable(int(chat))
        try:
            sent = await self._sender.say(channel, letter.document, parcel.nonce)
        except REFUSALS as refusal:
            return Ended(parcel, _OUTCOMES[undelivered(refusal)], pause=self._asked_for(chat, refusal))
        return Ended(parcel, Outcome.SENT, sent)

    def _asked_for(self, chat: str, refusal: Exception) -> timedelta | None:
        """The patience that Discord asks for; all other dailies have it too when several chats are asked."""
        seconds = asked_to_wait(refusal) if isinstance(refusal, discord.HTTPException) else 0.0
        if not seconds:
            return None
        self._flow.patience(chat, seconds)
        return timedelta(seconds=seconds)

    async def tell(self, person: str, letter: Letter) -> None:
        """Write to a person in private, where they let the bot."""
        try:
            user = await self._client.fetch_user(int(person))
            channel = await user.create_dm()
        except REFUSALS as error:
            log.info("discord.nobody_to_tell", error=type(error).__name__)
            return
        await self._sender.post(channel, Answer(letter.document), f"{channel.id}"[-18:])
