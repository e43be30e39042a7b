"""Whole games in a group on Telegram, whatever the server answers and however often the bot dies."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.quiz.model import Phase
from core.storage.quiz_tables import answers
from tests.contract.game_clock import GameClock
from tests.contract.telegram.party import GUEST, HOST, THIRD, Party, party, person, right, wrong
from tests.contract.telegram_server import BAD_GATEWAY, RESET, Call, Fault, TelegramServer, api_error, flood
from tests.platforms.telegram.updates import FORUM, membership

CROWD = 150
"""People who come at once."""
TOPIC = {"message_thread_id": 77, "is_topic_message": True}


@pytest.fixture
def clock() -> GameClock:
    return GameClock()


@pytest.fixture
async def group(server: TelegramServer, tmp_path: Path, clock: GameClock) -> AsyncIterator[Party]:
    async with party(server, tmp_path, clock) as opened:
        yield opened


async def counted(group: Party) -> int:
    """How many answers are on record."""
    async with group.kucha.database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(answers))).scalar_one())


async def answered(group: Party, people: int) -> None:
    """Wait until so many answers are on record."""
    while await counted(group) < people:
        await group.kucha.room.quizzes.round(1, 1)


async def test_a_game_from_the_lobby_to_the_podium(group: Party) -> None:
    lobby = await group.open("level 1, 3 rounds by 20 seconds")
    assert "Hanna" in lobby.shown
    assert await group.tap("quiz:join:1", lobby, GUEST)
    await group.server.wait_until(lambda: any("Gus" in call.shown for call in group.server.made("editMessageText")))
    await group.tap("quiz:start:1", lobby, HOST)
    for number in (1, 2, 3):
        asked = await group.round(number)
        group.clock.forward(3)
        if asked.method == "sendPoll":
            assert asked.params["open_period"] == 20
            await group.vote(asked, right(asked), HOST)
            await group.vote(asked, wrong(asked), GUEST)
        group.clock.forward(20)
        await group.next_round()
    ended = await group.until(lambda game: game.ended_at is not None)
    assert ended.interrupted is None
    podium = await group.letter(lambda call: "quiz:rematch:1" in call.tokens)
    assert "Hanna" in str(podium.params)


async def test_a_round_ends_when_everybody_has_answered_and_only_the_first_answer_counts(group: Party) -> None:
    poll = await group.begin(GUEST)
    await group.vote(poll, right(poll), HOST)
    await group.vote(poll, wrong(poll), HOST)
    await group.vote(poll, wrong(poll), GUEST)
    await group.until(lambda game: game.phase is Phase.REVEAL)
    assert await group.scores() == {"Hanna": 1, "Gus": 0}
    await group.server.wait_until(lambda: bool(group.server.closed_polls))


async def test_who_is_not_in_the_game_changes_nothing_by_voting_in_a_forwarded_poll(group: Party) -> None:
    poll = await group.begin(GUEST)
    await group.vote(poll, right(poll), THIRD)
    await group.vote(poll, right(poll), HOST)
    await group.vote(poll, right(poll), GUEST)
    await group.until(lambda game: game.phase is Phase.REVEAL)
    assert await group.scores() == {"Hanna": 1, "Gus": 1}


async def test_an_answer_after_the_end_is_late(group: Party) -> None:
    poll = await group.begin(GUEST)
    await group.vote(poll, right(poll), HOST)
    await answered(group, 1)
    group.clock.forward(25)
    await group.until(lambda game: game.phase is Phase.REVEAL)
    await group.vote(poll, right(poll), GUEST)
    await group.next_round()
    await group.round(await current(group) + 1)
    assert await group.scores() == {"Hanna": 1, "Gus": 0}


async def current(group: Party) -> int:
    return (await group.kucha.room.quizzes.game(1)).round


async def one_of_options(group: Party) -> Call:
    """A game whose answers may be changed, at the first question with a button for each answer."""
    lobby = await group.open("level 1, 5 rounds by 20 seconds, changing")
    await group.tap("quiz:join:1", lobby, GUEST)
    await group.tap("quiz:start:1", lobby, HOST)
    number = 1
    while not (asked := await group.round(number)).tokens[0].endswith(("p0", "l0")):
        await group.say("/quiz@kucha_bot skip")
        await group.next_round()
        number += 1
    return asked


async def test_a_tap_that_is_replayed_counts_once(group: Party) -> None:
    asked = await one_of_options(group)
    for _ in range(3):
        assert await group.tap(asked.tokens[0], asked, GUEST)
    assert await counted(group) == 1


@pytest.mark.parametrize(
    "token", ["tap:1:9:p0", "tap:77:1:p0", "tap:1:1:p7", "tap:1:1:", "tap:x:y:z", "quiz:stop:1", "quiz:nonsense:1"]
)
async def test_a_forged_token_is_answered_and_changes_nothing(group: Party, token: str) -> None:
    poll = await group.begin(GUEST)
    assert await group.tap(token, poll, GUEST)
    assert (await group.kucha.room.quizzes.game(1)).phase is Phase.OPEN
    assert await counted(group) == 0


async def test_a_button_of_another_chat_does_nothing_there(group: Party) -> None:
    poll = await group.begin(GUEST)
    group.chat = {"id": -100777, "type": "supergroup", "title": "Elsewhere"}
    assert await group.tap("quiz:skip:1", poll, HOST)
    assert (await group.kucha.room.quizzes.game(1)).phase is Phase.OPEN


@pytest.mark.parametrize("fault", [flood(1), BAD_GATEWAY, api_error(500, "Internal Server Error"), RESET])
async def test_a_round_begins_when_its_question_has_arrived(group: Party, fault: Fault) -> None:
    poll = await group.begin(GUEST)
    await group.vote(poll, right(poll), HOST)
    await group.vote(poll, right(poll), GUEST)
    await group.until(lambda game: game.phase is Phase.REVEAL)
    number = await current(group)
    for method in ("sendPoll", "sendMessage", "sendRichMessage"):
        group.server.fail(method, fault, fault)
    refused = len([call for call in group.server.calls if call.refusal])
    group.clock.forward(60)
    await group.server.wait_until(lambda: len([call for call in group.server.calls if call.refusal]) > refused)
    assert (await group.until(lambda game: game.round == number + 1)).phase is Phase.ASKING
    assert await group.round(number + 1)
    round = await group.kucha.room.quizzes.round(1, number + 1)
    assert round.shown_at
    assert round.closes_at
    assert (round.closes_at - round.shown_at).total_seconds() == 20


async def test_a_game_goes_on_in_the_supergroup_that_its_group_became(group: Party) -> None:
    group.chat = {"id": -200, "type": "group", "title": "Club"}
    poll = await group.begin(GUEST)
    group.server.moved[-200] = -100200
    await group.vote(poll, right(poll), HOST)
    await group.vote(poll, wrong(poll), GUEST)
    await group.next_round()
    asked = await group.round(await current(group) + 1)
    assert asked.params["chat_id"] == -100200
    assert (await group.kucha.room.quizzes.game(1)).address.chat == "-100200"
    assert await group.scores() == {"Hanna": 1, "Gus": 0}


async def test_a_game_moves_with_its_group_between_two_messages(group: Party) -> None:
    group.chat = {"id": -200, "type": "group", "title": "Club"}
    poll = await group.begin(GUEST)
    moved = {"id": -200, "type": "group", "title": "Club"}
    await group.server.push(message={**_service(moved), "migrate_to_chat_id": -100200})
    await group.vote(poll, right(poll), HOST)
    await group.vote(poll, right(poll), GUEST)
    group.server.moved[-200] = -100200
    await group.next_round()
    asked = await group.round(await current(group) + 1)
    assert asked.params["chat_id"] == -100200


def _service(chat: dict[str, object]) -> dict[str, object]:
    return {"message_id": 99, "date": 1_790_000_000, "chat": chat, "from": HOST}


async def test_a_game_ends_when_the_bot_is_removed(group: Party) -> None:
    await group.begin(GUEST)
    group.server.blocked.add(int(group.chat["id"]))
    await group.server.push(my_chat_member=membership("kicked", group.chat, until_date=0))
    ended = await group.until(lambda game: game.ended_at is not None)
    assert ended.phase is Phase.OVER
    sent = len(group.sent())
    group.clock.forward(600)
    assert len(group.sent()) == sent


async def test_a_game_ends_when_nothing_can_be_shown_any_more(group: Party) -> None:
    await group.begin(GUEST)
    group.server.blocked.add(int(group.chat["id"]))
    group.clock.forward(30)
    await group.until(lambda game: game.phase is not Phase.OPEN)
    group.clock.forward(60)
    await group.until(lambda game: game.ended_at is not None)


async def test_a_game_stays_in_its_topic_and_ends_when_that_is_closed(group: Party) -> None:
    group.chat, group.fields = dict(FORUM), {**TOPIC}
    await group.begin(GUEST)
    shown = [call for call in group.sent() if "receiver_user_id" not in call.params]
    assert {call.params.get("message_thread_id") for call in shown} == {77}
    group.server.closed_topics.add(77)
    group.clock.forward(30)
    await group.until(lambda game: game.phase is not Phase.OPEN)
    group.clock.forward(60)
    await group.until(lambda game: game.ended_at is not None)


async def test_a_vote_that_waited_for_a_bot_that_was_away_counts(
    server: TelegramServer, tmp_path: Path, clock: GameClock
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    async with party(server, before, clock) as group:
        poll = await group.begin(GUEST)
        await group.vote(poll, right(poll), HOST)
        await answered(group, 1)
        shutil.copytree(before, after)
    late = {"poll_id": f"poll-{group.number(poll)}", "user": GUEST, "option_ids": [right(poll)]}
    await server.push(poll_answer=late | {"option_persistent_ids": ["o"]})
    clock.forward(60)
    async with party(server, after, clock) as group:
        await group.until(lambda game: game.phase is Phase.REVEAL or game.ended_at is not None)
        assert await group.scores() == {"Hanna": 1, "Gus": 1}


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.ASKING, Phase.OPEN, Phase.REVEAL, Phase.PAUSED])
async def test_a_bot_that_died_goes_on_with_the_game(
    phase: Phase, server: TelegramServer, tmp_path: Path, clock: GameClock
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    async with party(server, before, clock) as group:
        lobby = await group.open()
        await group.tap("quiz:join:1", lobby, GUEST)
        if phase is not Phase.LOBBY:
            await group.tap("quiz:start:1", lobby, HOST)
            poll = await group.poll(1)
            await group.vote(poll, right(poll), HOST)
            await answered(group, 1)
        if phase in (Phase.REVEAL, Phase.ASKING):
            await group.vote(poll, wrong(poll), GUEST)
            await group.until(lambda game: game.phase is Phase.REVEAL)
        if phase is Phase.ASKING:
            for method in ("sendPoll", "sendMessage", "sendRichMessage"):
                server.fail(method, BAD_GATEWAY, BAD_GATEWAY)
            await group.next_round()
            number = (await group.until(lambda game: game.phase is Phase.ASKING)).round
        if phase is Phase.PAUSED:
            assert "after this round" in await group.tap("quiz:pause:1", poll, HOST)
            clock.forward(25)
            await group.until(lambda game: game.phase is Phase.PAUSED)
        shutil.copytree(before, after)
    async with party(server, after, clock) as group:
        if phase is Phase.PAUSED:
            await group.tap("quiz:resume:1", None, HOST)
        for _ in range(30):
            clock.forward(5)
            for _ in range(20):
                await group.kucha.room.quizzes.game(1)
            if (await group.kucha.room.quizzes.game(1)).ended_at:
                break
            if phase is Phase.LOBBY and (await group.kucha.room.quizzes.game(1)).phase is Phase.OPEN:
                break
        game = await group.kucha.room.quizzes.game(1)
        assert game.phase is not phase or game.round > 1
        if phase is Phase.ASKING:
            assert (await group.kucha.room.quizzes.round(1, number)).shown_at
        if phase is not Phase.LOBBY:
            assert (await group.scores())["Hanna"] == 1


async def test_answers_of_people_never_met_before_all_count(group: Party) -> None:
    asked = await one_of_options(group)
    crowd = [person(1000 + each, f"P{each}") for each in range(CROWD)]
    told = await asyncio.gather(*(group.tap(asked.tokens[0], asked, each) for each in crowd))
    assert all("Got it" in each for each in told)
    assert await counted(group) == CROWD
    assert {f"P{each}" for each in range(CROWD)} < (await group.scores()).keys()
