"""Every interface text is there in both languages, takes the same arguments, and is used."""

import re

from core.bank.wording import Language
from core.chat.catalogue import CATALOGUE
from core.chat.texts import INTERFACE, Texts
from tests.project.files import CODE

_BUILT = re.compile(r"""f["']([a-z][a-z-]*-)\{""")
"""Where the code builds an id: the part before what is put in."""


def test_both_languages_have_the_same_texts() -> None:
    texts = Texts()
    assert texts.messages(Language.RU) ^ texts.messages(Language.EN) == frozenset()


def test_both_languages_take_the_same_arguments() -> None:
    def arguments(language: Language) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in sorted(INTERFACE.glob(f"*.{language}.ftl")):
            for message in re.split(r"^(?=[a-z])", path.read_text("utf-8"), flags=re.MULTILINE):
                found[message.partition(" =")[0]] = set(re.findall(r"\$(\w+)", message))
        return found

    assert arguments(Language.RU) == arguments(Language.EN)


def test_every_text_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE)
    written = set(re.findall(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""", code))
    built = tuple(set(_BUILT.findall(code)))
    unused = [
        message
        for message in sorted(Texts().messages(Language.EN))
        if message not in written and not message.startswith(built)
    ]
    assert unused == []


def test_every_command_is_described() -> None:
    wanted = {f"command-{command.name}" for command in CATALOGUE}
    wanted |= {f"command-{command.name}-{each.name}" for command in CATALOGUE for each in command.parameters}
    wanted |= {f"group-{command.group}" for command in CATALOGUE}
    assert wanted <= Texts().messages(Language.RU)
