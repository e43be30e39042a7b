"""Updates as Telegram sends them."""

from typing import Any

from tests.contract.telegram_server import BOT

Json = dict[str, Any]

ANNA: Json = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "ru"}
BORIS: Json = {"id": 8, "is_bot": False, "first_name": "Boris", "language_code": "en"}
GROUP: Json = {"id": -200, "type": "group", "title": "Python"}
FORUM: Json = {"id": -100300, "type": "supergroup", "title": "Forum", "is_forum": True}


def message(text: str | None = None, *, chat: Json | None = None, sender: Json = ANNA, **fields: Any) -> Json:
    """A message; private to the sender where no chat is given."""
    content: Json = {
        "message_id": fields.pop("message_id", 11),
        "date": 1_790_000_000,
        "chat": chat or {"id": sender["id"], "type": "private", "first_name": sender["first_name"]},
        "from": sender,
        **fields,
    }
    if text is not None:
        content["text"] = text
    return content


def from_bot(text: str | None = "asked", **fields: Any) -> Json:
    """A message of the tutor's own, in Anna's chat where no other is given."""
    chat = fields.pop("chat", None) or message()["chat"]
    return message(text, sender=BOT, chat=chat, **fields)


def tap(data: str | None, held: Json | None, *, sender: Json = ANNA, query: str = "q1") -> Json:
    """A tap on a button under the message."""
    content: Json = {"id": query, "from": sender, "chat_instance": "c"}
    if held is not None:
        content["message"] = held
    if data is not None:
        content["data"] = data
    return content


def membership(status: str, chat: Json | None = None, **fields: Any) -> Json:
    """A change of the bot's own standing in a chat."""
    return {
        "chat": chat or {"id": 7, "type": "private", "first_name": "Anna"},
        "from": ANNA,
        "date": 1_790_000_000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **fields},
    }
