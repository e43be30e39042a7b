"""Who learns, and what they told us about themselves."""

from dataclasses import dataclass
from datetime import datetime

from core.bank.versions import Python
from core.bank.wording import Language
from core.delivery.zones import zone_of

DEFAULT_LEVEL = 1
DEFAULT_PYTHON = "3.14"
DEFAULT_RETENTION = 90
RETENTIONS = range(70, 98)
"""Percentages that can be asked for: below, most is forgotten; above, the days are too short for the reviews."""

DEFAULT_QUIET = "22:00-08:00"
DEFAULT_ZONE = {Language.RU: "Europe/Moscow", Language.EN: "UTC"}


@dataclass(frozen=True, slots=True)
class Learner:
    """A person who learns: ours, whatever chats they come from.

    `retention` is the share of reviews, in percent, that they want to remember; `quiet` the hours in which nothing is
    sent late (`22:00-08:00`, empty for none). `met` says that this very request made them known.
    """

    id: int
    language: Language
    level: int
    zone: str
    python: str
    retention: int = DEFAULT_RETENTION
    quiet: str = DEFAULT_QUIET
    met: bool = False

    @property
    def target(self) -> Python:
        """The Python they prepare for."""
        return Python.named(self.python)

    def local(self, moment: datetime) -> datetime:
        """A moment on this learner's clock."""
        return moment.astimezone(zone_of(self.zone))


def language_of(tag: str | None) -> Language:
    """The tutor's language for a platform's language tag: Russian for ru, uk, be and kk, else English."""
    primary = (tag or "").replace("_", "-").partition("-")[0].casefold()
    return Language.RU if primary in ("ru", "uk", "be", "kk") else Language.EN
