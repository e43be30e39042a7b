"""Every command of the catalogue on Telegram, from the raw update to the request that goes out."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.chat.catalogue import CATALOGUE
from tests.contract.telegram.conftest import Talk, tutor_on_telegram
from tests.contract.telegram_limits import detected_links, rich_words
from tests.contract.telegram_server import Call, TelegramServer
from tests.platforms.telegram.updates import ANNA, BORIS, FORUM, GROUP, from_bot, message, tap

LINES: dict[str, tuple[str, ...]] = {
    "start": ("/start", "CPython"),
    "help": ("/help", "/explain"),
    "explain": ("/explain slots", "__slots__"),
    "ask": ("/ask 1", "Python"),
    "run": ("/run print(6 * 7)", "42", "/run"),
    "daily": ("/daily", "/daily 9:30"),
    "quiz": ("/quiz", "/quiz"),
    "exam": ("/exam 2", "Python 3.14"),
    "progress": ("/progress", "1"),
    "top": ("/top", "/top"),
    "pause": ("/pause", "/pause", "14"),
    "settings": ("/settings", "Python"),
    "report": ("/report слоты объяснены неверно", "1"),
    "export": ("/export", "kucha.json"),
    "forget": ("/forget", "?"),
}
"""For each command a line to type and what its answer holds: one of several where that depends on the machine."""
ODD_INPUT = (
    "/",
    "/nonsense",
    "/explain",
    "/explain @durov https://evil.example tg://resolve?domain=x",
    "/explain <b>bold</b> *stars* __under__ `tick`",
    "/explain \u202e\u2066slots\u2069",
    "/explain " + "я" * 4000,
    "/explain a\x00b",
    "/ask 9 @durov",
    "/settings zone @durov",
    "\u200b",
    "@durov",
)
OLD_TOKENS = ("nonsense", "pick:999999:0", "pick::", "ask:topic:nowhere", "card:nothing", "й" * 32)


def read(call: Call) -> str:
    """All the words of what was sent, whatever form it has."""
    if rich := call.params.get("rich_message"):
        return "".join(rich_words(rich["blocks"]))
    return call.shown + "".join(f"[{label}]" for label in call.labels)


def test_every_command_has_a_line_here() -> None:
    assert set(LINES) == {command.name for command in CATALOGUE}


@pytest.mark.parametrize("person", [ANNA, BORIS], ids=["ru", "en"])
async def test_every_command_is_answered_in_private(talk: Talk, person: dict[str, Any]) -> None:
    for number, (line, *expected) in enumerate(LINES.values(), 100):
        sent = await talk.say(line, sender={**person, "id": number})
        if line == "/export":
            sent = await talk.answer()
            (file,) = (value for value in sent.params.values() if isinstance(value, dict) and "content" in value)
            assert file["name"] in expected
            assert json.loads(file["content"])
        else:
            assert any(words in read(sent) for words in expected), line
        if line == "/progress":
            assert (await talk.answer()).method == "sendPhoto"
        assert sent.params["chat_id"] == number
        assert "parse_mode" not in sent.params
    assert [call.refusal for call in talk.server.calls if call.refusal] == []


async def test_every_command_is_answered_in_a_topic_of_a_group(talk: Talk) -> None:
    topic = {"chat": FORUM, "message_thread_id": 77, "is_topic_message": True, "message_id": 12}
    for number, (line, *_) in enumerate(LINES.values(), 100):
        name, _, arguments = line.partition(" ")
        sent = await talk.say(f"{name}@kucha_bot {arguments}", sender={**ANNA, "id": number}, **topic)
        if name in ("/export", "/progress"):
            await talk.answer()
        assert (sent.params["chat_id"], sent.params["message_thread_id"]) == (FORUM["id"], 77)
    assert [call.refusal for call in talk.server.calls if call.refusal] == []


async def test_the_menu_names_every_command_in_two_languages(talk: Talk) -> None:
    default, russian = await talk.server.wait_for("setMyCommands", count=2)
    assert [entry["command"] for entry in default.params["commands"]] == [command.name for command in CATALOGUE]
    assert default.params["commands"][0] != russian.params["commands"][0]


async def test_a_restart_leaves_the_menu_and_the_buttons_as_they_are(server: TelegramServer, tmp_path: Path) -> None:
    async with tutor_on_telegram(server, tmp_path) as talk:
        asked = await talk.choice()
        held = talk.shown
    async with tutor_on_telegram(server, tmp_path) as talk:
        answered = await talk.press(asked.tokens[0], held)
    assert answered.method == "editMessageText"
    assert answered.params["message_id"] == held
    assert len(server.made("setMyCommands")) == 2


async def test_the_first_steps_are_three_taps_in_one_message(talk: Talk) -> None:
    shown = await talk.say("/start")
    for _ in range(3):
        shown = await talk.press(shown.tokens[0], talk.shown)
        assert shown.method == "editMessageText"
    assert len(talk.server.made("sendMessage")) == 1


async def test_a_deep_link_opens_the_card(talk: Talk) -> None:
    assert "__slots__" in read(await talk.say("/start explain_slots"))


async def test_an_answer_by_tap_takes_the_place_of_the_question(talk: Talk) -> None:
    asked = await talk.choice()
    answered = await talk.press(asked.tokens[0], talk.shown)
    assert answered.params["message_id"] == talk.shown
    assert read(answered) != read(asked)


async def test_inline_mode_finds_cards(talk: Talk) -> None:
    for number, typed in enumerate(("слоты", "ыдщеы", "", "x" * 256)):
        await talk.server.push(inline_query={"id": f"i{number}", "from": ANNA, "query": typed, "offset": ""})
    found, wrong_layout, everything, _ = await talk.server.wait_for("answerInlineQuery", count=4)
    assert found.params["results"][0]["id"] == wrong_layout.params["results"][0]["id"]
    assert everything.params["results"]


async def test_odd_input_gets_an_answer_that_mentions_nobody(talk: Talk) -> None:
    for number, typed in enumerate(ODD_INPUT):
        sent = await talk.say(typed, sender={**ANNA, "id": 100 + number})
        assert detected_links(sent.shown, sent.params.get("entities", [])) == [], typed
    assert [call.refusal for call in talk.server.calls if call.refusal] == []


async def test_a_button_from_last_month_gets_a_short_answer(talk: Talk) -> None:
    for number, token in enumerate(OLD_TOKENS, 1):
        await talk.server.push(callback_query=tap(token, from_bot(message_id=31), sender={**ANNA, "id": 100 + number}))
        answered = (await talk.server.wait_for("answerCallbackQuery", count=number))[-1]
        assert answered.params["text"], token


async def test_an_edited_program_runs_again_in_place_of_its_answer(talk: Talk) -> None:
    fenced = [{"type": "pre", "offset": 5, "length": 8, "language": "python"}]
    await talk.say("/run print(1)", message_id=12, entities=fenced)
    answer = talk.shown
    await talk.server.push(edited_message=message("/run print(2)", message_id=12, entities=fenced))
    await talk.server.wait_until(lambda: bool(talk.server.made("editMessageText")))
    (edited,) = talk.server.made("editMessageText")
    assert edited.params["message_id"] == answer


async def test_a_group_that_moved_keeps_its_conversation(talk: Talk) -> None:
    await talk.say("/ask 1", chat=GROUP)
    talk.server.moved[GROUP["id"]] = -100200
    moved = await talk.say("/ask 1", chat=GROUP)
    assert moved.params["chat_id"] == -100200


async def test_a_table_falls_back_to_text_on_an_older_server(server: TelegramServer, tmp_path: Path) -> None:
    server.unknown_methods.add("sendRichMessage")
    async with tutor_on_telegram(server, tmp_path) as talk:
        sent = await talk.say("/explain slots")
    assert sent.method == "sendMessage"
    assert any(entity["type"] == "pre" for entity in sent.params["entities"])
