"""What the tutor says between the lessons: Fluent messages in Russian and English."""

from functools import lru_cache
from pathlib import Path

from core.bank.messages import Messages
from core.bank.wording import Language

INTERFACE = Path(__file__).resolve().parents[2] / "content" / "interface"


REMEMBERED = 2048
"""Texts kept as they were said last: most are said again with the same arguments."""


class MissingTextError(KeyError):
    """No interface file has this message; the catalogue of texts and the code have parted ways."""


class Texts:
    """The interface texts: every `*.ru.ftl` and `*.en.ftl` of a folder."""

    def __init__(self, folder: Path = INTERFACE) -> None:
        self._bundles = Messages(folder)
        self._formatted = lru_cache(REMEMBERED)(self._format)

    def say(self, language: Language, message: str, **arguments: str | int | float) -> str:
        """A message in a language.

        Raises MissingTextError where it is not written, ValueError where it lacks arguments.
        """
        return self._formatted(language, message, tuple(sorted(arguments.items())))

    def _format(self, language: Language, message: str, arguments: tuple[tuple[str, str | int | float], ...]) -> str:
        bundle = self._bundles[language]
        pattern = bundle.get_message(message).value if bundle.has_message(message) else None
        if pattern is None:
            raise MissingTextError(f"{message} ({language})")
        said, errors = bundle.format_pattern(pattern, dict(arguments))
        if errors:
            raise ValueError(f"{message} ({language}): {errors}")
        return str(said)

    def in_language(self, language: Language) -> "Voice":
        """The texts in one language."""
        return Voice(self, language)

    def messages(self, language: Language) -> frozenset[str]:
        """The ids that a language has."""
        return frozenset(self._bundles[language]._messages)


class Voice:
    """The texts in the language of the person we talk to."""

    def __init__(self, texts: Texts, language: Language) -> None:
        self._texts = texts
        self.language = language

    def __call__(self, message: str, **arguments: str | int | float) -> str:
        return self._texts.say(self.language, message, **arguments)
