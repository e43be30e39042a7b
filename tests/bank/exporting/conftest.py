"""The built-in questions as they are exported."""

from collections.abc import Callable

import pytest

from core.bank.exporting.entries import Entry, Wish, entries
from core.bank.model import Bank
from core.bank.versions import Python
from core.bank.wording import Language
from core.chat.texts import Texts

Exported = Callable[[Language, str], tuple[Entry, ...]]


@pytest.fixture(scope="session")
def exported(bank: Bank) -> Exported:
    """The entries of a language and a Python."""
    texts = Texts()

    def of(language: Language, python: str) -> tuple[Entry, ...]:
        return entries(bank, Wish(language, Python.named(python)), texts.in_language(language))

    return of
