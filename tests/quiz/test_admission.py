"""Where a platform has no room for more games, they start later: in their order, and none is lost."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.delivery.schedules import Address
from core.quiz.model import Game, Mode, Phase, Rules
from core.quiz.room import Pace, load
from core.quiz.rules import GATHERING, LOBBY, READING, NotNowError
from core.storage.quiz_tables import games
from tests.quiz.hall import ROUND, Hall
from tests.quiz.play import learner

ONE = Rules(rounds=1)
GAME = timedelta(seconds=ONE.seconds) + READING
"""How long a game is expected to last."""


@pytest.fixture
def full(hall: Hall) -> Hall:
    """A hall whose platform has room for two games."""
    hall.table.pace = {"telegram": Pace(2 * load(ONE))}
    hall.table.quizzes = hall.table.again()
    return hall


async def crowded(hall: Hall, count: int) -> list[Game]:
    """So many lobbies, the time of all being over."""
    opened = [await hall.open(ONE, chat=str(-number)) for number in range(1, count + 1)]
    await hall.board.has("lobby", count)
    hall.pass_(LOBBY)
    return await settled(hall, opened)


async def settled(hall: Hall, opened: list[Game]) -> list[Game]:
    """The games, once none is in its lobby any more."""
    async with asyncio.timeout(60):
        seen = await standing(hall, opened)
        while Phase.LOBBY in [each.phase for each in seen]:
            await asyncio.sleep(0.005)
            seen = await standing(hall, opened)
    return seen


async def standing(hall: Hall, opened: list[Game]) -> list[Game]:
    return [await hall.table.quizzes.game(each.id) for each in opened]


async def most_at_once(hall: Hall, opened: list[Game]) -> int:
    """Let time pass until all games have ended: how many were under way at once."""
    most = 0
    async with asyncio.timeout(60):
        seen = opened
        while any(each.ended_at is None for each in seen):
            seen = await standing(hall, opened)
            most = max(most, sum(each.begun_at is not None and each.ended_at is None for each in seen))
            hall.pass_(timedelta(seconds=1))
            await asyncio.sleep(0.02)
    return most


async def began(hall: Hall, opened: list[Game]) -> list[datetime]:
    """When games began."""
    return [each.begun_at for each in await standing(hall, opened) if each.begun_at]


async def test_no_more_games_run_at_once_than_there_is_room_for_and_all_are_played(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 5)
    assert sorted(each.phase is Phase.WAITING for each in seen) == [False, False, True, True, True]
    line = sorted((each for each in seen if each.phase is Phase.WAITING), key=lambda each: (each.until, each.id))
    expected = [each.until - full.time() for each in line if each.until]
    assert [round(each / GAME, 3) for each in expected] == [1, 1, 2]
    assert len(set(expected)) == 3
    assert await most_at_once(full, seen) == 2
    began_in_turn = await began(full, line)
    assert began_in_turn == sorted(began_in_turn)
    assert [len(full.board.of(call)) for call in ("ask", "reveal", "finish")] == [5, 5, 5]


async def test_room_that_comes_earlier_is_taken_at_once(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 3)
    (late,) = [each for each in seen if each.phase is Phase.WAITING]
    first = next(each for each in seen if each.phase is not Phase.WAITING)
    await full.table.quizzes.stop(first.id, learner(1))
    await full.board.has("finish")
    await full.board.has("ask", 3)
    assert late.until
    assert full.time() < late.until
    assert (await full.is_in(late, Phase.OPEN)).begun_at == full.time()


async def test_people_come_and_go_while_the_start_is_put_off(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 3)
    (late,) = [each for each in seen if each.phase is Phase.WAITING]
    await full.table.quizzes.join(late.id, learner(9), "Nina")
    assert [each.joined_round for each in await full.table.quizzes.players(late.id) if each.learner == 9] == [0]
    await full.table.quizzes.leave(late.id, learner(2))
    assert (await full.table.quizzes.start(late.id, learner(1))).phase is Phase.WAITING
    await full.table.quizzes.pause(late.id, learner(1))
    await full.board.has("paused")
    assert (await full.table.quizzes.resume(late.id, learner(1))).phase is Phase.WAITING
    with pytest.raises(NotNowError):
        await full.table.quizzes.skip(late.id, learner(1))
    await full.table.quizzes.stop(late.id, learner(1))
    await full.board.has("stopped")
    assert (await full.played_to_the_end(late)).begun_at is None


async def test_teams_and_the_last_one_standing_are_joined_while_they_wait(full: Hall) -> None:
    full.begin()
    await crowded(full, 2)
    for number, mode in enumerate((Mode.TEAMS, Mode.LAST), 7):
        game = await full.open(Rules(rounds=1, mode=mode), chat=str(-number))
        assert (await full.table.quizzes.start(game.id, learner(1))).phase is Phase.WAITING
        await full.table.quizzes.join(game.id, learner(9), "Nina")
        if mode is Mode.TEAMS:
            await full.table.quizzes.pick_team(game.id, learner(9), "Nina", 2)
            teams = {each.learner: each.team for each in await full.table.quizzes.players(game.id)}
            assert teams[9] == 2


async def test_a_lobby_that_ends_later_does_not_overtake_those_who_wait(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 4)
    late = await full.open(ONE, chat="-9")
    after = await full.table.quizzes.start(late.id, learner(1))
    assert after.until
    assert all(each.until and each.until <= after.until for each in seen if each.phase is Phase.WAITING)
    await most_at_once(full, [*seen, late])
    *before, last = await began(full, [*seen, late])
    assert last >= max(before)


async def test_who_has_no_lobby_is_told_once(full: Hall) -> None:
    full.begin()
    await crowded(full, 2)
    private = Address("telegram", "50")
    alone = await full.table.quizzes.open(private, learner(5), "Ann", ONE, "en", timedelta(0))
    told = await full.board.has("put_off")
    assert told.address.chat == "50"
    await full.played_to_the_end(alone)
    assert len(full.board.of("put_off")) == 1


async def test_a_kill_loses_no_game_that_waits(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 4)
    await full.restart()
    assert await most_at_once(full, seen) == 2
    assert len(full.board.of("finish")) == 4


async def test_two_processes_share_the_room(full: Hall) -> None:
    for number in range(1, 7):
        await full.open(ONE, chat=str(-number))
    full.begin("one")
    full.begin("two")
    await full.board.has("lobby", 6)
    full.pass_(LOBBY)
    opened = [await full.table.quizzes.game(row["id"]) for row in await full.table.rows(games)]
    assert await most_at_once(full, opened) == 2
    assert len(full.board.of("finish")) == 6


async def test_a_paused_game_keeps_its_room(full: Hall) -> None:
    full.begin()
    seen = await crowded(full, 3)
    on = [each for each in seen if each.phase not in GATHERING]
    (late,) = [each for each in seen if each.phase is Phase.WAITING]
    for each in on:
        await full.is_in(each, Phase.OPEN)
        await full.table.quizzes.pause(each.id, learner(1))
    full.pass_(GAME + ROUND)
    for _ in range(20):
        full.pass_(timedelta(seconds=1))
        await asyncio.sleep(0.01)
    assert (await full.table.quizzes.game(late.id)).phase is Phase.WAITING


async def test_without_a_pace_nobody_waits(hall: Hall) -> None:
    hall.begin()
    seen = await crowded(hall, 6)
    assert not [each for each in seen if each.phase in GATHERING]


async def test_a_game_waits_for_the_other_topics_of_its_group_and_others_do_not_wait_for_it(hall: Hall) -> None:
    hall.table.pace = {"telegram": Pace(25, load(ONE))}
    hall.table.quizzes = hall.table.again()
    hall.begin(lease=timedelta(days=1))
    topics = [await hall.table.game(3, "-1", ONE, topic) for topic in ("1", "2")]
    elsewhere = await hall.open(ONE, chat="-2")
    await hall.board.has("lobby", 3)
    hall.pass_(LOBBY)
    await hall.is_in(elsewhere, Phase.OPEN)
    waiting, plays = sorted(await settled(hall, topics), key=lambda game: game.phase is not Phase.WAITING)
    assert waiting.until
    assert abs(waiting.until - hall.time() - GAME) < timedelta(seconds=1)
    await hall.played_to_the_end(plays)
    await hall.is_in(waiting, Phase.OPEN)
    await hall.played_to_the_end(waiting)
