"""A hint helps without telling, and what it helps with counts as hard; so does a second look."""

import pytest

from bot.wiring import Kucha
from core.bank.truth import Kind
from core.bank.versions import Python
from core.bank.wording import Language
from core.chat.answer import Way
from core.chat.presenters.hint import hint, unspoiled
from core.chat.request import Press
from core.study.asking import Asked
from core.study.learner import DEFAULT_PYTHON, Learner
from tests.chat.conversation import Conversation
from tests.conftest import Clock


async def put(kucha: Kucha, talk: Conversation, id: str) -> Asked:
    """Put that question before the learner."""
    await talk.send(Press(f"question:{id}"))
    return await kucha.room.study.open(int(talk.buttons[0].token.split(":")[1]), await learner_of(kucha))


async def learner_of(kucha: Kucha) -> Learner:
    learner = await kucha.room.learners.find("telegram", "1")
    assert learner is not None
    return learner


def tap(asked: Asked, right: bool) -> Press:
    """The tap on a right or a wrong option."""
    keys = asked.question.right_keys(asked.python)
    key = next(key for key in asked.sheet.shown if (key in keys) is right)
    return Press(f"pick:{asked.sheet.id}:{asked.sheet.shown.index(key)}")


async def test_a_hint_leaves_the_question_open_and_makes_it_a_hard_one(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    asked = await put(kucha, talk, "slots-what-is-it")
    told = await talk.press("Hint")
    assert told.startswith("Hint")
    assert talk.answer is not None
    assert (talk.answer.personal, talk.answer.way) == (True, Way.NEW)
    assert [button.label for button in talk.buttons] == ["A", "B", "C", "D"][: len(talk.buttons)]
    verdict = await talk.send(tap(asked, right=True))
    assert "✅" in verdict
    assert "Counted as hard: with a hint." in verdict
    again = await talk.send(Press(f"hint:{asked.sheet.id}"))
    assert "counted already" in again


async def test_a_hint_makes_a_wrong_answer_no_worse(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    asked = await put(kucha, talk, "slots-what-is-it")
    await talk.press("Hint")
    assert "Counted as hard" not in await talk.send(tap(asked, right=False))


async def test_a_typed_answer_is_still_awaited_after_a_hint(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    asked = await put(kucha, talk, "pymalloc-max-pools")
    told = await talk.press("Подсказка")
    answer = asked.question.truth.answer(asked.python)
    assert answer is not None
    assert answer not in told
    assert "с подсказкой" in await talk.say(answer)


async def test_once_helped_the_question_offers_no_second_hint(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    question = next(each for each in kucha.room.bank.questions.values() if each.truth.kind is Kind.MULTIPLE)
    asked = await put(kucha, talk, question.id)
    await talk.press("Hint")
    await talk.send(tap(asked, right=True))
    assert "Hint" not in [button.label for button in talk.buttons]
    assert any(button.label.startswith("☑") for button in talk.buttons)


async def test_a_second_look_on_the_same_day_is_a_hard_one(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha, language="ru")
    await talk.send(tap(await put(kucha, talk, "slots-what-is-it"), right=False))
    clock.forward(minutes=15)
    verdict = await talk.send(tap(await put(kucha, talk, "slots-what-is-it"), right=True))
    assert "Засчитал как трудный: со второй попытки." in verdict
    clock.forward(days=1)
    assert "трудный" not in await talk.send(tap(await put(kucha, talk, "slots-what-is-it"), right=True))


async def test_another_question_of_the_family_is_a_second_look_too(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha)
    await talk.send(tap(await put(kucha, talk, "gen-aliases-5"), right=False))
    clock.forward(minutes=15)
    assert "at the second look" in await talk.send(tap(await put(kucha, talk, "gen-aliases-6"), right=True))
    assert list(await kucha.room.study._store.memories((await learner_of(kucha)).id)) == ["gen-aliases"]


async def test_somebody_elses_question_gives_no_hint(kucha: Kucha) -> None:
    talk, other = Conversation(kucha), Conversation(kucha, person="2")
    asked = await put(kucha, talk, "slots-what-is-it")
    assert "somebody else" in await other.send(Press(f"hint:{asked.sheet.id}"))
    assert "Counted as hard" not in await talk.send(tap(asked, right=True))


@pytest.mark.parametrize("language", list(Language))
async def test_every_question_has_a_hint_that_does_not_tell(kucha: Kucha, language: Language) -> None:
    talk, voice = Conversation(kucha, language=language.value), kucha.room.texts.in_language(language)
    python = Python.named(DEFAULT_PYTHON)
    for question in kucha.room.bank.questions.values():
        if question.truth.kind not in (Kind.NUMBER, Kind.WORD) or not question.truth.asked_on(python):
            continue
        asked = await put(kucha, talk, question.id)
        document = hint(asked, kucha.room.bank, voice)
        assert document is not None, question.id
        answer = question.truth.answer(asked.python)
        assert f" {answer} " not in document.plain().replace(".", " "), question.id


def test_sentences_that_say_the_answer_are_left_out() -> None:
    said = "A pool is `16 KiB`. It holds blocks of 160 bytes. An arena is larger."
    assert unspoiled(said, ("16 KIB",)) == "It holds blocks of 160 bytes. An arena is larger."
    assert unspoiled(said, ("16",)) == "It holds blocks of 160 bytes. An arena is larger."
    assert unspoiled(said, ("", "32")) == said
    assert unspoiled("It is 16.", ("16",)) == ""
