"""A quiz as people ask for it: `/quiz weak references 2 10 30`, `/quiz слоты, 5 раундов по 20 секунд, команды`.

Order is free, both languages mix. Numbers with a word are what the word says; bare ones are the level, the rounds and
the seconds, in this order, each where it can be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.delivery.day_words import days_at
from core.quiz.model import Mode

LEVELS = range(1, 4)
ROUNDS = range(1, 21)
"""Longer games lose their players."""
SECONDS = range(5, 121)
"""A poll is open for five seconds at least (https://core.telegram.org/bots/api#sendpoll)."""

VERBS: Mapping[str, str] = {
    word: verb
    for verb, words in {
        "stop": "stop end cancel стоп хватит останови остановить отмена",
        "skip": "skip пропусти пропустить скип",
        "pause": "pause пауза",
        "resume": "resume continue продолжи продолжить продолжаем",
        "start": "start старт начать поехали",
        "join": "join участвую войти",
        "leave": "leave выйти выхожу",
        "off": "off выкл выключи выключить",
        "every": "every daily каждый каждую каждое каждые ежедневно",
    }.items()
    for word in words.split()
}
"""The first word of what is no new game, and what it asks for."""

_MODES = {
    Mode.LAST: r"last(?:\s+(?:one|man)\s+standing)?|на\s+(?:вылет|выбывание)|выбывание|последний\s+герой",
    Mode.TEAMS: r"teams?|команд(?:ы|ами|а)?",
    Mode.ALL: r"(?:free\s+for\s+)?all|ffa|each\s+for\s+themselves|каждый\s+(?:сам\s+)?за\s+себя",
}
_CHANGE = r"(?:with\s+)?chang(?:e|es|ing)(?:\s+answers?)?|(?:можно\s+)?менять(?:\s+ответы?)?"
_LEVEL = r"(?:level|lvl|уровень|уровня)\s*(?P<first>\d+)|(?P<second>\d+)\s*(?:level|lvl|уровень|уровня)"
_ROUNDS = r"(?P<first>\d+)\s*-?(?:rounds?|r|раунд(?:а|ов)?|questions?|вопрос(?:а|ов)?)"
_SECONDS = r"(?:(?:по|of|by|for|на)\s+)?(?P<first>\d+)\s*-?(?:seconds?|secs?|s|секунд[уы]?|сек|с)"
_TIMES = r"(?P<rounds>\d+)\s*[xх×*]\s*(?P<seconds>\d+)"
_NUMBER = r"\d+"
_LINKS = frozenset("about on of by in with and про о об по на и с тема теме topic".split())

_ON = re.compile(r"(?:on|по|в|во)\s+", re.IGNORECASE)


def verb_of(words: str) -> str | None:
    """What is asked for instead of a new game; None for a game. Days of the week, too, ask for games on these days."""
    first, _, rest = words.strip().casefold().partition(" ")
    verb = VERBS.get(first)
    if verb == "every" or days_at(_ON.sub("", words.strip(), count=1)):
        return "every"
    return None if rest else verb


def is_for_leaders(words: str) -> bool:
    """Whether that is for the host of a game and those who manage the chat; a weak spot holds a note for them."""
    return words == "weak" or verb_of(words) in ("stop", "skip", "pause", "resume", "start", "off", "every")


@dataclass(frozen=True, slots=True)
class GameWish:
    """What somebody said of the game they want; None for what they left open. `topic` is the rest."""

    topic: str = ""
    level: int | None = None
    rounds: int | None = None
    seconds: int | None = None
    mode: Mode | None = None
    may_change: bool | None = None


class OutOfRangeError(ValueError):
    """No game is so long or so short."""


def game_wish(words: str) -> GameWish:
    """What the words ask for. Raises OutOfRangeError for numbers that no game has."""
    rest = f" {' '.join(words[:300].replace(',', ' ').split())} "
    wish = GameWish()
    for mode, said in _MODES.items():
        rest, found = _taken(said, rest)
        wish = replace(wish, mode=mode) if found else wish
    rest, found = _taken(_CHANGE, rest)
    wish = replace(wish, may_change=True) if found else wish
    rest, times = _taken(_TIMES, rest)
    if times:
        wish = replace(wish, rounds=int(times["rounds"]), seconds=int(times["seconds"]))
    for field, said in (("level", _LEVEL), ("rounds", _ROUNDS), ("seconds", _SECONDS)):
        rest, found = _taken(said, rest)
        if found:
            number = found["first"] or found.groupdict().get("second")
            wish = _with(wish, field, int(number or 0))
    while (taken := _taken(_NUMBER, rest))[1]:
        rest, found = taken
        wish = _counted(wish, int(found[0] if found else 0))
    return _checked(replace(wish, topic=_without_links(rest)))


def _taken(said: str, words: str) -> tuple[str, "re.Match[str] | None"]:
    """The words without the first that say this, and those."""
    found = re.search(rf"(?<=\s)(?:{said})(?=\s)", words, re.IGNORECASE)
    return (f"{words[: found.start()]}{words[found.end() :]}", found) if found else (words, None)


def _counted(wish: GameWish, number: int) -> GameWish:
    """A bare number: the first of level, rounds and seconds that is open and can be so much."""
    for field, allowed in (("level", LEVELS), ("rounds", ROUNDS), ("seconds", SECONDS)):
        if getattr(wish, field) is None and number in allowed:
            return _with(wish, field, number)
    raise OutOfRangeError(number)


def _with(wish: GameWish, field: str, number: int) -> GameWish:
    match field:
        case "level":
            return replace(wish, level=number)
        case "rounds":
            return replace(wish, rounds=number)
        case _:
            return replace(wish, seconds=number)


def _checked(wish: GameWish) -> GameWish:
    for number, allowed in ((wish.level, LEVELS), (wish.rounds, ROUNDS), (wish.seconds, SECONDS)):
        if number is not None and number not in allowed:
            raise OutOfRangeError(number)
    return wish


def _without_links(words: str) -> str:
    said = words.split()
    while said and said[0].casefold() in _LINKS:
        said.pop(0)
    while said and said[-1].casefold() in _LINKS:
        said.pop()
    return " ".join(said)
