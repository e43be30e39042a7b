"""The question of the day in a private chat: when it comes, what it asks, and what follows it."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.wiring import Kucha
from core.bank.truth import Kind
from core.chat.answer import Way
from core.chat.presenters.options import TYPED
from core.chat.request import Platform, Press
from core.delivery.claims import Claims, Outcome
from core.delivery.schedules import DAILY, Address, Schedule
from core.storage.tables import attempts, deliveries, learners, memories, schedules
from tests.chat.conversation import Conversation
from tests.chat.postbox import Postbox
from tests.chat.test_conversations import HOSTILE
from tests.conftest import Clock


async def schedule_of(kucha: Kucha, chat: str = "1") -> Schedule | None:
    return await kucha.room.schedules.find(Address("telegram", chat), DAILY)


async def next_due(kucha: Kucha, chat: str = "1") -> datetime | None:
    known = await schedule_of(kucha, chat)
    assert known is not None
    return known.next_due


async def test_without_words_hours_are_offered_and_a_tap_sets_one(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Во сколько?" in await talk.say("/daily")
    assert [button.label for button in talk.buttons] == ["8:00", "9:00", "13:00", "19:00", "21:00"]
    shown = await talk.press("19:00")
    assert talk.answer is not None
    assert talk.answer.way is Way.EDIT
    assert "Каждый день в 19:00 (Москва)." in shown
    assert "• пт, 20.11.2026, 19:00\n• сб, 21.11.2026, 19:00\n• вс, 22.11.2026, 19:00" in shown
    assert shown == await talk.say("/daily")


@pytest.mark.parametrize(
    ("words", "when", "first"),
    [
        ("9:30 weekdays Berlin", "По будням в 09:30 (Берлин).", "пн, 23.11.2026, 09:30"),
        ("21:00 пн ср пт", "Пн, ср, пт в 21:00 (Москва).", "пт, 20.11.2026, 21:00"),
        ("по выходным в 10 утра, Тбилиси", "По выходным в 10:00 (Тбилиси).", "сб, 21.11.2026, 10:00"),
        ("8:00 UTC+5:30", "Каждый день в 08:00 (UTC+5:30).", "сб, 21.11.2026, 08:00"),
    ],
)
async def test_a_schedule_in_words(kucha: Kucha, words: str, when: str, first: str) -> None:
    shown = await Conversation(kucha, language="ru").say(f"/daily {words}")
    assert when in shown
    assert f"Ближайшие три:\n\n• {first}" in shown


async def test_what_was_left_open_stays_as_it_was(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "At what time?" in await talk.say("/daily weekdays")
    await talk.say("/daily 9:30 weekdays Berlin")
    assert "On weekdays at 09:30 (Tokyo)." in await talk.say("/daily Tokyo")
    assert "Mon, Fri at 09:30 (Tokyo)." in await talk.say("/daily fri, mon")
    assert "Every day at 21:00 (Tokyo)." in await talk.say("/daily 21:00")


@pytest.mark.parametrize("words", ["9:30 blah", "25:00", "level 2", "at noon or midnight", *HOSTILE])
async def test_words_that_mean_nothing_change_nothing(kucha: Kucha, words: str) -> None:
    talk = Conversation(kucha)
    await talk.say("/daily 9:30")
    before = await schedule_of(kucha)
    assert await talk.say(f"/daily {words}")
    after = await schedule_of(kucha)
    assert before is not None
    assert after is not None
    assert after.order.timetable == before.order.timetable


async def test_the_word_that_was_not_understood_is_named(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "Не понял «наверное»" in await talk.say("/daily 9:30 наверное")
    assert await schedule_of(kucha) is None


async def test_a_level_in_private_is_a_setting(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    assert "/settings level 2" in await talk.say("/daily 9:30 уровень 2")
    assert await schedule_of(kucha) is None


@pytest.mark.parametrize("off", ["off", "Off!", "выкл", "хватит"])
async def test_off_and_off_again(kucha: Kucha, off: str) -> None:
    talk = Conversation(kucha)
    await talk.say("/daily 9:30")
    assert "No more daily questions" in await talk.say(f"/daily {off}")
    assert "is off here" in await talk.say(f"/daily {off}")
    assert "When?" in await talk.say("/daily")
    await talk.say("/daily 9:30")
    assert "No more daily questions" in await talk.press("Switch off")


async def test_now_asks_at_once_whatever_the_schedule(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "level 1 · Python 3.14" in await talk.say("/daily now")
    await talk.say("/daily 9:30")
    assert "level 1 · Python 3.14" in await talk.press("Now")


@pytest.mark.parametrize("token", ["daily:", "daily:at", "daily:at:", "daily:at:25:00", "daily:now:at", "daily:x"])
async def test_a_forged_button_is_answered_and_keeps_nothing(kucha: Kucha, token: str) -> None:
    talk = Conversation(kucha)
    assert await talk.send(Press(token))
    assert await schedule_of(kucha) is None


async def test_a_deep_link_leads_to_the_offer_and_later_to_the_schedule(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "When?" in await talk.say("/start daily")
    await talk.press("9:00")
    assert "Every day at 09:00" in await talk.say("/start daily")


async def test_the_daily_arrives_and_its_answer_counts(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha), Postbox(kucha)
    await talk.say("/daily 9:30")
    assert await postbox.arrived() == []
    clock.forward(minutes=30)
    letter = await postbox.one(talk)
    assert letter.document.plain().startswith("🕘 Question of the day\n\n")
    assert letter.poll is None
    assert await postbox.arrived() == []
    await talk.press("")
    clock.forward(days=1)
    assert len(await postbox.arrived()) == 1


async def test_a_typed_question_of_the_day_is_answered_by_the_next_message(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha), Postbox(kucha)
    await talk.say("/daily 9:30")
    clock.forward(minutes=30)
    for _ in range(200):
        letter = await postbox.one(talk)
        sheet = int(letter.document.buttons[0][0].token.split(":")[1])
        learner = await kucha.room.learners.find("telegram", "1")
        assert learner is not None
        asked = await kucha.room.study.open(sheet, learner)
        if asked.question.truth.kind in TYPED:
            break
        if asked.question.truth.kind in (Kind.SINGLE, Kind.TRUTH):
            await talk.send(Press(f"pick:{sheet}:0"))
        clock.forward(days=1)
    verdict = await talk.say("surely nothing of the kind")
    assert "❌" in verdict
    assert "surely nothing of the kind" in verdict


async def test_days_without_us_are_one_letter_that_says_so(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha, language="ru"), Postbox(kucha)
    await talk.say("/daily 13:00")
    clock.forward(days=3, hours=1)
    letter = await postbox.one(talk)
    assert "3 вопроса пропущено" in letter.document.plain()


async def test_a_schedule_follows_its_learners_zone(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    await talk.say("/daily 19:00")
    assert str(await next_due(kucha)) == "2026-11-20 16:00:00+00:00"
    await talk.say("/settings zone Тбилиси")
    assert str(await next_due(kucha)) == "2026-11-20 15:00:00+00:00"
    await talk.say("/settings")
    await talk.press("Часовой пояс")
    await talk.press("Берлин")
    assert str(await next_due(kucha)) == "2026-11-20 18:00:00+00:00"
    await talk.say("/start")
    await talk.press("Пропустить")
    await talk.press("Новосибирск")
    assert str(await next_due(kucha)) == "2026-11-20 12:00:00+00:00"


async def test_a_schedule_keeps_the_zone_it_was_given_while_the_learners_stays(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/daily 19:00 Berlin")
    await talk.say("/settings level 2")
    await talk.say("/settings quiet 23-7")
    known = await schedule_of(kucha)
    assert known is not None
    assert (known.order.timetable.zone, known.order.quiet) == ("Europe/Berlin", "23:00-07:00")


async def test_a_pause_is_known_to_the_schedule(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha), Postbox(kucha)
    await talk.say("/daily 9:30")
    await talk.say("/pause 3d")
    assert "The next three:\n\n• Mon, 2026-11-23, 09:30" in await talk.say("/daily")
    clock.forward(minutes=30)
    assert await postbox.arrived() == []
    clock.forward(days=3)
    assert len(await postbox.arrived()) == 1


async def test_who_cannot_be_reached_gets_it_again_after_asking_for_it(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha), Postbox(kucha, outcome=Outcome.GONE)
    await talk.say("/daily 9:30")
    clock.forward(minutes=30)
    await postbox.arrived()
    assert await next_due(kucha) is None
    assert postbox.told == []
    postbox.outcome = Outcome.SENT
    clock.forward(days=1)
    assert await postbox.arrived() == []
    await talk.say("/daily")
    clock.forward(days=1)
    assert len(await postbox.arrived()) == 1


async def test_a_learner_exports_and_erases_their_schedule(kucha: Kucha, clock: Clock) -> None:
    talk, postbox = Conversation(kucha), Postbox(kucha)
    await talk.say("/daily 9:30")
    clock.forward(minutes=30)
    await postbox.arrived()
    learner = await kucha.room.learners.find("telegram", "1")
    assert learner is not None
    (exported,) = (await kucha.room.learners.everything(learner))["schedules"]
    assert (exported["minute"], exported["last_date"]) == (9 * 60 + 30, date(2026, 11, 20))
    assert "kucha.json" in await talk.say("/export")
    await talk.say("/forget")
    await talk.press("Erase")
    async with kucha.database.read() as connection:
        for table in (schedules, deliveries, attempts, memories, learners):
            assert (await connection.execute(select(table))).all() == [], table.name


async def test_who_is_forgotten_while_their_letter_is_written_gets_none(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha)
    await talk.say("/daily 9:30")
    clock.forward(minutes=30)
    claimed = await Claims(kucha.database, "this one").claim(Platform.TELEGRAM, clock(), 10)
    await talk.say("/forget")
    await talk.press("Erase")
    assert await kucha.rounds._letters.write(claimed) == [Outcome.NOTHING]
