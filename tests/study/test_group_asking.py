"""The questions that a chat is asked day after day."""

from datetime import date, timedelta

from bot.wiring import Kucha
from core.bank.versions import Python
from core.study.group_asking import KINDS

LEVEL, PYTHON = 3, "3.14"
DAY, A_DAY = date(2026, 11, 20), timedelta(days=1)


async def asked(kucha: Kucha, day: date, chat: str = "-100", topic: str = "") -> str:
    posted = await kucha.room.group_study.post("telegram", chat, topic, day, LEVEL, PYTHON, "ru")
    assert posted is not None
    return posted.question.id


async def test_a_chat_sees_no_question_twice_until_it_has_seen_all(kucha: Kucha) -> None:
    fitting = {
        question.id
        for question in kucha.room.bank.questions.values()
        if question.truth.level == LEVEL
        and question.truth.kind in KINDS
        and question.truth.asked_on(Python.named(PYTHON))
    }
    seen = [await asked(kucha, DAY + number * A_DAY) for number in range(len(fitting) + 3)]
    assert set(seen[: len(fitting)]) == fitting
    assert seen[len(fitting) :] == seen[:3]


async def test_a_topic_of_the_same_chat_sees_another_question(kucha: Kucha) -> None:
    seen = [await asked(kucha, DAY + number * A_DAY, topic=topic) for number in range(10) for topic in ("", "77")]
    assert len(set(seen)) == 20


async def test_a_second_attempt_puts_the_same_question(kucha: Kucha) -> None:
    assert await asked(kucha, DAY) == await asked(kucha, DAY)
