"""Points, places, teams and titles, without a database."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.bank.generators.supply import Supply
from core.bank.model import Bank
from core.bank.versions import Python
from core.quiz.drawing import draw
from core.quiz.model import Gain, Mode, Player
from core.quiz.rating import MOST_COMPARED, Skill, rated, winners
from core.quiz.scoring import balanced, is_decided, knock_out, points, ranked
from core.quiz.titles import Answered, missed, suspects, titles
from core.storage.gathering import Gathering
from core.study.selection import Shelf

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_sooner_the_more_and_never_less_than_half() -> None:
    assert [points(1, 20, after, 0) for after in (0, 5_000, 10_000, 20_000, 99_000)] == [1000, 875, 750, 500, 500]


def test_levels_weigh_and_streaks_add_up_to_a_limit() -> None:
    assert [points(level, 20, 0, 0) for level in (1, 2, 3)] == [1000, 1250, 1500]
    assert [points(1, 20, 20_000, streak) for streak in (0, 1, 4, 9)] == [500, 550, 700, 700]


def test_ties_share_a_place() -> None:
    crowd = [Player(1, "b", score=5), Player(2, "a", score=5), Player(3, "c", score=9), Player(4, "d", score=1)]
    assert [(place, player.learner) for place, player in ranked(Mode.ALL, crowd)] == [(1, 3), (2, 2), (2, 1), (4, 4)]


def test_who_stood_longer_is_before_who_scored_more() -> None:
    crowd = [Player(1, "a", out=2, score=900), Player(2, "b", score=500), Player(3, "c", out=3, score=100)]
    assert [player.learner for _, player in ranked(Mode.LAST, crowd)] == [2, 3, 1]


def test_nobody_goes_out_when_nobody_was_right_but_alone_one_does() -> None:
    wrong = [Gain(Player(number, ""), 0, True, False) for number in (1, 2)]
    assert [each.player.out for each in knock_out(wrong, 3)] == [None, None]
    (alone,) = knock_out(wrong[:1], 3)
    assert alone.player.out == 3
    assert is_decided(Mode.LAST, [alone.player])
    assert not is_decided(Mode.LAST, [Player(1, "")])
    assert is_decided(Mode.LAST, [Player(1, ""), Player(2, "", out=1)])


def test_teams_are_even_in_number_and_strength() -> None:
    crowd = [Player(number, "") for number in range(1, 7)]
    teams = balanced(crowd, {1: 40.0, 2: 30.0, 3: 29.0, 4: 20.0, 5: 19.0, 6: 9.0})
    assert sorted(teams.values()) == [1, 1, 1, 2, 2, 2]
    assert teams[1] != teams[2]


@pytest.mark.parametrize("people", [4, MOST_COMPARED + 50])
def test_winners_rise_losers_fall_and_equals_stay_equal(people: int) -> None:
    crowd = [Player(number, "", score=number // 2) for number in range(people)]
    after = rated(Mode.ALL, crowd, {})
    assert after[people - 1].points > Skill().points > after[0].points
    assert after[0].mu == pytest.approx(after[1].mu, abs=1.5)
    assert winners(Mode.ALL, crowd) == {number for number in range(people) if number // 2 == (people - 1) // 2}


def test_a_game_against_nobody_changes_no_rating() -> None:
    assert rated(Mode.ALL, [Player(1, "", score=900)], {}) == {}
    assert winners(Mode.ALL, [Player(1, "", score=900)]) == frozenset()


def answered(round: int, learner: int, at: float, right: bool = True) -> Answered:
    """An answer so many seconds into a round."""
    moment = NOON + timedelta(minutes=round, seconds=at)
    return Answered(round, learner, "a" if right else "b", moment, round_ms(at), right)


def round_ms(seconds: float) -> int:
    return int(seconds * 1000)


def test_titles_are_for_everything_right_and_for_the_longest_streak() -> None:
    crowd = [Player(1, "", best_streak=3), Player(2, "", best_streak=1)]
    given = [answered(number, 1, 5) for number in (1, 2, 3)]
    assert titles(crowd, given, 3) == {1: ("flawless", "streak")}
    assert titles(crowd, given, 4) == {1: ("streak",)}


def test_what_was_missed_most_comes_first() -> None:
    given = [answered(1, 1, 5), answered(2, 1, 5, False), answered(2, 2, 5), answered(3, 1, 5, False)]
    assert missed({1: "x", 2: "y", 3: "z"}, given) == [("z", 1.0), ("y", 0.5)]


def test_chance_makes_nobody_suspect_in_a_crowd() -> None:
    random = Random(3)
    given = [answered(round, learner, random.uniform(1, 3)) for round in range(1, 6) for learner in range(1, 500)]
    assert suspects(given) == frozenset()


def test_who_is_quicker_than_a_reaction_again_and_again_is_suspect() -> None:
    given = [answered(round, 1, 0.1) for round in (1, 2, 3)] + [answered(round, 2, 0.9) for round in (1, 2, 3)]
    assert suspects(given) == {1}


def test_questions_are_of_the_subject_and_new_ones_come_first(bank: Bank) -> None:
    shelf, python = Shelf(bank, Supply()), Python.named("3.14")
    first = draw(shelf, "slots", 2, python, 3, (), frozenset(), Random(1))
    assert {question.competency for question in first} == {"slots"}
    seen = [question.id for question in first]
    again = draw(shelf, "", 1, python, 12, seen, frozenset(), Random(1))
    assert len({question.id for question in (*first, *again)}) == 15


async def test_one_bad_task_spoils_nothing_for_the_others() -> None:
    async def work(tasks: object) -> list[int | Exception]:
        assert isinstance(tasks, list)
        if 3 in tasks:
            raise ValueError(3)
        return [task * 2 for task in tasks]

    gathering = Gathering[int, int](work, 10)
    futures = [gathering.put(number) for number in range(6)]
    await gathering.flush()
    assert [futures[number].result() for number in (0, 1, 2, 4, 5)] == [0, 2, 4, 8, 10]
    with pytest.raises(ValueError, match="3"):
        await futures[3]
