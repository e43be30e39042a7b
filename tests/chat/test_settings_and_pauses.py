"""How much to remember, when to be quiet, and when to leave a learner alone."""

from datetime import date

import pytest

from bot.wiring import Kucha
from core.bank.wording import Language
from core.chat.commands.settings import changed
from core.chat.presenters.person import QUIET, RETENTION
from core.delivery.spoken import hours
from core.study.learner import RETENTIONS, Learner
from tests.chat.conversation import Conversation
from tests.chat.test_conversations import HOSTILE
from tests.conftest import Clock

LEARNER = Learner(1, Language.RU, 1, "Europe/Moscow", "3.14")


async def learner_of(kucha: Kucha) -> Learner:
    learner = await kucha.room.learners.find("telegram", "1")
    assert learner is not None
    return learner


@pytest.mark.parametrize(("words", "percent"), [("85", 85), ("85%", 85), ("85 %", 85), ("70", 70), ("97", 97)])
def test_a_retention_is_a_percentage(words: str, percent: int) -> None:
    learner = changed(LEARNER, "retention", words)
    assert learner is not None
    assert learner.retention == percent


@pytest.mark.parametrize("words", ["69", "98", "100", "0.9", "", "ninety", "²²", "-85", "85 85", *HOSTILE])
def test_any_other_retention_means_nothing(words: str) -> None:
    assert changed(LEARNER, "retention", words) is None


@pytest.mark.parametrize("words", ["", "noon", "25-8", "22", *HOSTILE])
def test_quiet_hours_are_two_times(words: str) -> None:
    assert changed(LEARNER, "quiet", words) is None


def test_what_the_buttons_offer_is_understood() -> None:
    assert all(hours(quiet) == quiet for quiet in QUIET)
    assert set(RETENTION) <= set(RETENTIONS)


async def test_how_much_to_remember_by_button_and_by_words(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Помнить: 90 %" in await talk.say("/settings")
    assert "чаще повторы" in await talk.press("Помнить")
    assert "Помнить: 95 %" in await talk.press("95 %")
    assert "Помнить: 85 %" in await talk.say("/settings retention 85")
    assert "от 70 до 97" in await talk.say("/settings retention 100")
    assert (await learner_of(kucha)).retention == 85


async def test_quiet_hours_by_button_and_by_words(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Тихие часы: 22:00–08:00" in await talk.say("/settings")
    await talk.press("Тихие часы")
    assert "Тихие часы: 00:00–09:00" in await talk.press("00:00–09:00")
    assert "Тихие часы: 23:30–07:00" in await talk.say("/settings quiet 23:30-7")
    assert "Не понял часы" in await talk.say("/settings quiet always")
    await talk.say("/settings")
    await talk.press("Тихие часы")
    assert "Тихие часы: выключены" in await talk.press("выключены")
    assert (await learner_of(kucha)).quiet == ""


async def test_the_setting_decides_when_a_question_comes_back(kucha: Kucha, clock: Clock) -> None:
    dues = []
    for person, percent in (("1", 70), ("2", 97)):
        talk = Conversation(kucha, person=person)
        await talk.say(f"/settings retention {percent}")
        learner = await kucha.room.learners.find("telegram", person)
        assert learner is not None
        question = kucha.room.bank.questions["slots-what-is-it"]
        dues.append((await kucha.room.study.graded(learner, question, True, clock())).due)
    assert dues[0] > dues[1]


async def test_a_pause_by_words_its_state_and_its_end(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Паузы сейчас нет" in await talk.say("/pause")
    assert "Вернусь 30.11.2026" in await talk.say("/pause 10d")
    assert "Пауза. Вернусь 30.11.2026" in await talk.say("/pause")
    learner = await learner_of(kucha)
    assert await kucha.room.pauses.paused_until(learner.id, date(2026, 11, 29)) == date(2026, 11, 30)
    clock.forward(days=2)
    assert "С возвращением" in await talk.press("Закончить паузу")
    assert "и так нет" in await talk.say("/pause off")
    assert (await kucha.room.study.progress(learner)).paused_until is None


async def test_a_pause_by_a_button(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/pause")
    assert "back on 2026-11-27" in await talk.press("7 days")
    assert talk.answer is not None
    assert talk.answer.personal


@pytest.mark.parametrize("words", ["soon", "0", "-3", "400d", "10x", *(each for each in HOSTILE if each.strip())])
async def test_a_pause_of_nobody_knows_how_long_is_asked_about(kucha: Kucha, words: str) -> None:
    talk = Conversation(kucha)
    assert "did not get how long" in await talk.say(f"/pause {words}")
    assert await kucha.room.pauses.of((await learner_of(kucha)).id) == ()
