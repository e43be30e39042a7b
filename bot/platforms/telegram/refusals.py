"""What a refusal means for the chat it was about."""

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound

from bot.platforms.telegram.sender import NO_RIGHTS, UNREACHABLE

_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_TOPIC_CLOSED = ("topic_closed", "chat_restricted", "chat_send_", "need administrator rights")
_SETTLED = ("message is not modified", "poll has already been closed", "poll has already been stopped")


def is_unreachable(error: Exception) -> bool:
    """Whether the whole chat can no longer be written to."""
    return isinstance(error, TelegramForbiddenError) or _says(error, UNREACHABLE)


def is_topic_gone(error: Exception) -> bool:
    """Whether the forum topic was deleted."""
    return _says(error, _TOPIC_GONE)


def lacks_rights(error: Exception) -> bool:
    """Whether the topic is closed, or the tutor may not write there."""
    return _says(error, (*_TOPIC_CLOSED, *NO_RIGHTS))


def is_closed(error: Exception) -> bool:
    """Whether the topic is gone or closed, or the right to write there is."""
    return is_topic_gone(error) or lacks_rights(error)


def is_settled(error: Exception) -> bool:
    """Whether the refusal says that everything is already as it was wanted."""
    return _says(error, _SETTLED)


def _says(error: Exception, signs: tuple[str, ...]) -> bool:
    return isinstance(error, TelegramBadRequest | TelegramNotFound) and any(
        sign in error.message.casefold() for sign in signs
    )
