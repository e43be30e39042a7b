"""A game's letters on Telegram, shown to a local Bot API server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.sender import Sender
from bot.platforms.telegram.venue import TelegramVenue
from core.chat.letter import Letter, Poll
from core.delivery.flow import Flow, Limits
from core.delivery.schedules import Address
from core.document import Button, CodeBlock, Document, paragraph
from core.quiz.stage import NotShownError, StageGoneError
from tests.contract.telegram_server import BAD_GATEWAY, TOKEN, Fault, TelegramServer, api_error, flood
from tests.platforms.telegram.recording_tutor import RecordingTutor

GROUP = Address("telegram", "-100300")
TOPIC = Address("telegram", "-100300", "77")
QUESTION = Document((paragraph("Which?"), CodeBlock("x = 1", "python")), ((Button("a", "tap:1:1:0"),),))
POLL = Poll(None, "Which?", ("a", "b", "c"), (1,), code="x = 1", explanation="Because.")


@dataclass
class Clock:
    """Time that passes only by sleeping, for everybody alike, and not while it is held."""

    seconds: float = 1000.0
    passes: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.passes.set()

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    async def sleep(self, seconds: float) -> None:
        await self.passes.wait()
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass
class Playground:
    """A venue before a server, and the tutor who hears of chats."""

    server: TelegramServer
    clock: Clock
    tutor: RecordingTutor
    venue: TelegramVenue


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    clock, tutor = Clock(), RecordingTutor()
    async with TelegramServer() as server:
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
        flow = Flow(Limits(25), clock, clock.sleep)
        connection = Connection(bot, flow=flow, sleep=clock.sleep, clock=clock)
        venue = TelegramVenue(connection, Sender(connection, tutor), clock.now, clock.sleep)
        yield Playground(server, clock, tutor, venue)
        await venue.drain(5)
        await bot.session.close()


async def test_a_question_is_a_quiz_poll_that_closes_by_itself_and_hides_its_votes(playground: Playground) -> None:
    arrived = await playground.venue.show(TOPIC, Letter(QUESTION, POLL), seconds=20)
    (call,) = playground.server.made("sendPoll")
    assert (arrived.message, arrived.poll) == ("5001", "poll-5001")
    assert arrived.at == playground.clock.now()
    assert call.params["message_thread_id"] == 77
    assert call.params["open_period"] == 20
    assert call.params["correct_option_ids"] == [1]
    assert call.params["hide_results_until_closes"] == "true"
    assert call.params["is_anonymous"] == "false"
    assert call.params["description"] == "x = 1"


async def test_a_round_that_is_too_short_for_telegram_is_closed_by_the_bot(playground: Playground) -> None:
    arrived = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=3)
    assert "open_period" not in playground.server.made("sendPoll")[0].params
    playground.clock.seconds += 3
    await playground.venue.close(GROUP, arrived.message or "")
    assert playground.server.closed_polls == {"poll-5001"}


async def test_several_right_answers_may_be_chosen_together(playground: Playground) -> None:
    poll = Poll(None, "Which?", ("a", "b", "c"), (2, 0))
    await playground.venue.show(GROUP, Letter(QUESTION, poll), seconds=20)
    (call,) = playground.server.made("sendPoll")
    assert call.params["correct_option_ids"] == [0, 2]
    assert call.params["allows_multiple_answers"] == "true"


async def test_a_poll_is_closed_early_once_and_left_alone_when_it_has_closed_itself(playground: Playground) -> None:
    first = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
    await playground.venue.close(GROUP, first.message or "")
    await playground.venue.close(GROUP, first.message or "")
    assert len(playground.server.made("stopPoll")) == 2
    second = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
    playground.clock.seconds += 20
    await playground.venue.close(GROUP, second.message or "")
    assert len(playground.server.made("stopPoll")) == 2


async def test_options_that_fit_no_poll_are_buttons(playground: Playground) -> None:
    poll = Poll(None, "Which?", ("a" * 101, "b"), (1,))
    arrived = await playground.venue.show(GROUP, Letter(QUESTION, poll), seconds=20)
    (call,) = playground.server.made("sendMessage")
    assert call.tokens == ["tap:1:1:0"]
    assert (arrived.message, arrived.poll) == ("5001", None)


async def test_a_program_too_long_for_a_poll_comes_before_it(playground: Playground) -> None:
    poll = Poll(None, "Which?", ("a", "b"), (1,), code="x = 1\n" * 200)
    await playground.venue.show(GROUP, Letter(QUESTION, poll, Document((paragraph("Round 1"),))), seconds=20)
    assert [call.method for call in playground.server.calls] == ["sendMessage", "sendPoll"]
    assert playground.server.calls[0].shown.startswith("Round 1\n\nx = 1")


async def test_a_server_that_knows_no_descriptions_gets_the_program_after_the_poll(playground: Playground) -> None:
    playground.server.knows_descriptions = False
    arrived = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
    assert [call.method for call in playground.server.calls] == ["sendPoll", "sendMessage"]
    assert playground.server.calls[1].shown == "x = 1"
    assert arrived.poll == "poll-5001"


async def test_a_program_that_cannot_be_sent_after_its_poll_costs_no_round(playground: Playground) -> None:
    playground.server.knows_descriptions = False
    playground.server.fail("sendMessage", api_error(400, "Bad Request: not enough rights to send text messages"))
    arrived = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
    assert arrived.poll == "poll-5001"
    assert len(playground.server.made("sendPoll")) == 1


async def test_a_poll_that_is_refused_comes_as_buttons(playground: Playground) -> None:
    playground.server.fail("sendPoll", api_error(400, "Bad Request: QUIZ_CORRECT_ANSWERS_INVALID"))
    arrived = await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
    assert (arrived.message, arrived.poll) == ("5001", None)


async def test_a_flood_is_told_to_the_game_and_nothing_is_sent_before_it_is_over(playground: Playground) -> None:
    playground.server.fail("sendPoll", flood(7))
    for _ in range(2):
        with pytest.raises(NotShownError) as refused:
            await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)
        assert refused.value.pause == timedelta(seconds=7)
    assert len(playground.server.made("sendPoll")) == 1
    playground.clock.seconds += 7
    assert (await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)).poll


@pytest.mark.parametrize("fault", [BAD_GATEWAY, api_error(500, "Internal Server Error")])
async def test_a_bad_line_is_tried_once_more_and_then_left_to_the_game(playground: Playground, fault: Fault) -> None:
    playground.server.fail("sendPoll", fault)
    assert (await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)).poll
    playground.server.fail("sendPoll", fault, fault)
    with pytest.raises(NotShownError):
        await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)


@pytest.mark.parametrize(
    ("reason", "known"),
    [("TOPIC_CLOSED", True), ("not enough rights to send polls to the chat", True), ("chat not found", False)],
)
async def test_a_game_ends_where_it_can_no_longer_be_shown(playground: Playground, reason: str, known: bool) -> None:
    playground.server.fail("sendPoll", api_error(400, f"Bad Request: {reason}"))
    with pytest.raises(StageGoneError):
        await playground.venue.show(TOPIC, Letter(QUESTION, POLL), seconds=20)
    assert playground.tutor.reachable == ([] if known else [(GROUP.chat, False)])


async def test_a_bot_that_was_removed_leaves_the_game(playground: Playground) -> None:
    playground.server.blocked.add(int(GROUP.chat))
    with pytest.raises(StageGoneError):
        await playground.venue.show(GROUP, Letter(QUESTION), seconds=20)
    assert playground.tutor.reachable == [(GROUP.chat, False)]


async def test_a_group_that_has_moved_is_followed_by_questions_edits_and_ends(playground: Playground) -> None:
    old = Address("telegram", "-200")
    playground.server.moved[-200] = -100200
    arrived = await playground.venue.show(old, Letter(QUESTION, POLL), seconds=20)
    assert playground.tutor.moves == [("-200", "-100200")]
    lobby = await playground.venue.show(old, Letter(QUESTION))
    await playground.venue.mend(old, lobby.message or "", Document((paragraph("Two play"),)))
    await playground.venue.close(old, arrived.message or "")
    (edit,) = await playground.server.wait_for("editMessageText")
    assert edit.params["chat_id"] == -100200
    assert playground.server.closed_polls == {arrived.poll}
    assert len(playground.server.made("sendPoll")) == 2


async def test_of_many_edits_of_a_message_the_last_is_made(playground: Playground) -> None:
    lobby = await playground.venue.show(GROUP, Letter(QUESTION))
    for number in range(50):
        await playground.venue.mend(GROUP, lobby.message or "", Document((paragraph(f"{number} play"),)))
    await playground.venue.drain(5)
    shown = [call.shown for call in playground.server.made("editMessageText")]
    assert shown[-1] == "49 play"
    assert len(shown) <= 2


async def test_edits_stay_within_twenty_messages_a_minute_and_never_hold_up_a_question(playground: Playground) -> None:
    lobby = await playground.venue.show(GROUP, Letter(QUESTION))
    begun = playground.clock.seconds
    for number in range(30):
        await playground.venue.mend(GROUP, lobby.message or "", Document((paragraph(f"{number} play"),)))
        await playground.venue.drain(5)
    assert playground.clock.seconds - begun >= 29 * 3
    playground.clock.seconds += 1
    playground.clock.passes.clear()
    await playground.venue.mend(GROUP, lobby.message or "", Document((paragraph("Go"),)))
    assert (await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)).poll
    assert playground.server.calls[-1].method == "sendPoll"
    playground.clock.passes.set()


async def test_an_edit_waits_as_long_as_it_is_told_and_gives_way_to_a_newer_one(playground: Playground) -> None:
    lobby = await playground.venue.show(GROUP, Letter(QUESTION))
    playground.server.fail("editMessageText", flood(30))
    begun = playground.clock.seconds
    await playground.venue.mend(GROUP, lobby.message or "", Document((paragraph("One plays"),)))
    await playground.server.wait_until(lambda: bool(playground.server.made("editMessageText")))
    await playground.venue.mend(GROUP, lobby.message or "", Document((paragraph("Two play"),)))
    await playground.venue.drain(5)
    assert playground.clock.seconds - begun >= 30
    assert playground.server.made("editMessageText")[-1].shown == "Two play"
    assert len(playground.server.made("editMessageText")) == 2


@pytest.mark.parametrize("fault", [BAD_GATEWAY, api_error(400, "Bad Request: message to edit not found")])
async def test_an_edit_that_fails_breaks_nothing(playground: Playground, fault: Fault) -> None:
    lobby = await playground.venue.show(GROUP, Letter(QUESTION))
    playground.server.fail("editMessageText", fault)
    await playground.venue.mend(GROUP, lobby.message or "", QUESTION)
    await playground.venue.drain(5)
    assert len(playground.server.made("sendMessage")) == 1
    assert (await playground.venue.show(GROUP, Letter(QUESTION, POLL), seconds=20)).poll


async def test_games_go_ahead_of_broadcasts() -> None:
    clock = Clock()
    flow = Flow(Limits(1), clock, clock.sleep)
    turns: list[str] = []

    async def broadcast(chat: int) -> None:
        await flow.turn(chat, group=False)
        turns.append("broadcast")

    async def game() -> None:
        await flow.ahead(-1, group=True)
        turns.append("game")

    broadcasts = [asyncio.create_task(broadcast(chat)) for chat in range(20)]
    await asyncio.sleep(0)
    await game()
    await asyncio.gather(*broadcasts)
    assert turns.index("game") <= 2
