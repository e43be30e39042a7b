"""A mock interview in a conversation: started, answered, interrupted, passed, failed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.wiring import Kucha
from core.bank.markdown import spans
from core.bank.truth import Kind
from core.bank.wording import Language
from core.chat.answer import Way
from core.chat.awaiting import Awaited, Expectation
from core.chat.request import Command, Person, Place, Platform, Press, Request
from core.document import TOKEN_BYTES, Attachment, Details, plain_spans
from core.storage.tables import attempts, exam_questions, exams, memories, sheets
from core.study.exam import DURATION, QUESTIONS, Result, points
from core.study.examining import Put
from core.study.learner import Learner
from tests.chat.conversation import Conversation
from tests.conftest import Clock

Reopen = Callable[[], AbstractAsyncContextManager[Kucha]]


class Interview(Conversation):
    """A learner in an interview, who answers as a test wants."""

    async def learner(self) -> Learner:
        """Who they are to the tutor."""
        found = await self.kucha.room.learners.find("telegram", self.person)
        assert found is not None
        return found

    async def put(self) -> Put:
        """The question that waits."""
        stage = await self.kucha.room.examining.running(await self.learner())
        assert isinstance(stage, Put)
        return stage

    async def begin(self, level: int = 1) -> None:
        """Ask for an interview and start it."""
        await self.say(f"/exam {level}")
        await self.press("Start" if self.language == "en" else "Начать")

    async def reply(self, right: bool = True) -> str:
        """Answer the question that waits."""
        put = await self.put()
        truth, python = put.question.truth, put.asked.python
        start = f"exam:{put.exam.id}:{put.paper.item.place}"
        if truth.kind in (Kind.NUMBER, Kind.WORD):
            return await self.say(str(truth.answer(python)) if right else "surely not this")
        if truth.kind is Kind.RECALL:
            await self.send(Press(f"{start}:show"))
            for place in range(len(points(put.question, Language(self.language))) if right else 0):
                await self.send(Press(f"{start}:{place}"))
            return await self.send(Press(f"{start}:done"))
        shown, keys = put.paper.item.shown, put.question.right_keys(python)
        if not right:
            keys = next((key,) for key in shown if (key,) != keys)
        for key in keys:
            await self.send(Press(f"{start}:{shown.index(key)}"))
        if truth.kind is Kind.MULTIPLE or (truth.kind is Kind.ORDER and not right):
            await self.send(Press(f"{start}:done"))
        return self.text

    async def to(self, *kinds: Kind) -> Put:
        """Answer until a question of such a kind waits."""
        while (put := await self.put()).question.truth.kind not in kinds:
            await self.reply()
        return put

    async def count(self, table: str) -> int:
        """The rows of a table."""
        tables = {each.name: each for each in (attempts, exam_questions, exams, memories, sheets)}
        async with self.kucha.database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(tables[table]))).scalar_one())


async def test_an_intro_says_what_comes_and_starts_no_clock(kucha: Kucha) -> None:
    talk = Interview(kucha)
    said = await talk.say("/exam")
    assert "level 1 · Python 3.14" in said
    assert "12 questions, 20 minutes. You pass with 70%." in said
    assert [button.label for button in talk.buttons] == ["Start"]
    assert await talk.count("exams") == 0


async def test_at_the_start_everything_is_kept_before_it_is_shown(kucha: Kucha, clock: Clock) -> None:
    talk = Interview(kucha)
    await talk.begin(2)
    assert talk.text.startswith("1/12 · 20:00 left")
    assert talk.answer is not None
    assert talk.answer.way is Way.EDIT
    put = await talk.put()
    assert (put.exam.level, put.exam.deadline - clock()) == (2, DURATION)
    assert await talk.count("exam_questions") == QUESTIONS


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_who_knows_everything_passes_and_moves_up(kucha: Kucha, clock: Clock, language: str) -> None:
    talk = Interview(kucha, language=language)
    await talk.begin()
    for _ in range(QUESTIONS):
        clock.forward(seconds=30)
        assert "✅" not in talk.text
        await talk.reply()
    passed, level, time = {
        "en": ("Passed: 100%", "Level 1 passed, you are on level 2.", "6:00 of 20:00"),
        "ru": ("Сдано: 100 %", "Уровень 1 сдан, ты на уровне 2.", "6:00 из 20:00"),
    }[language]
    assert f"✅ {passed}" in talk.text
    assert level in talk.text
    assert time in talk.text
    assert (await talk.learner()).level == 2
    assert not any(isinstance(block, Details) for block in talk.document.blocks)


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_who_knows_nothing_gets_a_plan(kucha: Kucha, language: str) -> None:
    talk = Interview(kucha, language=language)
    await talk.begin()
    for _ in range(QUESTIONS):
        await talk.reply(right=False)
    assert ("Not yet: 0%, you need 70%" if language == "en" else "Пока не сдано: 0 %, нужно 70 %") in talk.text
    assert (await talk.learner()).level == 1
    missed = next(block for block in talk.document.blocks if isinstance(block, Details))
    assert str(QUESTIONS) in missed.title
    tokens = [button.token for button in talk.buttons]
    assert len(tokens) == 6
    for card, more in zip(tokens[::2], tokens[1::2], strict=True):
        slug = card.removeprefix("card:")
        assert more == f"ask:topic:{slug}"
        name = kucha.room.bank.competencies[slug].name(Language(language))
        assert name in await talk.send(Press(card))
        assert name in await talk.send(Press(more))


async def test_the_highest_level_congratulates(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.say("/settings level 3")
    await talk.begin(3)
    for _ in range(QUESTIONS):
        await talk.reply()
    assert "there is no higher one. Congratulations" in talk.text
    assert (await talk.learner()).level == 3


async def test_every_answer_is_remembered_for_later(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    missed = (await talk.put()).question
    await talk.reply(right=False)
    for _ in range(QUESTIONS - 1):
        await talk.reply()
    assert await talk.count("attempts") == await talk.count("sheets") == QUESTIONS
    progress = await kucha.room.study.progress(await talk.learner())
    assert (progress.today, progress.today_right) == (QUESTIONS, QUESTIONS - 1)
    kept = await kucha.room.study._store.memories((await talk.learner()).id)
    assert [memory.question for memory in kept.values() if not memory.right] == [
        kucha.room.study._shelf.item(missed.id)
    ]


async def test_after_the_deadline_the_next_tap_shows_the_result(kucha: Kucha, clock: Clock) -> None:
    talk = Interview(kucha)
    await talk.begin()
    for _ in range(3):
        await talk.reply()
    put = await talk.to(Kind.SINGLE, Kind.TRUTH, Kind.MULTIPLE)
    answered = put.paper.number - 1
    clock.forward(minutes=20)
    said = await talk.send(Press(f"exam:{put.exam.id}:{put.paper.item.place}:0"))
    assert f"Not yet: {100 * answered // QUESTIONS}%" in said
    assert f"{QUESTIONS - answered} questions were left unanswered" in said
    assert "20:00 of 20:00" in said
    assert await talk.count("attempts") == answered


async def test_a_typed_answer_comes_too_late_as_well(kucha: Kucha, clock: Clock) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.NUMBER, Kind.WORD)
    clock.forward(minutes=30)
    said = await talk.say(str(put.question.truth.answer(put.asked.python)))
    assert "20:00 of 20:00" in said
    assert await talk.count("attempts") == put.paper.number - 1


async def test_a_restart_loses_nothing(kucha: Kucha, clock: Clock, reopen: Reopen) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.reply()
    put = await talk.to(Kind.MULTIPLE, Kind.ORDER)
    tapped = talk.buttons[0]
    await talk.send(Press(tapped.token))
    clock.forward(minutes=5)
    async with reopen() as later:
        after = Interview(later)
        said = await after.say("/exam 3")
        assert f"level 1, question {put.paper.number} of 12, 15:00 left" in said
        assert [button.label for button in after.buttons] == ["Continue", "Give up"]
        await after.press("Continue")
        again = await after.put()
        assert again.question.id == put.question.id
        assert again.paper.item.shown == put.paper.item.shown
        assert again.paper.item.picked == (put.paper.item.shown[int(tapped.token.rpartition(":")[2])],)
        await after.send(Press(f"exam:{put.exam.id}:{put.paper.item.place}:done"))
        assert (await after.put()).paper.number == put.paper.number + 1
        for _ in range(QUESTIONS - put.paper.number):
            await after.reply()
        assert "5:00 of 20:00" in after.text
        assert await after.count("attempts") == QUESTIONS


async def test_an_answer_is_still_awaited_after_a_restart(kucha: Kucha, reopen: Reopen) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.NUMBER, Kind.WORD)
    async with reopen() as later:
        after = Interview(later)
        await after.reply()
        assert (await after.put()).paper.number == put.paper.number + 1


async def test_a_deadline_that_passed_during_a_stop_shows_its_result_and_makes_room(
    kucha: Kucha, clock: Clock, reopen: Reopen
) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.reply()
    clock.forward(hours=3)
    async with reopen() as later:
        after = Interview(later)
        said = await after.say("/exam")
        assert "20:00 of 20:00" in said
        assert "11 questions were left unanswered" in said
        await after.begin()
        assert after.text.startswith("1/12 · 20:00 left")
        assert await after.count("exams") == 2


async def test_two_taps_at_once_count_once(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.SINGLE, Kind.TRUTH)
    token = f"exam:{put.exam.id}:{put.paper.item.place}:0"
    request = Request(Person(Platform.TELEGRAM, "1", "en"), Place("1"), Press(token), message="1")
    answers = await asyncio.gather(*(kucha.app.handle(request) for _ in range(2)))
    notices = [answer.notice for answer in answers if answer and not answer.document.blocks]
    assert notices == ["Your answer to this question is in already."]
    assert await talk.count("attempts") == put.paper.number
    assert "is in already" in await talk.send(Press(token))
    assert (await talk.put()).paper.number == put.paper.number + 1


async def test_two_starts_at_once_make_one_exam(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.say("/exam")
    person = Person(Platform.TELEGRAM, "1", "en")
    starts = [Request(person, Place("1"), Press("exam:start:1"), message="1") for _ in range(3)]
    answers = await asyncio.gather(*(kucha.app.handle(start) for start in starts))
    assert len({answer.document.plain() for answer in answers if answer}) == 1
    assert (await talk.count("exams"), await talk.count("exam_questions")) == (1, QUESTIONS)


async def test_two_ticks_at_once_are_both_kept(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.MULTIPLE, Kind.ORDER)
    start = f"exam:{put.exam.id}:{put.paper.item.place}"
    person = Person(Platform.TELEGRAM, "1", "en")
    taps = [Request(person, Place("1"), Press(f"{start}:{place}"), message="1") for place in range(2)]
    await asyncio.gather(*(kucha.app.handle(tap) for tap in taps))
    assert set((await talk.put()).paper.item.picked) == set(put.paper.item.shown[:2])


async def test_an_item_of_an_order_is_not_taken_back_by_a_second_tap(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin(2)
    put = await talk.to(Kind.ORDER)
    for _ in range(2):
        await talk.send(Press(f"exam:{put.exam.id}:{put.paper.item.place}:0"))
    assert (await talk.put()).paper.item.picked == put.paper.item.shown[:1]


async def test_a_told_answer_is_credited_by_its_checklist(kucha: Kucha) -> None:
    talk = Interview(kucha, language="ru")
    await talk.begin(3)
    put = await talk.to(Kind.RECALL)
    checklist = points(put.question, Language.RU)
    assert [button.label for button in talk.buttons] == ["Показать пункты"]
    await talk.press("Показать")
    assert talk.text.count("☐") == len(checklist)
    await talk.press("1")
    assert talk.text.count("☑") == 1
    await talk.press("☑ 1")
    assert "☑" not in talk.text
    await talk.press("1")
    await talk.press("Готово")
    async with kucha.database.read() as connection:
        kept = select(exam_questions.c.credit).where(exam_questions.c.place == put.paper.item.place)
        assert (await connection.execute(kept)).scalar_one() == pytest.approx(1 / len(checklist))


async def test_a_told_answer_may_be_written_and_then_shows_its_checklist(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin(2)
    put = await talk.to(Kind.RECALL)
    said = await talk.say("Objects are freed when nobody refers to them any more.")
    assert said.count("☐") == len(points(put.question, Language.EN))
    assert talk.answer is not None
    assert talk.answer.way is Way.NEW


async def test_what_was_left_out_is_named_in_the_result(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin(2)
    put = await talk.to(Kind.RECALL)
    await talk.press("Show the checklist")
    await talk.press("1")
    await talk.press("Done")
    while isinstance(stage := await kucha.room.examining.running(await talk.learner()), Put):
        assert stage.paper.number <= QUESTIONS
        await talk.reply()
    assert "Left out:" in talk.text
    assert plain_spans(spans(put.question.texts[Language.EN].prompt)) in talk.text


async def test_a_dialogs_text_answers_as_a_message_does(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.NUMBER, Kind.WORD)
    await talk.press("Answer", typed=" ")
    assert "Send me your answer" in talk.text
    await talk.send(
        Press(f"exam:{put.exam.id}:{put.paper.item.place}:type", str(put.question.truth.answer(put.asked.python)))
    )
    assert talk.text.startswith(f"{put.paper.number + 1}/12")
    async with kucha.database.read() as connection:
        kept = select(exam_questions.c.credit).where(exam_questions.c.place == put.paper.item.place)
        assert (await connection.execute(kept)).scalar_one() == 1


async def test_words_after_the_answer_are_looked_up_again(kucha: Kucha, clock: Clock) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.reply()
    for subject in ("1:0", "1:99", "99:0", "nonsense"):
        expected = Expectation(Awaited.EXAM, subject)
        await kucha.room.awaiting.expect((await talk.learner()).id, "telegram", "1", expected, clock())
        assert "__slots__ · level 2" in await talk.say("slots")
    await talk.to(Kind.NUMBER, Kind.WORD)
    await talk.say("/exam")
    await talk.press("Give up")
    assert "__slots__ · level 2" in await talk.say("slots")


async def test_a_crash_in_the_middle_of_an_answer_loses_and_doubles_nothing(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.SINGLE, Kind.TRUTH)
    counted = await talk.count("attempts")
    async with failing(kucha, "INSERT ON memories"):
        assert "Something broke" in await talk.reply()
    assert (await talk.put()).paper == put.paper
    assert await talk.count("attempts") == await talk.count("sheets") == counted
    await talk.reply()
    assert (await talk.put()).paper.number == put.paper.number + 1
    assert await talk.count("attempts") == counted + 1


async def test_a_crash_at_the_end_keeps_the_level_for_the_next_look(kucha: Kucha, reopen: Reopen) -> None:
    talk = Interview(kucha)
    await talk.begin()
    for _ in range(QUESTIONS - 1):
        await talk.reply()
    async with failing(kucha, "UPDATE ON learners"):
        assert "Something broke" in await talk.reply()
    assert (await talk.learner()).level == 1
    async with reopen() as later:
        after = Interview(later)
        assert "Level 1 passed, you are on level 2." in await after.say("/exam")
        assert (await after.learner()).level == 2
        assert await after.count("attempts") == QUESTIONS


@asynccontextmanager
async def failing(kucha: Kucha, change: str) -> AsyncIterator[None]:
    """The database refuses a kind of change, as if the process ended there."""
    async with kucha.database.write() as connection:
        raised = "BEGIN SELECT RAISE(ABORT, 'crash'); END"
        await connection.execute(text(f"CREATE TRIGGER crash BEFORE {change} {raised}"))
    yield
    async with kucha.database.write() as connection:
        await connection.execute(text("DROP TRIGGER crash"))


async def test_giving_up_ends_it_and_spoils_nothing(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.SINGLE, Kind.TRUTH)
    await talk.reply(right=False)
    await talk.say("/exam")
    said = await talk.press("Give up")
    left = QUESTIONS - put.paper.number
    assert f"{left} questions were left unanswered" in said
    assert "What went wrong: 1" in said
    assert "What comes" not in said
    assert "12 questions, 20 minutes" in await talk.say("/exam")


async def test_a_tap_on_an_ended_exam_shows_its_result_again(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    for _ in range(QUESTIONS):
        await talk.reply()
    said = talk.text
    assert await talk.send(Press("exam:1:11:0")) == said
    assert await talk.send(Press("exam:stop:1")) == said
    assert (await talk.learner()).level == 2
    assert await talk.count("attempts") == QUESTIONS


async def test_an_exam_belongs_to_whoever_took_it(kucha: Kucha) -> None:
    talk, other = Interview(kucha), Interview(kucha, person="2")
    await talk.begin()
    await other.say("/help")
    for token in ("exam:1:0:0", "exam:continue:1", "exam:stop:1", "exam:1:0:done"):
        assert "somebody else’s interview" in await other.send(Press(token))
    assert (await talk.put()).paper.number == 1


async def test_in_a_group_the_answer_is_for_one_person(kucha: Kucha) -> None:
    talk = Interview(kucha, private=False, chat="-100")
    await talk.begin()
    await talk.reply()
    await talk.say("/exam")
    await talk.press("Continue")
    await talk.say("/exam 9")
    assert all(answer and answer.personal for answer in talk.heard)


@pytest.mark.parametrize("level", ["0", "4", "two", "1 2", "💥"])
async def test_an_unknown_level_is_explained(kucha: Kucha, level: str) -> None:
    assert "Levels are 1, 2 and 3" in await Interview(kucha).say(f"/exam {level}")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":",
        "1",
        "1:0",
        "1:0:",
        "1:0:99",
        "1:0:x",
        "1:99:0",
        "1:x:0",
        "9:0:0",
        "start",
        "start:4",
        "stop:x",
        "continue",
    ],
)
async def test_a_forged_button_harms_nothing(kucha: Kucha, token: str) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.send(Press(f"exam:{token}"))
    assert "Something broke" not in talk.text
    assert talk.answer is not None
    assert talk.answer.notice
    assert (await talk.put()).paper.number == 1


async def test_the_next_exam_asks_something_else(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin(3)
    for _ in range(QUESTIONS):
        await talk.reply(right=False)
    await talk.begin(3)
    async with kucha.database.read() as connection:
        ids = list((await connection.execute(select(exam_questions.c.question))).scalars())
    assert len(set(ids)) == len(ids) == 2 * QUESTIONS


async def test_buttons_stay_within_the_tightest_limit_for_years(kucha: Kucha) -> None:
    longest = f"exam:{10**18 - 1}:{QUESTIONS - 1}:type"
    assert len(longest.encode()) <= TOKEN_BYTES


async def test_a_question_that_left_the_bank_neither_helps_nor_harms(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    async with kucha.database.write() as connection:
        await connection.execute(
            exam_questions.update().where(exam_questions.c.place == 0).values(question="no-such-question")
        )
    await talk.say("/exam")
    await talk.press("Continue")
    assert talk.text.startswith("1/11")
    for _ in range(QUESTIONS - 1):
        await talk.reply()
    assert "Passed: 100%" in talk.text


async def test_everything_about_exams_is_exported(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.reply()
    await talk.say("/export")
    file = next(block for block in talk.document.blocks if isinstance(block, Attachment))
    exported = json.loads(file.content)
    assert [exam["level"] for exam in exported["exams"]] == [1]
    assert [each["credit"] for each in exported["exam_questions"]] == [1.0] + [None] * (QUESTIONS - 1)


async def test_everything_about_exams_is_forgotten(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    await talk.reply()
    await talk.say("/forget")
    await talk.press("Erase")
    assert await talk.count("exams") == await talk.count("exam_questions") == 0


async def test_a_harder_exam_moves_up_one_level_only(kucha: Kucha, clock: Clock) -> None:
    talk = Interview(kucha)
    await talk.begin(3)
    for _ in range(QUESTIONS):
        await talk.reply()
    assert "Level 3 passed, you are on level 2." in talk.text
    stage = await kucha.room.examining.look(await talk.learner(), 1)
    assert isinstance(stage, Result)
    assert stage.exam.ended_at is not None
    assert stage.exam.ended_at - stage.exam.started_at == timedelta(0)


async def test_another_command_in_between_does_not_disturb(kucha: Kucha) -> None:
    talk = Interview(kucha)
    await talk.begin()
    put = await talk.to(Kind.NUMBER, Kind.WORD)
    await talk.send(Command("explain", "slots"))
    await talk.reply()
    assert (await talk.put()).paper.number == put.paper.number + 1
