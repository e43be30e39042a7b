"""A raw update in the tutor's words.

In a private chat everything a person sends reaches the tutor. In a group only what is meant for it does: commands it
knows or that carry its name, taps on its buttons, and replies to its own messages. The rest of a group's talk is
dropped here, so that the tutor works the same with privacy mode on and off. Edits count only for commands.
"""

import re
from dataclasses import replace
from datetime import datetime

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Document,
    InlineQuery,
    Message,
    PollAnswer,
    Update,
    User,
)

from bot.platforms.telegram.events import Event, Lookup, Membership, Moved, Origin, Spoken, StaleTap, Voted
from bot.platforms.telegram.fences import with_fences
from core.chat.catalogue import Catalogue
from core.chat.request import Command, Person, Place, Platform, Press, Request, Said, Words

UPDATE_TYPES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer")
"""The updates the tutor asks Telegram for."""
FILE_BYTES = 64 * 1024
"""Largest program that is read from a file."""

_PROGRAM_ENDINGS = (".py", ".txt")
_GENERAL_TOPIC = 1
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?=\s|$)(?P<arguments>.*)", re.DOTALL)
_SPOKEN = frozenset(
    {
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)


def read(update: Update, me: User, catalogue: Catalogue, at: datetime | None = None) -> Event | None:
    """What the update that arrived at that moment says, or None where it is not for the tutor."""
    event = _event(update, me, catalogue)
    match event:
        case Spoken(request=request):
            return replace(event, request=replace(request, at=at))
        case Voted():
            return replace(event, at=at)
    return event


def _event(update: Update, me: User, catalogue: Catalogue) -> Event | None:
    if update.message:
        return _moved(update.message) or _message(update.message, me, catalogue, edited=False)
    if update.edited_message:
        return _message(update.edited_message, me, catalogue, edited=True)
    if update.callback_query:
        return _tap(update.callback_query)
    if update.inline_query:
        return _lookup(update.inline_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    if update.poll_answer:
        return _vote(update.poll_answer)
    return None


def _moved(message: Message) -> Moved | None:
    if message.migrate_to_chat_id:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Moved(message.migrate_from_chat_id, message.chat.id)
    return None


def _message(message: Message, me: User, catalogue: Catalogue, *, edited: bool) -> Spoken | None:
    author = _author(message)
    said = _said(message, me, catalogue)
    if author is None or said is None or (edited and not isinstance(said, Command)):
        return None
    request = Request(
        person=author,
        place=_place(message.chat, message),
        said=said,
        message=str(message.ephemeral_message_id or message.message_id),
        edited=edited,
        quoted=_quoted(message),
    )
    return Spoken(request, _origin(message, author, edited), _program(message))


def _said(message: Message, me: User, catalogue: Catalogue) -> Said | None:
    if message.content_type not in _SPOKEN or (message.via_bot and message.via_bot.id == me.id):
        return None
    words = _words(message)
    private = message.chat.type == ChatType.PRIVATE
    if command := _COMMAND.match(words):
        addressee = command["bot"]
        if addressee and addressee.casefold() != (me.username or "").casefold():
            return None
        if private or addressee or catalogue.find(command["name"]):
            return Command(command["name"].lower(), command["arguments"].strip())
        return None
    return Words(words) if private or _answers_bot(message, me) else None


def _answers_bot(message: Message, me: User) -> bool:
    """A reply to the bot's message, or one that only the bot can see: what it replies to is often left out there."""
    if message.ephemeral_message_id is not None:
        return True
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == me.id


def _author(message: Message) -> Person | None:
    """The person; for an anonymous administrator the group that they speak as; nobody for bots and channels."""
    if message.is_automatic_forward or message.from_user is None:
        return None
    if message.sender_chat:
        return Person(Platform.TELEGRAM, str(message.sender_chat.id))
    return None if message.from_user.is_bot else _person(message.from_user)


def _person(user: User) -> Person:
    return Person(Platform.TELEGRAM, str(user.id), user.language_code, user.first_name)


def _place(chat: Chat, message: Message | None) -> Place:
    thread = _thread(message)
    return Place(str(chat.id), private=chat.type == ChatType.PRIVATE, topic=None if thread is None else str(thread))


def _thread(message: Message | None) -> int | None:
    """The forum topic; replies outside forums carry a thread id too, which must not be sent back."""
    if message is None or not message.is_topic_message or message.message_thread_id == _GENERAL_TOPIC:
        return None
    return message.message_thread_id


def _origin(message: Message, author: Person, edited: bool) -> Origin:
    return Origin(
        chat=message.chat.id,
        private=message.chat.type == ChatType.PRIVATE,
        thread=_thread(message),
        person=None if message.sender_chat else int(author.id),
        message=message.message_id or None,
        ephemeral=message.ephemeral_message_id,
        edited=edited,
    )


def _quoted(message: Message) -> str | None:
    if message.quote:
        return with_fences(message.quote.text, message.quote.entities or ())
    return (_words(message.reply_to_message) or None) if message.reply_to_message else None


def _words(message: Message) -> str:
    words = message.text or message.caption or ""
    return with_fences(words, message.entities or message.caption_entities or ())


def _program(message: Message) -> Document | None:
    for carrier in (message, message.reply_to_message):
        document = carrier.document if carrier else None
        name = (document.file_name or "").lower() if document else ""
        if document and name.endswith(_PROGRAM_ENDINGS) and (document.file_size or 0) <= FILE_BYTES:
            return document
    return None


def _tap(query: CallbackQuery) -> Spoken | StaleTap:
    held = query.message
    if held is None or not query.data:
        return StaleTap(query.id, query.from_user.id)
    message = held if isinstance(held, Message) else None
    ephemeral = message.ephemeral_message_id if message else None
    origin = Origin(
        chat=held.chat.id,
        private=held.chat.type == ChatType.PRIVATE,
        thread=_thread(message),
        person=query.from_user.id,
        message=held.message_id or None,
        ephemeral=ephemeral,
        query=query.id,
    )
    request = Request(
        _person(query.from_user), _place(held.chat, message), Press(query.data), str(ephemeral or held.message_id)
    )
    return Spoken(request, origin)


def _lookup(query: InlineQuery) -> Lookup:
    return Lookup(query.id, query.query, _person(query.from_user))


def _vote(answer: PollAnswer) -> Voted | None:
    """Nothing for votes that were taken back, and for channels, which learn nothing."""
    if answer.user is None or answer.user.is_bot or not answer.option_ids:
        return None
    return Voted(answer.poll_id, _person(answer.user), tuple(answer.option_ids))


def _membership(change: ChatMemberUpdated) -> Membership:
    now = change.new_chat_member
    inside = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}
    return Membership(change.chat.id, now.status in inside or bool(getattr(now, "is_member", False)))
