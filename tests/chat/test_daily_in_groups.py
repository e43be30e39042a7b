"""The question of the day in a group: who may set it, how all answer it, and what is said of it the next day."""

import pytest
from sqlalchemy import func, select

from bot.wiring import Kucha
from core.chat.letter import Letter
from core.chat.request import Press
from core.delivery.claims import Outcome
from core.storage.tables import attempts, memories, replies
from tests.chat.conversation import Conversation
from tests.chat.postbox import Postbox
from tests.conftest import Clock

GROUP = "-100"


def member(kucha: Kucha, person: str = "1", manages: bool = False, language: str = "en") -> Conversation:
    return Conversation(kucha, language, person, GROUP, private=False, manages=manages)


async def posted(kucha: Kucha, clock: Clock, talk: Conversation, words: str = "9:30") -> Letter:
    """A group's question of today, before everybody."""
    await talk.say(f"/daily {words}")
    clock.forward(minutes=30)
    return await Postbox(kucha).one(talk)


def places(letter: Letter) -> tuple[int, int]:
    """The place of the right option, and of a wrong one."""
    assert letter.poll is not None
    (right,) = letter.poll.right
    return right, next(place for place in range(len(letter.poll.options)) if place != right)


async def counted(kucha: Kucha) -> tuple[int, int, int]:
    """Replies, attempts and memories there are."""
    async with kucha.database.read() as connection:
        found = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (replies, attempts, memories)
        ]
    return found[0], found[1], found[2]


async def test_only_who_manages_the_group_decides(kucha: Kucha) -> None:
    somebody, admin = member(kucha, "1"), member(kucha, "2", manages=True)
    assert "When?" in await somebody.say("/daily")
    assert "administrators" in await somebody.press("9:00")
    assert "administrators" in await somebody.say("/daily 9:30")
    assert "When?" in await somebody.say("/daily")
    assert "Every day at 09:30 (UTC).\n\nLevel 1, Python 3.14." in await admin.say("/daily 9:30")
    assert "administrators" in await somebody.say("/daily off")
    assert "administrators" in await somebody.say("/daily now")
    assert "Every day at 09:30" in await somebody.say("/daily")
    assert "administrators" in await somebody.press("Switch off")
    assert "Every day at 09:30" in await somebody.say("/daily")


async def test_a_group_has_a_level_of_its_own(kucha: Kucha) -> None:
    admin = member(kucha, manages=True, language="ru")
    assert "Уровень 2, Python 3.14." in await admin.say("/daily 9:30 по будням, уровень 2")
    assert "По будням в 09:30 (Москва).\n\nУровень 3" in await admin.say("/daily level 3")
    assert "Уровень 3" in await admin.say("/daily 10:00")


async def test_now_hastens_todays_question_once(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True), Postbox(kucha)
    assert "is off here" in await admin.say("/daily now")
    await admin.say("/daily 21:00")
    assert "Here it comes" in await admin.say("/daily now")
    assert len(await postbox.arrived(GROUP)) == 1
    assert "was here already" in await admin.say("/daily now")
    clock.forward(hours=12)
    assert await postbox.arrived(GROUP) == []
    clock.forward(days=1)
    assert len(await postbox.arrived(GROUP)) == 1


async def test_now_is_now_even_in_quiet_hours_and_long_after_todays_hour(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True), Postbox(kucha)
    await admin.say("/daily 8:00 weekdays")
    clock.forward(hours=14, minutes=30)
    assert "Here it comes" in await admin.say("/daily now")
    assert len(await postbox.arrived(GROUP)) == 1


async def test_each_member_answers_once_and_hears_the_verdict_alone(kucha: Kucha, clock: Clock) -> None:
    admin = member(kucha, manages=True)
    letter = await posted(kucha, clock, admin)
    right, wrong = places(letter)
    anna, boris = member(kucha, "2"), member(kucha, "3", language="ru")
    for talk, place, sign in ((anna, right, "✅"), (boris, wrong, "❌")):
        token = [button.token for row in letter.document.buttons for button in row][place]
        assert sign in await talk.send(Press(token))
        assert talk.answer is not None
        assert talk.answer.personal
    assert await counted(kucha) == (2, 2, 2)
    assert "counts already" in await anna.send(Press(f"vote:{posting(letter)}:{wrong}"))
    assert anna.answer is not None
    assert not anna.answer.document.blocks
    assert await counted(kucha) == (2, 2, 2)
    for person, expected in (("2", 1), ("3", 0)):
        learner = await kucha.room.learners.find("telegram", person)
        assert learner is not None
        progress = await kucha.room.study.progress(learner)
        assert (progress.today, progress.today_right) == (1, expected)


def posting(letter: Letter) -> int:
    assert letter.poll is not None
    assert letter.poll.posting is not None
    return letter.poll.posting


@pytest.mark.parametrize(
    "rest", ["", "{id}", "{id}:", "{id}:99", "{id}:-1", "{id}:x", "9{id}:0", "x:0", "9" * 40 + ":0"]
)
async def test_a_forged_vote_is_refused_and_counts_nothing(kucha: Kucha, clock: Clock, rest: str) -> None:
    admin = member(kucha, manages=True)
    letter = await posted(kucha, clock, admin)
    assert "is gone" in await member(kucha, "2").send(Press(f"vote:{rest.format(id=posting(letter))}"))
    assert await counted(kucha) == (0, 0, 0)


async def test_a_vote_from_another_chat_counts_nothing(kucha: Kucha, clock: Clock) -> None:
    letter = await posted(kucha, clock, member(kucha, manages=True))
    elsewhere = Conversation(kucha, person="2", chat="-200", private=False)
    assert "is gone" in await elsewhere.send(Press(f"vote:{posting(letter)}:0"))
    assert await counted(kucha) == (0, 0, 0)


async def test_the_next_day_begins_with_how_many_knew_it(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True, language="ru"), Postbox(kucha)
    letter = await posted(kucha, clock, admin, "12:30 уровень 2")
    while letter.poll and len(letter.poll.options) == 2:
        clock.forward(days=1)
        letter = await postbox.one(admin)
    right, wrong = places(letter)
    for person, place in (("2", right), ("3", wrong), ("4", wrong)):
        await member(kucha, person).send(Press(f"vote:{posting(letter)}:{place}"))
    assert letter.poll is not None
    clock.forward(days=1)
    (second,) = await postbox.arrived(GROUP)
    opening = second.opening.plain()
    assert f"На прошлый вопрос верно ответили 1 из 3. Правильный ответ: {letter.poll.options[right]}." in opening
    assert "Частое заблуждение: «" in opening or "Из неверного чаще всего выбирали «" in opening
    assert second.document.plain().startswith(opening)
    assert second.poll is not None
    assert second.poll.question != letter.poll.question
    clock.forward(days=1)
    (third,) = await postbox.arrived(GROUP)
    assert third.opening.blocks == ()


async def test_a_group_hears_what_it_missed_before_its_poll_too(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True, language="ru"), Postbox(kucha)
    await admin.say("/daily 13:00")
    clock.forward(days=2, hours=1)
    letter = await postbox.one(admin)
    assert letter.opening.plain() == "2 вопроса пропущено: я был недоступен."
    assert letter.document.plain().startswith("🕘 Вопрос дня\n2 вопроса пропущено")


async def test_who_set_it_is_told_when_the_right_to_write_is_gone(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True), Postbox(kucha, outcome=Outcome.FORBIDDEN)
    await admin.say("/daily 9:30")
    clock.forward(minutes=30)
    await postbox.arrived(GROUP)
    clock.forward(days=1)
    await postbox.arrived(GROUP)
    assert [person for person, _ in postbox.told] == ["1"]
    postbox.outcome = Outcome.SENT
    await member(kucha, "2").say("/daily")
    clock.forward(days=1)
    assert await postbox.arrived(GROUP) == []
    await admin.say("/daily")
    clock.forward(days=1)
    assert len(await postbox.arrived(GROUP)) == 1


async def test_the_schedule_of_a_group_outlives_who_set_it(kucha: Kucha, clock: Clock) -> None:
    admin, postbox = member(kucha, manages=True), Postbox(kucha)
    await admin.say("/daily 9:30")
    await admin.say("/forget")
    await admin.press("Erase")
    clock.forward(minutes=30)
    assert len(await postbox.arrived(GROUP)) == 1
