"""The requests that may carry a message, from the best form to the plainest: the first one accepted counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from aiogram.methods import (
    EditEphemeralMessageText,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendRichMessage,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    InputRichMessage,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from bot.platforms.telegram.events import Origin
from bot.platforms.telegram.marked_text import MarkedText, clean
from bot.platforms.telegram.outgoing import MediaFile
from core.chat.answer import Answer, Way

Method: TypeAlias = TelegramMethod[Any]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: in place of `edit`, else below; only to `receiver` where the server can do that.

    `edit_unseen` and `reply_unseen` are ids of ephemeral messages; `query` is the callback query that is answered.
    """

    chat: int
    thread: int | None = None
    edit: int | None = None
    edit_unseen: int | None = None
    reply: int | None = None
    reply_unseen: int | None = None
    receiver: int | None = None
    query: str | None = None

    def below(self) -> "Target":
        """Where the messages after the first one go."""
        return replace(self, edit=None, edit_unseen=None, reply=None)


def target_of(origin: Origin, answer: Answer, earlier: int | None = None) -> Target:
    """Where the first message of an answer goes; `earlier` is the answer given before the message was edited.

    In groups an answer to a message is a reply to it, and personal answers are ephemeral (Bot API 10.2); an answer to
    an ephemeral message has to be one too.
    """
    shared = not origin.private
    tapped = origin.query is not None
    unseen = shared and (answer.personal or origin.ephemeral is not None)
    return Target(
        chat=origin.chat,
        thread=origin.thread,
        edit=_edited(origin, answer, earlier),
        edit_unseen=origin.ephemeral if tapped and answer.way is Way.EDIT else None,
        reply=origin.message if shared and not tapped else None,
        reply_unseen=origin.ephemeral if not tapped else None,
        receiver=origin.person if unseen else None,
        query=origin.query,
    )


def _edited(origin: Origin, answer: Answer, earlier: int | None) -> int | None:
    if answer.way is not Way.EDIT or origin.ephemeral is not None:
        return None
    return origin.message if origin.query else earlier


def text_forms(target: Target, text: MarkedText, keyboard: InlineKeyboardMarkup | None) -> Iterator[Method]:
    """Entities first; then, as the last resort, the bare text without links."""
    entities = text.entities()
    if target.receiver and target.edit_unseen:
        yield EditEphemeralMessageText(
            chat_id=target.chat,
            receiver_user_id=target.receiver,
            ephemeral_message_id=target.edit_unseen,
            text=text.text,
            entities=entities,
            parse_mode=None,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )
    if target.receiver:
        yield _send(target, text.text, entities, keyboard, unseen=True)
    if target.edit:
        yield EditMessageText(
            chat_id=target.chat,
            message_id=target.edit,
            text=text.text,
            entities=entities,
            parse_mode=None,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )
    yield _send(target, text.text, entities, keyboard)
    yield _send(target, text.text, None, _without_links(keyboard))


def rich_forms(target: Target, rich: InputRichMessage, keyboard: InlineKeyboardMarkup | None) -> Iterator[Method]:
    """One rich message, in place of another one or new."""
    if target.edit:
        yield EditMessageText(
            chat_id=target.chat, message_id=target.edit, rich_message=rich, parse_mode=None, reply_markup=keyboard
        )
    yield SendRichMessage(
        chat_id=target.chat,
        message_thread_id=target.thread,
        rich_message=rich,
        reply_markup=keyboard,
        reply_parameters=_reply(target),
    )


def media_forms(target: Target, media: MediaFile) -> Iterator[Method]:
    """A picture as such, then as a file, then its words."""
    if media.photo:
        if target.receiver:
            yield _photo(target, media, unseen=True)
        yield _photo(target, media)
    elif target.receiver:
        yield _document(target, media, unseen=True)
    yield _document(target, media)
    yield _send(target, media.caption.text or clean(media.name) or "…", None, media.keyboard)


def _send(
    target: Target,
    text: str,
    entities: list[MessageEntity] | None,
    keyboard: InlineKeyboardMarkup | None,
    *,
    unseen: bool = False,
) -> SendMessage:
    return SendMessage(
        chat_id=target.chat,
        message_thread_id=target.thread,
        text=text,
        entities=entities,
        parse_mode=None,
        link_preview_options=_NO_PREVIEW,
        reply_markup=keyboard,
        reply_parameters=_reply(target, unseen=unseen),
        receiver_user_id=target.receiver if unseen else None,
        callback_query_id=target.query if unseen else None,
    )


def _photo(target: Target, media: MediaFile, *, unseen: bool = False) -> SendPhoto:
    return SendPhoto(
        chat_id=target.chat,
        message_thread_id=target.thread,
        photo=BufferedInputFile(media.content, media.name),
        caption=media.caption.text or None,
        caption_entities=media.caption.entities(),
        parse_mode=None,
        reply_markup=media.keyboard,
        reply_parameters=_reply(target, unseen=unseen),
        receiver_user_id=target.receiver if unseen else None,
        callback_query_id=target.query if unseen else None,
    )


def _document(target: Target, media: MediaFile, *, unseen: bool = False) -> SendDocument:
    return SendDocument(
        chat_id=target.chat,
        message_thread_id=target.thread,
        document=BufferedInputFile(media.content, media.name),
        caption=media.caption.text or None,
        caption_entities=media.caption.entities(),
        parse_mode=None,
        reply_markup=media.keyboard,
        reply_parameters=_reply(target, unseen=unseen),
        receiver_user_id=target.receiver if unseen else None,
        callback_query_id=target.query if unseen else None,
    )


def _reply(target: Target, *, unseen: bool = False) -> ReplyParameters | None:
    if unseen and target.reply_unseen:
        return ReplyParameters.model_construct(ephemeral_message_id=target.reply_unseen)
    if target.reply and not unseen:
        return ReplyParameters(message_id=target.reply, allow_sending_without_reply=True)
    return None


def _without_links(keyboard: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    rows = [[key for key in row if not key.url] for row in keyboard.inline_keyboard] if keyboard else []
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None
