"""How many games a platform has room for, and when those that wait for it can start."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.schedules import Address
from core.quiz.model import Game, Phase, Rules
from core.quiz.room import LATER, Pace, load, plan
from core.quiz.rules import READING
from tests.quiz.play import EVENING

FAST, USUAL, SLOW = Rules(seconds=5), Rules(), Rules(seconds=120)


def waiting(id: int, rules: Rules = USUAL) -> Game:
    return Game(id, Address("telegram", str(-id)), 1, rules, "en", "3.14", Phase.WAITING, 0, EVENING, EVENING)


def running(id: int, left: float, rules: Rules = USUAL) -> Game:
    """A game whose last reveal goes in so many seconds."""
    until = EVENING + timedelta(seconds=left)
    return replace(waiting(id, rules), phase=Phase.REVEAL, round=rules.rounds, until=until, begun_at=EVENING)


@pytest.mark.parametrize(
    ("per_second", "seconds", "games"), [(25, 20, 175), (40, 20, 280), (25, 5, 81), (25, 60, 425), (25, 120, 800)]
)
def test_so_many_games_keep_their_times(per_second: float, seconds: int, games: int) -> None:
    crowd = [waiting(number) for number in range(games + 1)]
    starts = plan([], [replace(each, rules=Rules(seconds=seconds)) for each in crowd], Pace(per_second), EVENING)
    assert [id for id, start in starts.items() if start > EVENING] == [games]


def test_who_waits_starts_when_the_next_game_ends_and_the_one_behind_when_another_does() -> None:
    starts = plan(
        [running(1, 90), running(2, 40)], [waiting(3), waiting(4), waiting(5)], Pace(2 * load(USUAL)), EVENING
    )
    whole = (timedelta(seconds=20) + READING) * 5
    assert [start - EVENING for start in starts.values()] == [
        timedelta(seconds=40),
        timedelta(seconds=90),
        timedelta(seconds=40) + whole,
    ]


def test_a_short_game_does_not_overtake_a_long_one_that_needs_more() -> None:
    starts = plan([running(1, 60, FAST)], [waiting(2, FAST), waiting(3, SLOW)], Pace(load(FAST)), EVENING)
    assert starts[2] == EVENING + timedelta(seconds=60)
    assert starts[3] > starts[2]


def test_a_game_that_needs_more_than_there_is_starts_alone() -> None:
    assert plan([], [waiting(1, FAST)], Pace(0.01), EVENING) == {1: EVENING}
    assert plan([running(1, 60)], [waiting(2, FAST)], Pace(0.01), EVENING) == {2: EVENING + timedelta(seconds=60)}


def test_topics_of_one_group_share_its_room_and_hold_up_nobody_elsewhere() -> None:
    topics = [replace(waiting(number), address=Address("telegram", "-1", str(number))) for number in (1, 2, 3)]
    starts = plan([], [*topics, waiting(4)], Pace(25, 1 / 3), EVENING)
    whole = (timedelta(seconds=20) + READING) * 5
    assert [starts[number] - EVENING for number in (1, 2, 3, 4)] == [timedelta(0), timedelta(0), whole, timedelta(0)]


def test_a_game_that_should_have_ended_is_given_a_little_longer() -> None:
    over = replace(running(1, 0), phase=Phase.OVER, until=None)
    for late in (running(1, -300), over):
        assert plan([late], [waiting(2)], Pace(load(USUAL)), EVENING) == {2: EVENING + LATER}


def test_a_game_is_expected_to_play_its_rounds_to_the_end() -> None:
    round = timedelta(seconds=20) + READING
    first = replace(running(1, 20), phase=Phase.OPEN, round=1)
    asking = replace(first, phase=Phase.ASKING, until=EVENING)
    paused = replace(first, phase=Phase.PAUSED, until=EVENING + timedelta(minutes=30))
    for game, end in ((first, round * 5), (asking, round * 5), (paused, timedelta(minutes=30))):
        assert plan([game], [waiting(2)], Pace(load(USUAL)), EVENING)[2] == EVENING + end


seconds = st.sampled_from([5, 20, 60, 120])


@given(
    st.lists(st.tuples(seconds, st.integers(-60, 900)), max_size=8),
    st.lists(seconds, min_size=1, max_size=8),
    st.floats(0.01, 3),
)
def test_everybody_gets_a_start_in_the_order_of_the_queue(
    on: list[tuple[int, int]], queue: list[int], per_second: float
) -> None:
    games = [running(100 + number, left, Rules(seconds=each)) for number, (each, left) in enumerate(on)]
    line = [waiting(number, Rules(seconds=each)) for number, each in enumerate(queue)]
    starts = list(plan(games, line, Pace(per_second), EVENING).values())
    assert len(starts) == len(line)
    assert starts == sorted(starts)
    assert starts[0] >= EVENING
    at_once = [game for game, start in zip(line, starts, strict=True) if start == EVENING]
    used = sum(load(game.rules) for game in [*games, *at_once])
    assert not at_once or used <= per_second + 1e-6 or len(games) + len(at_once) == 1
