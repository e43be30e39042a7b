"""The use cases of a game on a real database: who may do what, which answers count, what is left afterwards."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert

from core.delivery.chats import Chats
from core.delivery.schedules import Address
from core.quiz.intake import Offer
from core.quiz.model import Game, Mode, Phase, Receipt, Rules
from core.quiz.quizzes import BusyError, ClosedError, NoQuestionsError, NotAllowedError
from core.quiz.rules import NotNowError
from core.storage.quiz_tables import answers, games, players, ratings, rounds
from core.storage.tables import attempts, memories
from core.study.learners import Learners
from tests.quiz.play import CHAT, Table, learner

ME = "one"


async def begun(table: Table, people: int = 3, rules: Rules | None = None, poll: str | None = None) -> Game:
    """A game whose first round takes answers."""
    game = await table.game(people, rules=rules)
    await table.quizzes.start(game.id, learner(1))
    return await asked(table, game, poll)


async def asked(table: Table, game: Game, poll: str | None = None) -> Game:
    """The game with its question before the people."""
    await table.quizzes.playing.leases(ME).claim("telegram", table.clock())
    game = await table.quizzes.game(game.id)
    return await table.quizzes.playing.delivered(game, table.clock(), "m", poll, ME)


async def played(table: Table, game: Game, right: set[int]) -> Game:
    """A game played to its end, in which these are always right and the host is always wrong."""
    while game.phase is not Phase.OVER:
        for number in right:
            await table.answer(game, number)
        await table.answer(game, 1, False)
        closed = await table.quizzes.playing.close(game, ME)
        game = await table.quizzes.playing.go_on(closed.game, ME)
        if game.phase is Phase.ASKING:
            game = await asked(table, game)
    await table.quizzes.playing.final(game)
    return await table.quizzes.playing.end(game, ME)


async def test_a_place_has_one_game(table: Table) -> None:
    game = await table.game()
    with pytest.raises(BusyError) as busy:
        await table.game()
    assert busy.value.game.id == game.id
    assert await table.quizzes.find(CHAT) == game
    assert await table.game(chat="-200")
    other = await table.quizzes.open(Address("telegram", CHAT.chat, "7"), learner(1), "Ann", Rules(), "en")
    assert other.id != game.id


async def test_two_who_open_at_once_get_one_game(table: Table) -> None:
    opened = await asyncio.gather(*(table.game(1) for _ in range(4)), return_exceptions=True)
    assert Counter(type(each) for each in opened) == {Game: 1, BusyError: 3}


async def test_a_subject_without_questions_is_refused(table: Table) -> None:
    with pytest.raises(NoQuestionsError):
        await table.game(rules=Rules(subject="no-such-thing"))


async def test_no_question_comes_twice_in_a_game_nor_soon_again(table: Table) -> None:
    first = await table.game(rules=Rules(rounds=10))
    async with table.database.write() as connection:
        await connection.execute(rounds.update().values(shown_at=table.clock()))
    await table.quizzes.stop(first.id, learner(1))
    second = await table.game(rules=Rules(rounds=10))
    questions = [row["question"] for row in await table.rows(rounds)]
    assert first.rules.rounds == second.rules.rounds == 10
    assert len(set(questions)) == 20
    asked_of = [table.shelf.question(id) for id in questions]
    assert all(each and each.truth.level == 1 and each.truth.kind != "recall" for each in asked_of)


async def test_only_the_host_and_managers_lead(table: Table) -> None:
    game = await table.game()
    with pytest.raises(NotAllowedError):
        await table.quizzes.start(game.id, learner(2))
    assert (await table.quizzes.start(game.id, learner(9), manages=True)).phase is Phase.ASKING
    with pytest.raises(NotNowError):
        await table.quizzes.start(game.id, learner(1))


async def test_a_host_who_leaves_hands_over(table: Table) -> None:
    game = await table.game()
    assert (await table.quizzes.leave(game.id, learner(1))).host == 2
    assert [player.learner for player in await table.quizzes.players(game.id)] == [2, 3]


async def test_players_lead_a_game_whose_host_was_forgotten(table: Table) -> None:
    game = await table.game()
    await Learners(table.database).forget(learner(1))
    with pytest.raises(NotAllowedError):
        await table.quizzes.start(game.id, learner(9))
    assert (await table.quizzes.start(game.id, learner(2))).host is None


async def test_an_answer_counts_once_and_in_time(table: Table) -> None:
    game = await begun(table)
    assert await table.answer(game, 1, after=20) is Receipt.TAKEN
    assert await table.answer(game, 1) is Receipt.ALREADY
    assert await table.answer(game, 2, after=20.001) is Receipt.LATE
    assert await table.quizzes.answer(game.id, 2, learner(2), (0,), table.clock()) is Receipt.LATE
    assert await table.quizzes.answer(game.id, 1, learner(2), (99,), table.clock()) is Receipt.INVALID
    assert await table.quizzes.answer(game.id, 1, learner(2), (), table.clock()) is Receipt.INVALID
    assert await table.quizzes.answer(999, 1, learner(2), (0,), table.clock()) is Receipt.LATE


async def test_a_stranger_joins_by_answering_only_under_a_name(table: Table) -> None:
    game = await begun(table)
    said = table.right(game, await table.quizzes.round(game.id, 1))
    assert await table.quizzes.answer(game.id, 1, learner(9), said, table.clock()) is Receipt.STRANGER
    assert await table.quizzes.answer(game.id, 1, learner(9), said, table.clock(), "Nina") is Receipt.TAKEN
    assert [each.name for each in await table.quizzes.players(game.id) if each.learner == 9] == ["Nina"]


async def test_nobody_joins_late_where_a_miss_puts_one_out(table: Table) -> None:
    game = await begun(table, rules=Rules(rounds=3, mode=Mode.LAST))
    await table.quizzes.join(game.id, learner(8), "Max")
    await table.answer(game, 1)
    await table.answer(game, 2)
    await table.quizzes.playing.close(game, ME)
    with pytest.raises(ClosedError):
        await table.quizzes.join(game.id, learner(9), "Nina")


async def test_teams_are_balanced_and_their_average_counts(table: Table) -> None:
    game = await table.game(5, rules=Rules(rounds=1, mode=Mode.TEAMS))
    await table.quizzes.pick_team(game.id, learner(2), "Two", 2)
    await table.quizzes.start(game.id, learner(1))
    game = await asked(table, game)
    teams = {each.learner: each.team for each in await table.quizzes.players(game.id)}
    assert teams[2] == 2
    assert sorted(Counter(teams.values()).values()) == [2, 3]
    for number in teams:
        await table.answer(game, number, teams[number] == 2)
    closed = await table.quizzes.playing.close(game, ME)
    over = await table.quizzes.playing.go_on(closed.game, ME)
    final = await table.quizzes.playing.final(over)
    assert [(each.team, each.score) for each in final.teams] == [(2, 1000.0), (1, 0.0)]
    assert {learner: change > 0 for learner, (_, change) in final.ratings.items()} == {
        learner: team == 2 for learner, team in teams.items()
    }


async def test_a_poll_finds_its_game_even_when_its_answers_are_quicker_than_the_news(table: Table) -> None:
    game = await table.game(rules=Rules(rounds=1))
    await table.quizzes.start(game.id, learner(1))
    quizzes, said = table.quizzes, table.right(game, await table.quizzes.round(game.id, 1))
    places = said if isinstance(said, tuple) else (0,)
    with quizzes.underway.one():
        answering = asyncio.create_task(
            quizzes.answer_poll("telegram", "p1", learner(2), places, table.clock() + timedelta(seconds=1))
        )
        await asyncio.sleep(0.02)
        await asked(table, game, "p1")
    assert await answering in (Receipt.TAKEN, Receipt.INVALID)
    assert await quizzes.answer_poll("telegram", "p1", learner(9), places, table.clock()) is Receipt.STRANGER
    assert await quizzes.answer_poll("telegram", "other", learner(2), places, table.clock()) is None
    assert await quizzes.answer_poll("discord", "p1", learner(2), places, table.clock()) is None


async def test_five_thousand_answers_at_once_are_stored_none_lost_none_double(table: Table) -> None:
    crowd = 5_000
    await table.seat(crowd, first=13)
    game = await table.game(1)
    row = {"game": game.id, "name": "", "joined_round": 0, "score": 0, "streak": 0, "best_streak": 0, "right": 0}
    async with table.database.write() as connection:
        await connection.execute(insert(players), [{**row, "learner": number} for number in range(2, crowd + 1)])
    await table.quizzes.start(game.id, learner(1))
    game = await asked(table, game)
    said = table.right(game, await table.quizzes.round(game.id, 1))
    offers = [Offer(game.id, 1, number, said, table.clock()) for number in range(1, crowd + 1)]
    receipts = await asyncio.gather(*(table.quizzes.offer(offer) for offer in (*offers, *offers[:500])))
    assert Counter(receipts) == {Receipt.TAKEN: crowd, Receipt.ALREADY: 500}
    assert sorted(row["learner"] for row in await table.answers(game.id)) == list(range(1, crowd + 1))
    closed = await table.quizzes.playing.close(game, ME)
    assert closed.reveal
    assert closed.reveal.right == crowd
    assert {place for place, _ in closed.reveal.standing} == {1}


async def test_answers_offered_before_a_round_is_closed_are_in_it(table: Table) -> None:
    game = await begun(table)
    said = table.right(game, await table.quizzes.round(game.id, 1))
    receipt = table.quizzes.offer(Offer(game.id, 1, 1, said, table.clock()))
    closed = await table.quizzes.playing.close(game, ME)
    assert await receipt is Receipt.TAKEN
    assert closed.reveal
    assert closed.reveal.answered == 1


async def test_a_reveal_told_again_is_the_same(table: Table) -> None:
    game = await begun(table)
    await table.answer(game, 1)
    await table.answer(game, 2, False)
    closed = await table.quizzes.playing.close(game, ME)
    assert await table.quizzes.playing.reveal(closed.game) == closed.reveal


async def test_every_answer_goes_into_spaced_repetition_once(table: Table) -> None:
    game = await begun(table)
    await table.answer(game, 1)
    await table.answer(game, 2, False)
    await table.quizzes.playing.close(game, ME)
    counted = [await table.quizzes.feeding.feed(game.id, 1) for _ in range(2)]
    assert counted == [2, 0]
    assert [(row["learner"], row["right"]) for row in await table.rows(attempts)] == [(1, True), (2, False)]
    remembered = {row["learner"]: row["due"] for row in await table.rows(memories)}
    assert remembered[1] > remembered[2]


async def test_ratings_seasons_and_the_weak_spot(table: Table) -> None:
    game = await begun(table, rules=Rules(rounds=2))
    over = await played(table, game, {2, 3})
    assert over.ended_at
    for chat in ("", CHAT.chat):
        top = await table.quizzes.top("telegram", chat)
        assert [(place, each.learner, each.wins) for place, each in top] == [(1, 2, 1), (1, 3, 1), (3, 1, 0)]
    mine = await table.quizzes.standing("telegram", CHAT.chat, learner(2))
    assert mine
    assert (mine.games, table.quizzes.season) == (1, "2026-4")
    assert await table.quizzes.weak_spot(game.id, learner(2)) is None
    weak = await table.quizzes.weak_spot(game.id, learner(1))
    assert weak in {
        question.competency for row in await table.rows(rounds) if (question := table.shelf.question(row["question"]))
    }
    table.clock.forward(days=60)
    assert await table.quizzes.top("telegram", CHAT.chat) == ()


async def test_a_rematch_has_the_same_rules(table: Table) -> None:
    over = await played(table, await begun(table, rules=Rules(rounds=2, seconds=30)), {2})
    again = await table.quizzes.rematch(over.id, learner(2), "Two")
    assert (again.rules, again.host, again.phase) == (Rules(rounds=2, seconds=30), 2, Phase.LOBBY)


async def test_accounts_that_answer_together_are_told_to_the_host(table: Table) -> None:
    game = await begun(table, 4, Rules(rounds=3))
    while game.phase is not Phase.OVER:
        for number, after in ((1, 3.0), (2, 5.0), (3, 5.002), (4, 7.0)):
            await table.answer(game, number, True, after)
        closed = await table.quizzes.playing.close(game, ME)
        game = await table.quizzes.playing.go_on(closed.game, ME)
        if game.phase is Phase.ASKING:
            game = await asked(table, game)
    assert [each.learner for each in await table.quizzes.flagged(game.id)] == [2, 3]
    final = await table.quizzes.playing.final(game)
    assert [each.learner for each in final.flagged] == [2, 3]
    assert final.titles == dict.fromkeys((1, 2, 3, 4), ("flawless", "streak"))


async def test_a_skipped_round_is_neither_missed_nor_in_the_way_of_a_title(table: Table) -> None:
    game = await begun(table, rules=Rules(rounds=4))
    await table.answer(game, 2, False)
    await table.quizzes.skip(game.id, learner(1))
    closed = await table.quizzes.playing.close(game, ME)
    game = await asked(table, await table.quizzes.playing.go_on(closed.game, ME))
    over = await played(table, game, {2})
    final = await table.quizzes.playing.final(over)
    assert final.titles == {2: ("flawless", "streak")}
    assert len(final.missed) == 3


async def test_a_chat_that_moves_takes_its_games_and_ratings_along(table: Table) -> None:
    await played(table, await begun(table, rules=Rules(rounds=1)), {2})
    running = await table.game()
    rival = await table.game(1, "-100500")
    for _ in range(2):
        await Chats(table.database).move("telegram", CHAT.chat, "-100500")
    found = await table.quizzes.find(Address("telegram", "-100500"))
    assert found
    assert found.id == running.id
    assert await table.rows(games, id=rival.id) == []
    assert len(await table.quizzes.top("telegram", "-100500")) == 2
    assert await table.quizzes.top("telegram", CHAT.chat) == ()


async def test_a_chat_that_is_gone_has_no_game(table: Table) -> None:
    game = await begun(table)
    await table.quizzes.gone("telegram", CHAT.chat)
    assert (await table.quizzes.game(game.id)).ended_at
    assert await table.answer(game, 1) is Receipt.LATE


async def test_whoever_is_forgotten_is_in_no_game_and_no_ranking(table: Table) -> None:
    await played(table, await begun(table, rules=Rules(rounds=1)), {2, 3})
    learners = Learners(table.database)
    told = await learners.everything(learner(2))
    assert {name: len(told[name]) for name in ("players", "answers", "ratings")} == {
        "players": 1,
        "answers": 1,
        "ratings": 2,
    }
    await learners.forget(learner(2))
    for kept in (players, answers, ratings, attempts, memories):
        assert not [row for row in await table.rows(kept) if row["learner"] == 2]
