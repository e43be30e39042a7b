"""What people write after `/quiz`."""

import pytest

from core.chat.quiz_words import VERBS, GameWish, OutOfRangeError, game_wish, verb_of
from core.quiz.model import Mode

UNDERSTOOD = {
    "": GameWish(),
    "slots": GameWish("slots"),
    "weak references": GameWish("weak references"),
    "2": GameWish(level=2),
    "10": GameWish(rounds=10),
    "2 10 30": GameWish(level=2, rounds=10, seconds=30),
    "10 30": GameWish(rounds=10, seconds=30),
    "2 30": GameWish(level=2, seconds=30),
    "3 3 5": GameWish(level=3, rounds=3, seconds=5),
    "slots 2 10 30": GameWish("slots", 2, 10, 30),
    "2 slots 10": GameWish("slots", 2, 10),
    "30s 3 rounds level 1 gc": GameWish("gc", 1, 3, 30),
    "слабые ссылки, уровень 2, 5 раундов по 20 секунд": GameWish("слабые ссылки", 2, 5, 20),
    "про слоты 5 вопросов 15 сек": GameWish("слоты", rounds=5, seconds=15),
    "5x20": GameWish(rounds=5, seconds=20),
    "слоты 10х15 команды": GameWish("слоты", rounds=10, seconds=15, mode=Mode.TEAMS),
    "5r 20s": GameWish(rounds=5, seconds=20),
    "teams": GameWish(mode=Mode.TEAMS),
    "last": GameWish(mode=Mode.LAST),
    "last one standing gc 3": GameWish("gc", 3, mode=Mode.LAST),
    "на вылет сборщик мусора": GameWish("сборщик мусора", mode=Mode.LAST),
    "каждый за себя": GameWish(mode=Mode.ALL),
    "all": GameWish(mode=Mode.ALL),
    "можно менять ответ": GameWish(may_change=True),
    "teams 2 change": GameWish(level=2, mode=Mode.TEAMS, may_change=True),
    "python 3.14": GameWish("python 3.14"),
    "id()": GameWish("id()"),
    "ыдщеы 2": GameWish("ыдщеы", 2),
    "  SLOTS   LEVEL 3 ": GameWish("SLOTS", 3),
}


@pytest.mark.parametrize("words", UNDERSTOOD)
def test_a_game_is_asked_for_in_any_order_and_both_languages(words: str) -> None:
    assert game_wish(words) == UNDERSTOOD[words]


@pytest.mark.parametrize(
    "words", ["0", "500", "2 10 30 40", "level 9", "100 rounds", "1s", "999x20", "-5 21 200 rounds"]
)
def test_what_no_game_has_is_refused(words: str) -> None:
    with pytest.raises(OutOfRangeError):
        game_wish(words)


@pytest.mark.parametrize(
    "words", ["x" * 100_000, "1 " * 50_000, "\0", "٣ ۵", "²", "🐍 2", ", , ,", "по по по", "9" * 400]
)
def test_any_words_are_read_quickly(words: str) -> None:
    try:
        wish = game_wish(words)
    except OutOfRangeError:
        return
    assert len(wish.topic) <= 300


def test_every_verb_is_said_in_both_languages() -> None:
    for verb in set(VERBS.values()):
        said = [word for word, means in VERBS.items() if means == verb]
        assert any(word.isascii() for word in said)
        assert any("а" <= word[0] <= "я" for word in said)


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("stop", "stop"),
        ("СТОП", "stop"),
        ("pause", "pause"),
        ("every", "every"),
        ("every friday 18:00", "every"),
        ("по пятницам 18:00", "every"),
        ("пн ср 9:30", "every"),
        ("stop words", None),
        ("start", "start"),
        ("слоты", None),
        ("по слотам", None),
        ("", None),
    ],
)
def test_verbs_stand_alone_and_days_ask_for_a_league(words: str, verb: str | None) -> None:
    assert verb_of(words) == verb
