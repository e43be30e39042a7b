"""A game from the lobby to the podium, through the use cases and a real database."""

from core.quiz.model import Phase, Receipt
from tests.quiz.play import Table

WORKER = "one"


async def test_a_game_of_one_round(table: Table) -> None:
    game = await table.game()
    from core.quiz.leases import Leases

    await Leases(table.database, WORKER).claim("telegram", table.clock())
    playing = table.quizzes.playing
    game = await table.quizzes.start(game.id, __import__("tests.quiz.play").quiz.play.learner(1))
    game = await playing.delivered(game, table.clock(), "m1", None, WORKER)
    assert game.phase is Phase.OPEN
    assert await table.answer(game, 1) is Receipt.TAKEN
    assert await table.answer(game, 1) is Receipt.ALREADY
    assert await table.answer(game, 2, False) is Receipt.TAKEN
    assert await table.answer(game, 9) is Receipt.STRANGER
    closed = await playing.close(game, WORKER)
    print(closed.reveal.standing, closed.reveal.picks)
    assert await table.scores(game.id) == {1: 1000, 2: 0, 3: 0}
    again = await playing.reveal(closed.game)
    assert again == closed.reveal
    print(await table.quizzes.feeding.feed(game.id, 1))
    final = await playing.final(closed.game)
    print(final)
