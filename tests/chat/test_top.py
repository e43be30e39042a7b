"""The week's table of a group: only of those who want it, fair to equals, and safe from names."""

import sqlite3

import pytest

from bot.platforms.discord.renderer import render as on_discord
from bot.platforms.telegram.outgoing import Passage
from bot.platforms.telegram.renderer import render as on_telegram
from bot.settings import Settings
from bot.wiring import Kucha
from core.chat.answer import Way
from core.chat.request import Platform, Press
from core.document import Table, plain_spans
from core.study.group_standing import LONGEST_NAME, presentable
from core.study.selection import Wish
from tests.chat.conversation import Conversation
from tests.conftest import Clock
from tests.contract.telegram_limits import check_text, detected_links

GROUP = "-200"
NASTY = (
    "@everyone",
    "<@1> @here @durov",
    "\u202eevil\u2066",
    "a\u200b\u200d\ufeffb",
    "n" * 200,
    "**bold** `code` [x](https://evil.example)",
    "t.me/spam\n/forget",
    "Z" + "\u0300" * 50 + "algo",
    "أحمد",
    "\ud800 half",
    "\u3164\u2800",
)
UNSEEN = frozenset("\u200b\u200d\ufeff\u202e\u2066\n\ud800\u3164\u2800")


def in_group(kucha: Kucha, person: str, name: str | None = None, language: str = "en") -> Conversation:
    return Conversation(kucha, language, person, GROUP, private=False, name=name)


async def answer(kucha: Kucha, talk: Conversation, right: int, wrong: int = 0, chat: str = GROUP) -> None:
    """Answer so many questions in that chat."""
    person = await kucha.room.learners.meet("telegram", talk.person, talk.language, kucha.room.now())
    for number in range(right + wrong):
        asked = await kucha.room.study.ask(person, "telegram", chat, Wish(topic="slots"))
        assert asked is not None
        keys = asked.question.right_keys(asked.python)
        while not keys:
            asked = await kucha.room.study.ask(person, "telegram", chat, Wish(topic="slots"))
            assert asked is not None
            keys = asked.question.right_keys(asked.python)
        await kucha.room.study.answer_keys(asked, person, keys if number < right else ())


def table(talk: Conversation) -> list[tuple[str, ...]]:
    """The rows that are shown."""
    blocks = [block for block in talk.document.blocks if isinstance(block, Table)]
    return [tuple(plain_spans(cell) for cell in row) for block in blocks for row in block.rows]


async def test_a_private_chat_has_no_table(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "invite me to a group" in await talk.say("/top")
    assert "invite me to a group" in await talk.say("/top join")


async def test_nobody_is_counted_or_named_before_they_want_to_be(kucha: Kucha, settings: Settings) -> None:
    anna = in_group(kucha, "1", "Anna")
    await answer(kucha, anna, right=2)
    assert "Nobody takes part yet" in await anna.say("/top")
    assert table(anna) == []
    with sqlite3.connect(settings.kucha_data / "kucha.sqlite3") as database:
        assert "Anna" not in "\n".join(database.iterdump())


async def test_equals_share_a_place_and_the_next_one_is_skipped(kucha: Kucha) -> None:
    people = [in_group(kucha, str(number), name) for number, name in enumerate(("Cid", "Bea", "Ada", "Dan", "Eve"), 1)]
    for talk, right in zip(people, (2, 3, 2, 1, 0), strict=True):
        await answer(kucha, talk, right, wrong=1)
        await talk.say("/top join")
        assert talk.answer is not None
        assert talk.answer.personal
    await people[0].say("/top")
    assert table(people[0]) == [("1", "Bea", "3"), ("2", "Ada", "2"), ("2", "Cid", "2"), ("4", "Dan", "1")]
    assert "5 people" in people[0].text


async def test_only_right_answers_of_seven_local_days_in_this_chat_count(kucha: Kucha, clock: Clock) -> None:
    anna = in_group(kucha, "1", "Anna")
    await anna.say("/top join")
    await answer(kucha, anna, right=1)
    clock.forward(days=6)
    await answer(kucha, anna, right=1, wrong=2)
    await answer(kucha, anna, right=3, chat="-201")
    await answer(kucha, anna, right=3, chat="1")
    await anna.say("/top")
    assert table(anna) == [("1", "Anna", "2")]
    clock.forward(days=1)
    await anna.say("/top")
    assert table(anna) == [("1", "Anna", "1")]


async def test_ten_are_shown_and_who_is_below_is_told_alone(kucha: Kucha) -> None:
    people = [in_group(kucha, str(number), f"P{number:02}") for number in range(1, 13)]
    for number, talk in enumerate(people):
        await answer(kucha, talk, right=2 if number < 11 else 1)
        await talk.say("/top join")
    last = people[-1]
    await last.say("/top")
    assert [name for _, name, _ in table(last)] == [f"P{number:02}" for number in range(1, 11)]
    assert await last.press("My place") == "Your place: 12. Right answers this week: 1."
    assert last.answer is not None
    assert last.answer.document.blocks == ()
    stranger = in_group(kucha, "99", "Zoe")
    stranger.answer = people[0].answer
    await stranger.say("/top")
    assert "You do not take part yet" in await stranger.press("My place")
    await stranger.say("/top")
    await stranger.press("Join")
    assert "No right answers here yet" in await stranger.press("My place")


async def test_a_tap_changes_the_table_in_its_own_language(kucha: Kucha) -> None:
    anna, boris = in_group(kucha, "1", "Анна", language="ru"), in_group(kucha, "2", "Boris")
    await answer(kucha, boris, right=1)
    await anna.say("/top")
    boris.answer = anna.answer
    await boris.press("Участвую")
    assert boris.answer is not None
    assert boris.answer.way is Way.EDIT
    assert boris.answer.notice == "Done: right answers in this chat count now."
    assert "Участвует 1 человек" in boris.text
    assert table(boris) == [("1", "Boris", "1")]
    await boris.press("Выйти")
    assert table(boris) == []
    assert "Пока никто не участвует" in boris.text


@pytest.mark.parametrize("way", ["leave", "forget"])
async def test_a_name_goes_with_who_leaves_or_is_forgotten(kucha: Kucha, settings: Settings, way: str) -> None:
    anna = in_group(kucha, "1", "Annabella")
    await anna.say("/top join")
    assert "Annabella" in _stored(settings)
    if way == "leave":
        await anna.say("/top leave")
    else:
        await anna.say("/forget")
        await anna.press("Erase")
    assert "Annabella" not in _stored(settings)
    assert "Nobody takes part" in await anna.say("/top")


def _stored(settings: Settings) -> str:
    with sqlite3.connect(settings.kucha_data / "kucha.sqlite3") as database:
        return "\n".join(str(row) for row in database.execute("select * from members"))


async def test_joining_again_takes_the_new_name(kucha: Kucha) -> None:
    anna = in_group(kucha, "1", "Anna")
    await answer(kucha, anna, right=1)
    await anna.say("/top join")
    anna.name = "Anna K."
    await anna.say("/top join")
    await anna.say("/top")
    assert table(anna) == [("1", "Anna K.", "1")]


async def test_who_has_no_name_is_counted_without_one(kucha: Kucha) -> None:
    nobody = in_group(kucha, "1", language="ru")
    await answer(kucha, nobody, right=1)
    await nobody.say("/top join")
    await nobody.say("/top")
    assert table(nobody) == [("1", "без имени", "1")]


async def test_a_group_that_moves_keeps_its_members(kucha: Kucha) -> None:
    anna, boris = in_group(kucha, "1", "Anna"), in_group(kucha, "2", "Boris")
    for talk in (anna, boris):
        await answer(kucha, talk, right=1)
        await talk.say("/top join")
    boris.chat = "-100200"
    await boris.say("/top join")
    for _ in range(2):
        await kucha.app.chat_moved(Platform.TELEGRAM, GROUP, "-100200")
    await boris.say("/top")
    assert table(boris) == [("1", "Anna", "1"), ("1", "Boris", "1")]


async def test_other_words_and_old_buttons_are_answered(kucha: Kucha) -> None:
    talk = in_group(kucha, "1", "Anna")
    assert "join" in await talk.say("/top everyone")
    for token in ("top:nothing:en", "top:join:xx", "top", "top:mine"):
        assert await talk.send(Press(token))


async def test_names_ping_nobody_and_turn_nothing_around(kucha: Kucha) -> None:
    for number, name in enumerate(NASTY, 1):
        talk = in_group(kucha, str(number), name)
        await answer(kucha, talk, right=1)
        await talk.say("/top join")
        await talk.say("/top")
        shown = [row[1] for row in table(talk)]
        assert not UNSEEN & set("".join(shown))
        assert max(map(len, shown)) <= 26
        for message in on_telegram(talk.document):
            assert isinstance(message, Passage)
            for text in message.texts:
                entities = [entity.model_dump(exclude_none=True) for entity in text.entities()]
                check_text(text.text, entities)
                assert detected_links(text.text, entities) == []
                assert any(entity["type"] == "pre" for entity in entities)
        for sent in on_discord(talk.document):
            before, _, after = "".join(embed.description or "" for embed in sent.embeds).split("```")
            assert "@" not in before + after
            assert sent.content == ""
        await talk.say("/top leave")


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_one_short_visible_line(name: str) -> None:
    kept = presentable(name)
    assert len(kept) <= LONGEST_NAME
    assert kept == kept.strip()
    assert not UNSEEN & set(kept)
    assert kept.count("\u0300") <= 2


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("Anna-Lena O'Neil", "Жанна д'Арк", "李小龍", "José 🐍", "أحمد"):
        assert presentable(name) == name
