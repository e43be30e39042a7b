"""The documentation mentions everything that it has to mention, and nothing that is not there."""

import re
from pathlib import Path

import pytest

from bot.command_line import VERBS
from bot.settings import Settings
from bot.verbs.content import WHAT
from core.chat.catalogue import CATALOGUE
from tests.project.files import DOCS, PROJECT, documented

SETTINGS = sorted(name.upper() for name in Settings.model_fields)


def test_every_command_is_documented() -> None:
    commands = (PROJECT / "docs" / "commands.md").read_text("utf-8")
    assert [command.name for command in CATALOGUE if f"`/{command.name}" not in commands] == []


def test_every_verb_and_every_tool_for_authors_is_documented() -> None:
    commands = (PROJECT / "docs" / "commands.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"`kucha {verb}" not in commands] == []
    assert [what for what in WHAT if f"content {what}" not in documented()] == []


def test_every_setting_is_documented_and_no_other() -> None:
    operating = (PROJECT / "docs" / "operating.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", operating, re.MULTILINE)) == SETTINGS


def test_the_example_of_the_settings_names_real_ones() -> None:
    example = (PROJECT / ".env.example").read_text("utf-8")
    named = re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.MULTILINE)
    assert named
    assert set(named) <= set(SETTINGS)


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        if "://" in target or not path.endswith((".md", ".png", "/", "LICENSE")):
            continue
        linked = page.parent / path
        assert linked.exists(), f"{page.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            anchors = [re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings]
            assert anchor in anchors, f"{page.name} links to {target}"
