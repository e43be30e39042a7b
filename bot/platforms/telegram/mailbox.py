"""What nobody has just asked for: dailies, and words to those who can mend something."""

from datetime import timedelta

import structlog
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import Message

from bot.platforms.telegram.connection import Connection, is_passing
from bot.platforms.telegram.events import Origin
from bot.platforms.telegram.forms import Target
from bot.platforms.telegram.polls import afterword, fits, foreword, poll_form
from bot.platforms.telegram.refusals import is_topic_gone, is_unreachable, lacks_rights
from bot.platforms.telegram.sender import Sender
from bot.platforms.telegram.stencils import PrintedMessage, Stencils
from core.chat.answer import Answer
from core.chat.letter import Letter, Poll, Stencil
from core.chat.tutor import Tutor
from core.delivery.claims import Ended, Outcome, Parcel

log = structlog.get_logger()


class TelegramMailbox:
    """Sends letters, one attempt each: what a server refuses for now comes back as a later one.

    So does what is for a chat that has moved: its delivery has moved along, and is found under the new id.
    """

    def __init__(self, connection: Connection, tutor: Tutor, answering: Sender) -> None:
        self._connection = connection
        self._tutor = tutor
        self._answering = answering
        self._sender = Sender(connection, tutor, attempts=1, unasked=True)
        self._stencils = Stencils()

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Send it; never raises for what a server answers."""
        address = parcel.schedule.address
        target = Target(int(address.chat), thread=int(address.topic) if address.topic else None)
        try:
            sent = await self._send(target, letter)
        except TelegramMigrateToChat as move:
            await self._answering.chat_moved(target.chat, move.migrate_to_chat_id)
            return Ended(parcel, Outcome.LATER)
        except TelegramRetryAfter as flood:
            return Ended(parcel, Outcome.LATER, pause=timedelta(seconds=flood.retry_after))
        except (AiogramError, UnicodeDecodeError) as error:
            return Ended(parcel, _outcome(error))
        return Ended(parcel, Outcome.SENT, str(sent) if sent else None)

    async def _send(self, target: Target, letter: Letter) -> int | None:
        if isinstance(letter.written, Stencil) and (message := self._stencils.message(target, letter.written)):
            return await self._print(target, message, letter)
        if letter.poll is None or not fits(letter.poll):
            return await self._sender.say(target, letter.document)
        before = foreword(letter.opening, letter.poll)
        if before.blocks:
            await self._sender.say(target, before)
        try:
            return await self._open(target, letter.poll)
        except TelegramBadRequest as error:
            log.info("telegram.poll_refused", reason=error.message)
            return await self._answering.say(target, letter.document)

    async def _print(self, target: Target, message: PrintedMessage, letter: Letter) -> int | None:
        try:
            sent = await self._connection.request(message, chat=target.chat, attempts=1, unasked=True)
        except TelegramBadRequest as error:
            if _outcome(error) is not Outcome.FAILED:
                raise
            log.info("telegram.print_refused", reason=error.message)
            return await self._answering.say(target, letter.document)
        return sent.message_id if sent else None

    async def _open(self, target: Target, poll: Poll) -> int | None:
        sent = await self._connection.request(poll_form(target, poll), chat=target.chat, unasked=True)
        if not isinstance(sent, Message) or sent.poll is None:
            return None
        after = afterword(poll, sent.poll)
        if after.blocks:
            await self._answering.say(target, after)
        if poll.posting is not None:
            await self._tutor.poll_opened(poll.posting, sent.poll.id)
        return sent.message_id

    async def tell(self, person: str, letter: Letter) -> None:
        """Write to a person in private; whoever never spoke to the bot cannot be reached."""
        await self._answering.deliver(Origin(chat=int(person), person=int(person)), Answer(letter.document))


def _outcome(error: Exception) -> Outcome:
    if is_unreachable(error) or is_topic_gone(error):
        return Outcome.GONE
    if lacks_rights(error):
        return Outcome.FORBIDDEN
    if is_passing(error) or not isinstance(error, TelegramAPIError | ClientDecodeError):
        return Outcome.LATER
    return Outcome.FAILED
