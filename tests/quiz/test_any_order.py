"""Whatever happens to a game in whatever order: one answer a player a round, no score changes after the reveal, every
begun round ends. The real rules on a real database, with the process dying in between."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.bank.generators.supply import Supply
from core.bank.model import Bank
from core.quiz.model import Game, Mode, Phase, Receipt, Rules
from core.quiz.quizzes import ClosedError, NotAllowedError
from core.quiz.rules import NotNowError
from core.storage.database import open_database
from core.storage.quiz_tables import answers, players, rounds
from core.storage.tables import attempts
from tests.quiz.play import Table, learner

PEOPLE = 5
Result = TypeVar("Result")
somebody = st.integers(1, PEOPLE)


class AnyOrder(RuleBasedStateMachine):
    """One game, its players, and what the test knows must stay."""

    bank: Bank
    supply: Supply
    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.empty, self.folder)
        database = open_database(f"sqlite+aiosqlite:///{self.folder / self.empty.name}")
        self.table = Table(database, self.bank, supply=self.supply)
        self.run(self.table.seat(PEOPLE))
        self.worker = "worker 0"
        self.game: Game | None = None
        self.given: dict[tuple[int, int], str] = {}
        self.points: dict[tuple[int, int], int] = {}

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run_until_complete(work)

    def attempt(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """Do something that the game may refuse."""
        try:
            return self.run(work)
        except (NotNowError, ClosedError, NotAllowedError):
            return None

    @property
    def playing(self) -> Any:
        return self.table.quizzes.playing

    def now(self) -> Game:
        assert self.game
        self.game = self.run(self.table.quizzes.game(self.game.id))
        return self.game

    @initialize(mode=st.sampled_from(Mode), may_change=st.booleans(), count=st.integers(1, 3), starts=st.booleans())
    def open(self, mode: Mode, may_change: bool, count: int, starts: bool) -> None:
        self.game = self.run(self.table.game(2, rules=Rules(rounds=count, mode=mode, may_change=may_change)))
        self.run(self.playing.leases(self.worker).claim("telegram", self.table.clock()))
        if starts:
            self.deliver()

    @rule(number=somebody)
    def join(self, number: int) -> None:
        self.attempt(self.table.quizzes.join(self.now().id, learner(number), f"Player {number}"))

    @rule(number=somebody)
    def leave(self, number: int) -> None:
        self.run(self.table.quizzes.leave(self.now().id, learner(number)))

    @rule(wish=st.sampled_from(["skip", "pause", "resume", "resume"]))
    def lead(self, wish: str) -> None:
        self.attempt(getattr(self.table.quizzes, wish)(self.now().id, learner(1), manages=True))

    @rule()
    def deliver(self) -> None:
        """What comes next until the question is before the people."""
        if self.now().phase is Phase.LOBBY:
            self.lead("start")
        self.go_on()
        game = self.now()
        if game.phase is Phase.ASKING:
            self.attempt(self.playing.delivered(game, self.table.clock(), "m", None, self.worker))

    @rule()
    def fail_to_deliver(self) -> None:
        self.attempt(self.playing.pass_over(self.now(), self.worker))

    @rule(who=st.lists(somebody, min_size=1, max_size=6), right=st.booleans(), named=st.booleans(), late=st.booleans())
    def answer(self, who: list[int], right: bool, named: bool, late: bool) -> None:
        """Some answer at the very same time, and some of them twice."""
        game = self.now()
        if not game.round:
            return
        round = self.run(self.table.quizzes.round(game.id, game.round))
        said = self.table.right(game, round) if right else self.table.wrong(game, round)
        at = self.table.clock() + timedelta(seconds=60 if late else 0)

        async def all_at_once() -> list[Receipt]:
            quizzes = self.table.quizzes
            return await asyncio.gather(
                *(
                    quizzes.answer(game.id, round.number, learner(number), said, at, "Late" if named else None)
                    for number in who
                )
            )

        for number, receipt in zip(who, self.run(all_at_once()), strict=True):
            key = round.number, number
            if receipt is Receipt.TAKEN and not game.rules.may_change:
                assert key not in self.given, "a second answer was taken"
            if receipt in (Receipt.TAKEN, Receipt.CHANGED):
                assert game.phase in (Phase.ASKING, Phase.OPEN)
                assert not (late and game.phase is Phase.OPEN)
                self.given[key] = self.kept(*key)

    def kept(self, round: int, number: int) -> str:
        assert self.game
        (row,) = self.run(self.table.rows(answers, game=self.game.id, round=round, learner=number))
        return str(row["response"])

    @rule()
    def close(self) -> None:
        game = self.now()
        closed = self.attempt(self.playing.close(game, self.worker))
        if closed is None:
            return
        reveal = closed.reveal
        assert reveal is not None
        assert self.run(self.playing.reveal(closed.game)) == reveal
        for row in self.run(self.table.rows(answers, game=game.id, round=game.round)):
            self.points[game.round, row["learner"]] = row["points"]

    @rule()
    def go_on(self) -> None:
        self.attempt(self.playing.go_on(self.now(), self.worker))

    @rule()
    def feed(self) -> None:
        game = self.now()
        for number in range(1, game.round + 1):
            self.run(self.table.quizzes.feeding.feed(game.id, number))

    @rule(seconds=st.integers(1, 30))
    def time_passes(self, seconds: int) -> None:
        self.table.clock.forward(seconds=seconds)

    @rule()
    def crash(self) -> None:
        """Everything in memory is gone; another worker takes over."""
        self.table.quizzes = self.table.again()
        self.table.clock.forward(seconds=10)
        self.worker = f"worker {int(self.worker.split()[1]) + 1}"
        self.run(self.playing.leases(self.worker).claim("telegram", self.table.clock()))

    @invariant()
    def a_player_has_one_answer_a_round_and_it_is_the_one_that_was_acknowledged(self) -> None:
        if self.game:
            found = self.run(self.table.answers(self.game.id))
            assert {(row["round"], row["learner"]): row["response"] for row in found} == self.given

    @invariant()
    def scores_are_what_the_reveals_said(self) -> None:
        if self.game:
            found = self.run(self.table.answers(self.game.id))
            told = {(row["round"], row["learner"]): row["points"] for row in found if row["points"] is not None}
            assert told == self.points
            sums = {row["learner"]: row["score"] for row in self.run(self.table.rows(players, game=self.game.id))}
            expected = dict.fromkeys(sums, 0)
            for (_, number), points in told.items():
                expected[number] += points
            assert sums == expected

    def teardown(self) -> None:
        """Lead the game to its end: every round that began is closed, and every answer was fed once."""
        try:
            if self.game:
                self.finish()
        finally:
            self.run(self.table.database.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    def finish(self) -> None:
        for _ in range(20):
            game = self.now()
            if game.phase is Phase.OVER:
                break
            self.lead("resume")
            self.deliver()
            self.close()
        game = self.now()
        assert game.phase is Phase.OVER
        begun = [row for row in self.run(self.table.rows(rounds, game=game.id)) if row["shown_at"]]
        assert all(row["closed_at"] for row in begun)
        self.run(self.playing.final(game))
        assert self.run(self.playing.end(game)).ended_at
        self.feed()
        self.feed()
        assert len(self.run(self.table.rows(attempts))) == len(self.given)
        self.scores_are_what_the_reveals_said()


@pytest.mark.timeout(240)
def test_a_game_survives_anything_in_any_order(migrated: Path, bank: Bank) -> None:
    AnyOrder.bank, AnyOrder.empty, AnyOrder.supply = bank, migrated, Supply()
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
