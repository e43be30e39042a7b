"""The words of generated questions: Fluent files, one message a family."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from core.bank.messages import Messages
from core.bank.wording import Language

FOLDER = Path(__file__).resolve().parents[3] / "content" / "generators"

Facts = tuple[tuple[str, str | int], ...]


class MissingPhraseError(KeyError):
    """A generated question needs words that its Fluent file does not have."""


class Phrases:
    """Every `*.ru.ftl` and `*.en.ftl` of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._bundles = Messages(folder)
        self._said = lru_cache(maxsize=4096)(self._format)
        self._known = lru_cache(maxsize=4096)(self._look)

    def has(self, language: Language, message: str, attribute: str) -> bool:
        """Whether a message has that attribute."""
        return self._known(language, message, attribute)

    def say(self, language: Language, message: str, attribute: str, facts: Mapping[str, str | int]) -> str:
        """An attribute of a message, as Markdown. Raises MissingPhraseError where it or one of its facts is missing."""
        return self._said(language, message, attribute, tuple(sorted(facts.items())))

    def _look(self, language: Language, message: str, attribute: str) -> bool:
        bundle = self._bundles[language]
        return bundle.has_message(message) and attribute in bundle.get_message(message).attributes

    def _format(self, language: Language, message: str, attribute: str, facts: Facts) -> str:
        if not self.has(language, message, attribute):
            raise MissingPhraseError(f"{message}.{attribute} ({language})")
        bundle = self._bundles[language]
        pattern = bundle.get_message(message).attributes[attribute]
        said, errors = bundle.format_pattern(pattern, {"python": "{python}", **dict(facts)})
        if errors:
            raise MissingPhraseError(f"{message}.{attribute} ({language}): {errors}")
        return str(said)
