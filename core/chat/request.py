"""What a chat says to the tutor, in the tutor's own words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Platform(StrEnum):
    """Where a learner writes from."""

    TELEGRAM = "telegram"
    DISCORD = "discord"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes: the platform's own id, and the language it reports (an IETF tag such as `ru` or `en-US`).

    `name` is what they call themselves; it changes, anybody can take any, and so it is no part of who somebody is.
    """

    platform: Platform
    id: str
    language: str | None = None
    name: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was written: the platform's chat id, its forum topic if any, and whether others read along."""

    chat: str
    private: bool = True
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """`/name arguments`; the name comes without slash and bot name, the arguments as they were typed."""

    name: str
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A tap on a button: its token, and the text of the dialog it opened, if any."""

    token: str
    text: str | None = None

    @property
    def plays(self) -> bool:
        """Whether it answers a round of a game, as many do at the same moment, and one perhaps in many taps."""
        return self.token.startswith("tap:")


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is no command."""

    text: str


Said: TypeAlias = Command | Press | Words


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One thing said by one person in one place.

    `message` is the platform's id of the message (for a press: of the one that holds the button); `edited` says that
    an earlier message was changed; `quoted` is the text of the message it replies to; `manages` that the person may
    decide for a chat that others read, which a platform finds out where the catalogue asks for it; `at` is the moment
    of it as the platform tells, else when it arrived, before anything made it wait.
    """

    person: Person
    place: Place
    said: Said
    message: str | None = None
    edited: bool = False
    quoted: str | None = None
    files: tuple[SentFile, ...] = ()
    manages: bool = False
    at: datetime | None = field(default=None, compare=False)
