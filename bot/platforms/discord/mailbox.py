"""What nobody has just asked for: dailies, and words to those who can mend something."""

import discord
import structlog

from bot.platforms.discord.connection import BROKEN
from bot.platforms.discord.sender import Delivery, Sender
from core.chat.answer import Answer
from core.chat.letter import Letter
from core.delivery.claims import Ended, Outcome, Parcel
from core.delivery.flow import Flow, Limits

log = structlog.get_logger()

PER_SECOND = 40.0
"""Of the fifty requests a second that Discord allows a bot."""
_OUTCOMES = {
    Delivery.DONE: Outcome.SENT,
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
        self._flow = Flow(Limits(PER_SECOND))

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Send it; never raises for what Discord answers."""
        chat = parcel.schedule.address.chat
        await self._flow.turn(chat, group=False)
        channel = self._client.get_partial_messageable(int(chat))
        delivery = await self._sender.post(channel, Answer(letter.document), parcel.nonce)
        return Ended(parcel, _OUTCOMES[delivery])

    async def tell(self, person: str, letter: Letter) -> None:
        """Write to a person in private, where they let the bot."""
        try:
            user = await self._client.fetch_user(int(person))
            channel = await user.create_dm()
        except (discord.HTTPException, *BROKEN) as error:
            log.info("discord.nobody_to_tell", error=type(error).__name__)
            return
        await self._sender.post(channel, Answer(letter.document), f"{channel.id}"[-18:])
