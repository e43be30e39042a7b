"""What a learner does in a chat, from the greeting to being forgotten."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.wiring import Kucha
from core.bank.truth import Kind
from core.bank.versions import TAUGHT, Python
from core.chat.answer import Way
from core.chat.app import PRESSES
from core.chat.request import Command, Person, Place, Platform, Press, Request, Said, Words
from core.document import Attachment, plain_spans
from core.storage.tables import accounts, attempts, awaited, learners, memories, reports, sheets
from core.study.asking import Asked
from core.study.learner import Learner
from tests.chat.conversation import Conversation
from tests.conftest import Clock


async def test_three_taps_and_the_settings_are_kept(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Привет" in await talk.say("/start")
    await talk.press("Уровень 2")
    await talk.press("Берлин")
    said = await talk.press("3.13")
    assert "уровень 2, Берлин, Python 3.13" in said
    learner = await kucha.room.learners.find("telegram", "1")
    assert learner is not None
    assert (learner.level, learner.zone, learner.python, learner.language) == (2, "Europe/Berlin", "3.13", "ru")


async def test_skipping_keeps_sane_defaults(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/start")
    for _ in range(3):
        await talk.press("Skip")
    assert "level 1, UTC, Python 3.14" in talk.text


@pytest.mark.parametrize(
    ("tag", "greeting"), [("ru", "Привет"), ("ru-RU", "Привет"), ("en-US", "Hi!"), ("de", "Hi!"), (None, "Hi!")]
)
async def test_the_platforms_language_greets(kucha: Kucha, tag: str | None, greeting: str) -> None:
    talk = Conversation(kucha, language=tag or "")
    assert greeting in await talk.say("/start")


async def test_deep_links_go_straight_there(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "__slots__ · level 2" in await talk.say("/start explain_slots")
    assert "__slots__ · level 2" in await talk.say("/start explain___slots__")
    await talk.say("/start daily")
    assert talk.buttons


async def test_a_card_leads_on(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    card = await talk.say("/explain ыдщеы")
    assert card.startswith("__slots__ · уровень 2")
    await talk.press("Спроси меня")
    assert "__slots__" in talk.text


async def test_several_good_hits_become_buttons_and_nothing_is_invented(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "ничего нет" in await talk.say("/explain фреймворк")
    assert any("кадр" in button.label.casefold() for button in talk.buttons)
    await talk.say("/explain профилировщик")
    assert talk.buttons


def asked_of(kucha: Kucha, talk: Conversation) -> str:
    """The number of the sheet whose buttons are shown."""
    return talk.buttons[0].token.split(":")[1]


async def ask_exactly(kucha: Kucha, talk: Conversation, kind: Kind) -> Asked:
    """Put some question of a kind before the learner."""
    question = next(
        each
        for each in kucha.room.bank.questions.values()
        if each.truth.kind is kind and all(each.right_keys(p) == each.right_keys(q) for p, q in _PAIRS)
    )
    await talk.send(Press(f"question:{question.id}"))
    learner = await kucha.room.learners.find("telegram", talk.person)
    assert learner is not None
    return await kucha.room.study.open(int(asked_of(kucha, talk)), learner)


_PAIRS = list(pairwise(Python.named(label) for label in TAUGHT))


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.TRUTH])
async def test_one_tap_answers_and_a_second_one_counts_nothing(kucha: Kucha, kind: Kind) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, kind)
    right = asked.question.right_keys(asked.python)[0]
    token = f"pick:{asked.sheet.id}:{asked.sheet.shown.index(right)}"
    verdict = await talk.send(Press(token))
    assert "✅" in verdict
    assert talk.answer is not None
    assert talk.answer.way is Way.EDIT
    again = await talk.send(Press(token))
    assert "counted already" in again
    progress = await kucha.room.study.progress(await _learner(kucha))
    assert (progress.today, progress.today_right, progress.streak) == (1, 1, 1)


async def _learner(kucha: Kucha, person: str = "1") -> Learner:
    learner = await kucha.room.learners.find("telegram", person)
    assert learner is not None
    return learner


async def test_a_wrong_tap_names_the_wrong_idea(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    question = next(
        each
        for each in kucha.room.bank.questions.values()
        if each.truth.kind is Kind.SINGLE and any(option.misconception for option in each.truth.option)
    )
    await talk.send(Press(f"question:{question.id}"))
    learner = await _learner(kucha)
    asked = await kucha.room.study.open(int(asked_of(kucha, talk)), learner)
    wrong = next(option for option in question.truth.option if option.misconception)
    verdict = await talk.send(Press(f"pick:{asked.sheet.id}:{asked.sheet.shown.index(wrong.key)}"))
    assert "❌" in verdict
    assert "A common mistake:" in verdict


async def test_several_right_ones_are_ticked_then_done(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, Kind.MULTIPLE)
    await talk.press("Done")
    assert talk.answer is not None
    assert talk.answer.notice
    await talk.send(Press(f"question:{asked.question.id}"))
    learner = await _learner(kucha)
    asked = await kucha.room.study.open(int(asked_of(kucha, talk)), learner)
    for key in asked.question.right_keys(asked.python):
        await talk.send(Press(f"pick:{asked.sheet.id}:{asked.sheet.shown.index(key)}"))
    assert sum(button.label.startswith("☑") for button in talk.buttons) == len(asked.question.right_keys(asked.python))
    assert "✅" in await talk.press("Done")


async def test_an_order_is_tapped_item_by_item(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, Kind.ORDER)
    for key in asked.question.right_keys(asked.python):
        await talk.send(Press(f"pick:{asked.sheet.id}:{asked.sheet.shown.index(key)}"))
    assert "✅" in talk.text


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.WORD])
async def test_an_answer_is_typed_into_a_dialog_or_as_a_message(kucha: Kucha, kind: Kind) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, kind)
    answer = asked.question.truth.answer(asked.python)
    assert answer is not None
    assert "✅" in await talk.say(answer)
    await talk.send(Press(f"question:{asked.question.id}"))
    assert "❌" in await talk.press("Answer", typed="surely not this")


async def test_recall_is_revealed_and_graded_by_the_learner(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, Kind.RECALL)
    await talk.press("Show the answer")
    assert [button.label for button in talk.buttons] == ["Forgot", "Hard", "Knew it", "Easy"]
    await talk.press("Knew it")
    assert "Noted" in talk.text
    assert asked.question.id in await kucha.room.study._store.memories((await _learner(kucha)).id)


async def test_buttons_survive_a_restart(
    kucha: Kucha, reopen: Callable[[], AbstractAsyncContextManager[Kucha]]
) -> None:
    talk = Conversation(kucha)
    await talk.say("/ask 1")
    token = talk.buttons[0].token
    async with reopen() as later:
        after = Conversation(later)
        await after.send(Press(token))
        assert "unknown" not in after.text
        assert "no longer works" not in after.text


async def test_somebody_elses_question_is_not_answered(kucha: Kucha) -> None:
    asking, other = Conversation(kucha), Conversation(kucha, person="2")
    asked = await ask_exactly(kucha, asking, Kind.SINGLE)
    assert "somebody else" in await other.send(Press(f"pick:{asked.sheet.id}:0"))
    assert (await kucha.room.study.progress(await _learner(kucha, "2"))).today == 0


async def test_ask_takes_a_level_and_a_topic(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "__slots__ · level 2" in await talk.say("/ask 2 slots")
    assert "do not know the topic" in await talk.say("/ask фреймворк")


async def test_settings_by_buttons_and_by_words(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/settings")
    await talk.press("Language")
    assert "Настройки" in await talk.press("Русский")
    assert "Часовой пояс: Тбилиси" in await talk.say("/settings zone Asia/Tbilisi")
    assert "Часовой пояс: Берлин" in await talk.say("/settings zone Berlin")
    assert "Часовой пояс: UTC+5:30" in await talk.say("/settings zone UTC+5:30")
    assert "Сегодня" in await talk.say("/progress")
    assert "Не знаю часового пояса" in await talk.say("/settings zone Mars/Olympus")
    assert "Например" in await talk.say("/settings colour red")


async def test_a_report_is_kept_with_its_question_and_version(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/ask 1")
    subject = (await kucha.room.study._store.recent((await _learner(kucha)).id, 1))[0]
    assert "number 1" in await talk.say("/report the answer is wrong")
    await talk.say("/report")
    assert "number 2" in await talk.say("it really is")
    second, first = await kucha.room.reports.newest(10)
    assert (first.subject, first.python, first.words) == (subject, "3.14", "the answer is wrong")
    assert second.words == "it really is"


async def test_everything_is_exported_and_everything_is_forgotten(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha)
    asked = await ask_exactly(kucha, talk, Kind.SINGLE)
    await talk.send(Press(f"pick:{asked.sheet.id}:0"))
    await talk.say("/report hm")
    await talk.say("/export")
    file = next(block for block in talk.document.blocks if isinstance(block, Attachment))
    exported = json.loads(file.content)
    assert exported["attempts"][0]["question"] == asked.question.id
    assert exported["reports"][0]["words"] == "hm"
    await talk.say("/forget")
    await talk.press("Keep")
    assert await kucha.room.learners.find("telegram", "1") is not None
    await talk.say("/forget")
    await talk.press("Erase")
    assert await kucha.room.learners.find("telegram", "1") is None
    async with kucha.database.read() as connection:
        for table in (learners, accounts, sheets, attempts, memories, reports, awaited):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_help_names_every_command_in_the_learners_language(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    said = await talk.say("/help")
    for command in kucha.app.catalogue:
        assert f"/{command.name} " in said
    assert "Учиться" in said


HOSTILE = [
    "",
    " ",
    "\0",
    "x" * 100_000,
    "*_`[]()~>#+-=|{}.!<b>@everyone",
    "\u202e\u2066abc\u2069",
    "\ud800",
    "/",
    "//",
    "../../etc/passwd",
    "💥" * 5000,
    "\x1b[31mred",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_any_input_gets_a_short_helpful_answer(kucha: Kucha, text: str) -> None:
    talk = Conversation(kucha)
    sayings: list[Said] = [
        Words(text),
        Press(text),
        Command(text, text),
        *(Command(command.name, text) for command in kucha.app.catalogue),
        *(Press(f"{verb}:{text}") for verb in PRESSES),
    ]
    for said in sayings:
        await talk.send(said)
        assert talk.heard[-1] is not None, said
        assert "Something broke" not in talk.text, said
        assert len(talk.text) < 6000


@given(st.text(max_size=300), st.sampled_from(sorted(PRESSES)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
async def test_no_button_from_last_month_breaks_anything(kucha: Kucha, rest: str, verb: str) -> None:
    talk = Conversation(kucha)
    await talk.send(Press(f"{verb}:{rest}"))
    assert "Something broke" not in talk.text


async def test_an_edited_command_is_not_replayed(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.send(Command("ask"), edited=True)
    assert talk.heard == [None]


async def test_chatter_in_a_group_is_none_of_our_business(kucha: Kucha) -> None:
    talk = Conversation(kucha, private=False)
    await talk.say("what about slots?")
    await talk.say("/weather")
    assert talk.heard == [None, None]


async def test_a_broken_tutor_says_so_and_goes_on(kucha: Kucha, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Conversation(kucha)

    async def fail(*_: object) -> None:
        raise RuntimeError("secret text of a learner")

    monkeypatch.setattr(kucha.room.learners, "meet", fail, raising=False)
    said = await talk.say("/help")
    assert "Something broke on my side" in said
    assert "secret" not in said
    monkeypatch.undo()
    assert "What I can do" in await talk.say("/help")


async def test_a_flood_is_answered_once_then_not_at_all(kucha: Kucha) -> None:
    person = Person(Platform.DISCORD, "9", "ru")
    request = Request(person, Place("9"), Command("help"))
    answers = [await kucha.app.handle(request) for _ in range(40)]
    said = [answer.document.plain() for answer in answers if answer]
    assert sum("Не успеваю" in words for words in said) == 1
    assert answers[-1] is None
    other = Request(Person(Platform.DISCORD, "10", "ru"), Place("10"), Command("help"))
    assert await kucha.app.handle(other) is not None


async def test_suggestions_are_cards_ready_to_send(kucha: Kucha) -> None:
    person = Person(Platform.TELEGRAM, "1", "ru")
    found = await kucha.app.suggest("слабыми ссылк", person, 5)
    assert found[0].slug == "weak-references"
    assert plain_spans(found[0].card.blocks[0].spans).startswith("Слабые ссылки")  # type: ignore[union-attr]
    assert len(await kucha.app.suggest("", person, 5)) == 5


async def test_a_chat_that_moves_takes_its_questions_along(kucha: Kucha) -> None:
    talk = Conversation(kucha, chat="-100", private=False)
    await ask_exactly(kucha, talk, Kind.WORD)
    await kucha.app.chat_moved(Platform.TELEGRAM, "-100", "-1001")
    await kucha.app.chat_moved(Platform.TELEGRAM, "-100", "-1001")
    moved = Conversation(kucha, chat="-1001", private=False)
    assert "❌" in await moved.say("surely not this")
