"""Games are led by their rows: asked, closed, revealed and finished on time, whatever dies in between."""

import asyncio
from datetime import timedelta

import pytest

from core.quiz.conducting import ATTEMPTS
from core.quiz.leases import LEASE
from core.quiz.model import Game, Mode, Phase, Receipt, Rules
from core.quiz.rules import LOBBY, PATIENCE, READING
from core.quiz.stage import NotShownError, StageGoneError
from core.storage.quiz_tables import answers, rounds
from core.storage.tables import attempts
from tests.quiz.hall import ROUND, Hall
from tests.quiz.play import CHAT, learner


async def test_a_game_is_led_from_the_lobby_to_the_podium(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    for number in (1, 2):
        await hall.is_in(game, Phase.OPEN)
        assert await hall.table.answer(game, 1) is Receipt.TAKEN
        assert await hall.table.answer(game, 2, False) is Receipt.TAKEN
        reveal = await hall.revealed(number)
        assert (reveal.answered, reveal.right, reveal.is_last) == (2, 1, number == 2)
        hall.pass_(READING)
    final = await hall.board.has("finish")
    assert [(place, player.learner) for place, player in final.standing] == [(1, 1), (2, 2), (2, 3)]
    assert final.ratings[1][1] > 0 > final.ratings[2][1]
    assert 3 not in final.ratings
    await hall.played_to_the_end(game)
    assert hall.board.calls == ["lobby", "ask", "reveal", "ask", "reveal", "finish"]


async def test_a_round_ends_early_when_everybody_has_answered(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    for number in (1, 2, 3):
        await hall.table.answer(game, number)
    while (await hall.table.quizzes.game(game.id)).until == game.until:  # noqa: ASYNC110  they are counted beside the game
        await asyncio.sleep(0.01)
    hall.pass_(timedelta(seconds=2))
    assert (await hall.board.has("reveal")).answered == 3


async def test_a_round_whose_answers_may_change_lasts_its_time(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened(rules=Rules(rounds=1, may_change=True))
    for number in (1, 2, 3):
        await hall.table.answer(game, number, False)
    await hall.board.has("refresh round")
    hall.pass_(timedelta(seconds=10))
    assert await hall.table.answer(game, 1) is Receipt.CHANGED
    reveal = await hall.revealed(1)
    assert [(gain.player.learner, gain.points) for _, gain in reveal.standing if gain.right] == [(1, 750)]


@pytest.mark.parametrize("stuck", ["lobby", "ask", "reveal", "finish", "paused"])
async def test_a_kill_while_something_is_shown_costs_nobody_an_answer(hall: Hall, stuck: str) -> None:
    hall.board.stuck = stuck
    hall.begin()
    game = await hall.open()
    if stuck != "lobby":
        await hall.board.has("lobby")
        hall.pass_(LOBBY)
    if stuck not in ("lobby", "ask"):
        await hall.is_in(game, Phase.OPEN)
        assert await hall.table.answer(game, 1) is Receipt.TAKEN
    if stuck == "paused":
        await hall.table.quizzes.pause(game.id, learner(1))
    if stuck in ("reveal", "finish", "paused"):
        await hall.revealed(1)
    if stuck == "finish":
        hall.pass_(READING)
        await hall.board.has("ask", 2)
        await hall.revealed(2)
        hall.pass_(READING)
    await hall.board.has(stuck)
    await hall.restart()
    if stuck == "paused":
        await hall.table.quizzes.resume(game.id, learner(1))
    ended = await hall.played_to_the_end(game)
    assert ended.phase is Phase.OVER
    expected = {} if stuck in ("lobby", "ask") else {1: 1000}
    assert {row["learner"]: row["points"] for row in await hall.table.rows(answers, game=game.id)} == expected
    async with asyncio.timeout(10):
        while len(await hall.table.rows(attempts)) < len(expected):  # noqa: ASYNC110  it is learnt beside the game
            await asyncio.sleep(0.01)
    assert len(hall.board.of("finish")) == (2 if stuck == "finish" else 1)
    assert all(row["closed_at"] for row in await hall.table.rows(rounds, game=game.id))


async def test_a_kill_in_mid_round_is_told_and_the_round_goes_on(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.answer(game, 1)
    await hall.restart()
    await hall.board.has("resumed")
    assert await hall.table.answer(game, 2) is Receipt.TAKEN
    assert await hall.table.answer(game, 1) is Receipt.ALREADY
    reveal = await hall.revealed(1)
    assert [(gain.player.learner, gain.points) for _, gain in reveal.standing if gain.right] == [(1, 1000), (2, 850)]


async def test_a_kill_past_the_end_of_a_round_closes_it_with_what_came_in_time(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.answer(game, 1)
    await hall.processes[-1].kill()
    hall.pass_(timedelta(minutes=5))
    hall.begin("two")
    await hall.board.has("closed_while_away")
    assert await hall.table.answer(game, 2) is Receipt.LATE
    assert (await hall.board.has("reveal")).answered == 1


async def test_what_a_killed_process_did_not_feed_is_fed_at_the_next_start(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened(rules=Rules(rounds=1))
    await hall.table.answer(game, 1)
    await hall.processes[-1].kill()
    quizzes = hall.table.again()
    await quizzes.playing.leases("another").claim("telegram", hall.time() + LEASE)
    hall.pass_(ROUND)
    await quizzes.playing.close(game, "another")
    assert await hall.table.rows(attempts) == []
    hall.pass_(timedelta(minutes=2))
    hall.begin("two")
    await hall.played_to_the_end(game)
    assert [row["learner"] for row in await hall.table.rows(attempts)] == [1]


async def test_two_workers_share_the_games_and_show_everything_once(hall: Hall) -> None:
    games = [await hall.open(Rules(rounds=1), 1, str(number)) for number in range(6)]
    for worker in ("one", "two"):
        hall.begin(worker, lease=timedelta(days=1))
    await hall.board.has("lobby", 6)
    for game in games:
        await hall.played_to_the_end(game)
    await hall.board.has("finish", 6)
    for call in ("lobby", "ask", "reveal", "finish"):
        assert sorted(_chat(what) for what in hall.board.of(call)) == [str(number) for number in range(6)], call


def _chat(what: object) -> str:
    put = getattr(what, "put", what)
    game = getattr(put, "game", put)
    assert isinstance(game, Game)
    return game.address.chat


async def test_a_question_that_does_not_arrive_is_tried_again_and_then_skipped(hall: Hall) -> None:
    hall.board.faults["ask"] = [NotShownError() for _ in range(ATTEMPTS + 1)]
    hall.begin()
    game = await hall.open()
    await hall.played_to_the_end(game)
    assert len(hall.board.of("ask")) == ATTEMPTS + 2
    assert len(hall.board.of("not_delivered")) == 1
    assert [row["skipped"] for row in await hall.table.rows(rounds, game=game.id)] == [True, False]
    (final,) = hall.board.of("finish")
    assert not final.cancelled


async def test_the_time_a_question_takes_to_arrive_is_not_the_players(hall: Hall) -> None:
    hall.board.faults["ask"] = [NotShownError(timedelta(seconds=30))]
    hall.begin()
    game = await hall.open()
    await hall.board.has("lobby")
    hall.pass_(LOBBY)
    await hall.board.has("ask")
    await asyncio.sleep(0.05)
    hall.pass_(timedelta(seconds=30))
    await hall.is_in(game, Phase.OPEN)
    await hall.table.answer(game, 1)
    assert (await hall.revealed(1)).standing[0][1].points == 1000


async def test_a_chat_that_is_gone_ends_its_game_without_a_word(hall: Hall) -> None:
    hall.board.faults["ask"] = [StageGoneError()]
    hall.begin()
    game = await hall.open()
    ended = await hall.played_to_the_end(game)
    assert ended.phase is Phase.OVER
    assert hall.board.calls == ["lobby", "ask"]
    assert await hall.table.quizzes.find(CHAT) is None


async def test_a_lobby_that_everybody_left_ends(hall: Hall) -> None:
    hall.begin()
    game = await hall.open(people=1)
    await hall.table.quizzes.leave(game.id, learner(1))
    await hall.played_to_the_end(game)
    assert hall.board.calls == ["lobby", "nobody"]


async def test_a_game_that_stays_paused_ends(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.quizzes.pause(game.id, learner(1))
    await hall.revealed(1)
    await hall.board.has("paused")
    assert await hall.table.answer(game, 1) is Receipt.LATE
    hall.pass_(PATIENCE)
    assert (await hall.board.has("finish")).cancelled


async def test_a_round_is_played_to_its_reveal_before_a_pause(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    asked = await hall.table.quizzes.pause(game.id, learner(1))
    assert asked.phase is Phase.OPEN
    hall.pass_(timedelta(seconds=4))
    assert await hall.table.answer(game, 1) is Receipt.TAKEN
    assert (await hall.revealed(1)).right == 1
    await hall.board.has("paused")
    hall.pass_(timedelta(minutes=5))
    await hall.table.quizzes.resume(game.id, learner(1))
    hall.pass_(READING)
    await hall.board.has("ask", 2)
    assert hall.board.calls == ["lobby", "ask", "reveal", "paused", "ask"]


async def test_a_pause_asked_for_while_a_question_is_on_its_way_comes_after_its_round(hall: Hall) -> None:
    hall.board.faults["ask"] = [NotShownError()]
    hall.begin()
    game = await hall.open()
    await hall.board.has("lobby")
    hall.pass_(LOBBY)
    await hall.board.has("ask")
    assert (await hall.table.quizzes.pause(game.id, learner(1))).phase is Phase.ASKING
    hall.pass_(timedelta(seconds=2))
    await hall.is_in(game, Phase.OPEN)
    await hall.revealed(1)
    assert (await hall.board.has("paused")).interrupted is Phase.REVEAL


async def test_a_pause_that_was_to_come_can_be_taken_back(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.quizzes.pause(game.id, learner(1))
    await hall.table.quizzes.resume(game.id, learner(1))
    await hall.revealed(1)
    hall.pass_(READING)
    await hall.board.has("ask", 2)
    ended = await hall.played_to_the_end(game)
    assert ended.interrupted is None
    assert not hall.board.of("paused")


async def test_a_kill_between_a_reveal_and_its_pause_shows_both(hall: Hall) -> None:
    hall.board.stuck = "reveal"
    hall.begin()
    game = await hall.opened()
    await hall.table.quizzes.pause(game.id, learner(1))
    await hall.revealed(1)
    await hall.restart()
    await hall.board.has("paused")
    assert hall.board.calls == ["lobby", "ask", "reveal", "reveal", "paused"]


async def test_a_stage_that_breaks_is_left_aside_and_the_game_goes_on(hall: Hall) -> None:
    hall.board.faults["reveal"] = [RuntimeError("no such picture")]
    hall.board.faults["ask"] = [RuntimeError("no such question")]
    hall.begin()
    game = await hall.open()
    await hall.played_to_the_end(game)
    assert len(hall.board.of("ask")) == 3
    assert len(hall.board.of("finish")) == 1


async def test_the_last_one_standing_wins_before_the_rounds_are_over(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened(rules=Rules(rounds=10, mode=Mode.LAST))
    for number in (1, 2):
        await hall.table.answer(game, number)
    first = await hall.revealed(1)
    assert {gain.player.learner: gain.player.out for _, gain in first.standing} == {1: None, 2: None, 3: 1}
    hall.pass_(READING)
    await hall.board.has("ask", 2)
    await hall.is_in(game, Phase.OPEN)
    assert await hall.table.answer(game, 3) is Receipt.OUT
    await hall.table.answer(game, 1)
    assert (await hall.revealed(2)).is_last
    await hall.played_to_the_end(game)
    (final,) = hall.board.of("finish")
    assert [player.learner for _, player in final.standing] == [1, 2, 3]


async def test_skipping_ends_a_round_without_points(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.answer(game, 1)
    await hall.table.quizzes.skip(game.id, learner(1))
    hall.pass_(timedelta(seconds=1))
    reveal = await hall.board.has("reveal")
    assert reveal.put.round.skipped
    assert [gain.points for _, gain in reveal.standing] == [0, 0, 0]


async def test_stopping_shows_how_it_stood(hall: Hall) -> None:
    hall.begin()
    game = await hall.opened()
    await hall.table.quizzes.stop(game.id, learner(1))
    assert (await hall.board.has("finish")).cancelled
    ended = await hall.played_to_the_end(game)
    assert ended.interrupted is Phase.OPEN
    assert (await hall.table.rows(rounds, game=game.id))[0]["closed_at"]
