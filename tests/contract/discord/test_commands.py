"""Every command on Discord: from the interaction at the gateway to the request that shows the answer."""

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.wiring import Kucha
from core.chat.catalogue import CATALOGUE, CommandSpec
from tests.contract.discord.talk import Talk, talking


@pytest.fixture(autouse=True)
def _discord_stays_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


def options(spec: CommandSpec) -> dict[str, str]:
    """A value for every argument that must be given."""
    return {parameter.name: "slots" for parameter in spec.parameters if parameter.required}


@pytest.mark.parametrize("locale", ["ru", "en-US"])
async def test_every_command_is_answered_in_the_learners_language(locale: str, kucha: Kucha) -> None:
    async with talking(kucha, locale) as talk:
        for spec in CATALOGUE:
            text = await talk.slash(spec.name, **options(spec))

            headline = text.partition("\n")[0].lower()
            assert any("а" <= letter <= "я" for letter in headline) == (locale == "ru"), spec.name
            assert talk.said["allowed_mentions"] == {"parse": []}, spec.name
            assert talk.whispered == spec.personal, spec.name


async def test_every_command_is_in_the_menu_with_its_words(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        menu = await talk.server.receives("PUT", "applications/1000/commands")

    assert [command["name"] for command in menu.body] == [*(spec.name for spec in CATALOGUE), "Run this"]
    for command in menu.body[:-1]:
        assert 1 <= len(command["description"]) <= 100
        assert command["description_localizations"]["ru"] != command["description"]


async def test_a_lesson(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        await talk.slash("start")
        await talk.press("Level 2")
        question = await talk.slash("ask", level="1", topic="slots")
        assert "level 1" in question

        verdict = await answer(talk)
        assert question.split("\n")[0] in verdict
        assert "✅" in verdict or "❌" in verdict

        await talk.press("Next")
        assert await talk.slash("progress")


async def answer(talk: Talk) -> str:
    """Answer whatever is asked, with the first thing at hand."""
    labels = [item.get("label", "") for row in talk.said["components"] for item in row["components"]]
    if "Answer" in labels:
        return await talk.fill_in("Answer", "**42** @everyone")
    text = await talk.press(labels[0])
    for label in ("Done", *labels[1:]):
        if "✅" in text or "❌" in text:
            return text
        text = await talk.press(label)
    return text


async def test_a_card_and_its_neighbours(kucha: Kucha) -> None:
    async with talking(kucha, "ru") as talk:
        assert "__dict__" in await talk.slash("explain", words="ыдщеы")
        assert await talk.press("Слабые ссылки")
        assert await talk.press("Спроси меня")


async def test_topics_are_completed_while_they_are_typed(kucha: Kucha) -> None:
    async with talking(kucha, "ru") as talk:
        offered = await talk.complete("explain", "words", "слабые")
        assert offered[0]["name"] == "Слабые ссылки"

        first = await talk.slash("explain", words=offered[0]["value"])
        assert "Слабые ссылки" in first


async def test_an_export_is_a_file_only_for_its_owner(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        await talk.slash("export")

    assert [file["filename"] for file in talk.said["attachments"]] == ["kucha.json"]


async def test_forgetting_asks_first(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        await talk.slash("forget")
        await talk.press("Erase")

    assert not talk.said["components"]
    assert talk.whispered


async def test_any_words_are_answered(kucha: Kucha) -> None:
    strange = (" ", "x" * 6000, "\0", "**bold** @everyone <@1> ```", "\u202eabc", "🐍" * 500, "/explain", "фреймворк")
    async with talking(kucha) as talk:
        for words in strange:
            text = await talk.slash("explain", words=words)

            assert text, words
            assert "@everyone" not in text, words
            assert "**bold**" not in text, words


async def test_a_button_of_last_month_is_answered(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        await talk.slash("help")
        old = {"type": 2, "style": 2, "label": "Old", "custom_id": "k0:poll:from-last-month"}
        talk.said = {"components": [{"type": 1, "components": [old]}]}

        assert await talk.press("Old")


async def test_the_menu_is_not_sent_again_at_the_next_start(kucha: Kucha) -> None:
    async with talking(kucha) as first:
        assert await first.server.receives("PUT", "applications/1000/commands")

    async with talking(kucha) as second:
        await second.slash("help")
        assert not [request for request in second.server.received if request.method == "PUT"]


async def test_a_program_comes_from_an_option_a_file_a_dialog_or_somebodys_message(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        assert "from-option" in await talk.slash("run", code="print('from-option')")
        assert "from-file" in await talk.slash_with_file("run", "file", "a.py", b"print('from-file')")
        assert "from-message" in await talk.on_message("Run this", "look\n```python\nprint('from-message')\n```")
        await talk.slash("run")
        assert "from-dialog" in await talk.fill_in("Write code", "print('from-dialog')")


async def test_a_setting_is_changed_and_a_mistake_reported_without_reading_messages(kucha: Kucha) -> None:
    async with talking(kucha) as talk:
        assert "Tbilisi" in await talk.slash("settings", setting="zone", value="Asia/Tbilisi")
        await talk.slash("report")
        assert "number 1" in await talk.fill_in("Write", "wrong")
