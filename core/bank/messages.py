"""Fluent messages: the files of a folder, a language at a time."""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

from core.bank.wording import Language


class Messages:
    """Every `*.ru.ftl` and `*.en.ftl` of a folder; a language is read when it is first spoken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bundles: dict[Language, FluentBundle] = {}

    def __getitem__(self, language: Language) -> FluentBundle:
        if language not in self._bundles:
            bundle = FluentBundle([language.value], use_isolating=False)
            for path in sorted(self._folder.glob(f"*.{language}.ftl")):
                bundle.add_resource(_parsed(path.read_text("utf-8")))
            self._bundles[language] = bundle
        return self._bundles[language]


@cache
def _parsed(messages: str) -> Resource:
    return FluentResource(messages)
