"""What an update can be for the tutor, and where an answer goes."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from aiogram.types import Document

from core.chat.request import Person, Request


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer goes.

    `message` is the message to answer or, when `query` (a callback query's id) is set, the one that holds the button;
    `ephemeral` is its id when only `person` sees it. `edited`: the message was answered before, and the answer may take
    the place of that one. `thread` is a forum topic, never General.
    """

    chat: int
    private: bool = True
    thread: int | None = None
    person: int | None = None
    message: int | None = None
    ephemeral: int | None = None
    query: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something for the tutor, where to answer it, and the program that came along, not yet downloaded."""

    request: Request
    origin: Origin
    program: Document | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup with another id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was let into a chat, or blocked or removed."""

    chat: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """An inline query."""

    id: str
    query: str
    person: Person


@dataclass(frozen=True, slots=True)
class StaleTap:
    """A tap on something that can no longer be answered, except by stopping the button's spinner."""

    query: str
    person: int


@dataclass(frozen=True, slots=True)
class Voted:
    """A person's answer to a poll: the places of the options, and when it arrived."""

    poll: str
    person: Person
    places: tuple[int, ...]
    at: datetime | None = None


Event: TypeAlias = Spoken | Moved | Membership | Lookup | StaleTap | Voted
