"""`/progress`: a few lines that stay short, a picture, and the same in words."""

import sys
from collections.abc import Iterator

import pytest

from bot.wiring import Kucha
from core.chat.pictures.progress import draw
from core.document import Details, Picture, Table, plain_spans
from core.study.selection import Wish
from tests.chat.conversation import Conversation


@pytest.fixture(autouse=True)
def _nothing_drawn_before() -> Iterator[None]:
    draw.cache_clear()
    yield
    draw.cache_clear()


async def answer(kucha: Kucha, count: int, right: bool = True, topic: str = "slots") -> None:
    """Answer so many questions of a topic by picking."""
    learner = await kucha.room.learners.meet("telegram", "1", "en", kucha.room.now())
    while count:
        asked = await kucha.room.study.ask(learner, "telegram", "1", Wish(topic=topic))
        assert asked is not None
        keys = asked.question.right_keys(asked.python)
        if keys:
            await kucha.room.study.answer_keys(asked, learner, keys if right else ())
            count -= 1


def pictures(talk: Conversation) -> list[Picture]:
    return [block for block in talk.document.blocks if isinstance(block, Picture)]


@pytest.mark.parametrize(
    ("language", "title", "year"),
    [("en", "What you know", "Past year: one day with answers"), ("ru", "Что ты знаешь", "За год: 1 день с ответами")],
)
async def test_a_picture_comes_with_the_words(kucha: Kucha, language: str, title: str, year: str) -> None:
    talk = Conversation(kucha, language=language)
    await talk.say("/settings")
    await answer(kucha, 3)
    assert title in await talk.say("/progress")
    (picture,) = pictures(talk)
    assert picture.content.startswith(b"\x89PNG")
    assert picture.media_type == "image/png"
    assert year in picture.alt
    assert talk.buttons[0].token == "ask:next"
    assert talk.answer is not None
    assert talk.answer.personal


async def test_the_bars_show_mastery_and_not_questions_seen(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/progress")
    assert "▱▱▱▱▱▱▱▱ 0% · Level 2" in talk.text
    await answer(kucha, 5, right=False)
    assert "▱▱▱▱▱▱▱▱ 0% · Level 2" in await talk.say("/progress")
    await answer(kucha, 25)
    assert "0% · Level 2" not in await talk.say("/progress")


async def test_a_beginner_is_not_shown_an_empty_table(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/progress")
    assert not [block for block in talk.document.blocks if isinstance(block, Details)]
    assert "Mastered: 0 of" in pictures(talk)[0].alt
    assert pictures(talk)[0].alt.endswith("Past year: no answers yet. Reviews: none for two weeks.")


async def test_what_was_begun_is_told_in_words_too(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await answer(kucha, 4)
    await talk.say("/progress")
    (fold,) = (block for block in talk.document.blocks if isinstance(block, Details))
    (table,) = (block for block in fold.blocks if isinstance(block, Table))
    assert [plain_spans(cell) for cell in table.header] == ["Topic", "level 1", "level 2", "level 3"]
    assert [plain_spans(row[0]) for row in table.rows] == ["__slots__"]
    assert any(plain_spans(cell) not in ("0%", "—") for cell in table.rows[0][1:])


async def test_when_drawing_fails_the_words_still_come(kucha: Kucha, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "core.chat.pictures.sheet", None)
    talk = Conversation(kucha)
    assert "Streak" in await talk.say("/progress") or "streak" in talk.text
    assert pictures(talk) == []


async def test_the_same_state_is_drawn_once(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/progress")
    first = pictures(talk)[0].content
    await talk.say("/progress")
    assert pictures(talk)[0].content is first
    await answer(kucha, 1)
    await talk.say("/progress")
    assert pictures(talk)[0].content != first


@pytest.mark.parametrize(("language", "told"), [("en", "We go on 2026-11-30"), ("ru", "Продолжим 30.11.2026")])
async def test_a_pause_is_told(kucha: Kucha, language: str, told: str) -> None:
    talk = Conversation(kucha, language=language)
    assert told not in await talk.say("/progress")
    await talk.say("/pause 10d")
    assert told in await talk.say("/progress")
