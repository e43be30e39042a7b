"""One flooding person is told once and then ignored; everybody else goes on."""

import math

from core.delivery.pacing import BURST, PER_SECOND, Pace, Pacing


def test_a_flood_gets_one_notice_then_silence_then_a_fresh_start() -> None:
    pacing = Pacing()
    judged = [pacing.judge("telegram", "1", 0.0) for _ in range(BURST + 50)]
    assert judged.count(Pace.GO) == BURST
    assert judged.count(Pace.WARN) == 1
    assert judged[BURST] is Pace.WARN
    assert set(judged[BURST + 1 :]) == {Pace.SILENCE}
    assert pacing.judge("telegram", "2", 0.0) is Pace.GO
    assert pacing.judge("discord", "1", 0.0) is Pace.GO
    assert pacing.judge("telegram", "1", BURST / PER_SECOND) is Pace.GO


def test_a_reader_is_never_paced() -> None:
    pacing = Pacing()
    assert all(pacing.judge("telegram", "1", second) is Pace.GO for second in range(1000))


def test_a_player_may_tap_as_fast_as_a_round_needs_it_but_not_without_end() -> None:
    playing = Pacing().in_games()
    assert [playing.judge("telegram", "1", 0.0) for _ in range(3 * BURST)] == [Pace.GO] * 3 * BURST
    assert playing.judge("telegram", "1", 5.0) is Pace.GO
    assert Pace.SILENCE in {playing.judge("telegram", "1", 5.0) for _ in range(10 * BURST)}


def test_who_paces_nobody_paces_no_player_either() -> None:
    playing = Pacing(math.inf).in_games()
    assert {playing.judge("terminal", "1", 0.0) for _ in range(1000)} == {Pace.GO}
