"""A quiz as it stands: the game, its players, its rounds, what they answered, and what is told after a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.bank.model import Question
from core.delivery.schedules import Address
from core.study.asking import Asked


class Mode(StrEnum):
    """Who wins."""

    ALL = "all"
    """Each for themselves; the most points win."""
    TEAMS = "teams"
    """The team with the best average wins."""
    LAST = "last"
    """A wrong answer, or none, puts a player out; who is left wins."""


class Phase(StrEnum):
    """Where a game stands."""

    LOBBY = "lobby"
    """People join; `until` is when it starts."""
    WAITING = "waiting"
    """The start is put off because too many games run; people go on joining. `until` is when it is expected."""
    ASKING = "asking"
    """A question is on its way; the round begins when it has arrived. `until` is when delivering it is tried again."""
    OPEN = "open"
    """Answers are taken until `until`."""
    REVEAL = "reveal"
    """The answer stands there; `until` is when the next round begins."""
    PAUSED = "paused"
    """The host paused it, in the phase `interrupted`, with `left` to go. Rounds end before they are paused."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a game is played by. `subject` is a competency's slug, empty for everything; `seconds` is a round's time."""

    subject: str = ""
    level: int = 1
    rounds: int = 5
    seconds: int = 20
    mode: Mode = Mode.ALL
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Game:
    """One game in one chat. `host` is None when they were forgotten; `lobby` is the message in which people join.

    `interrupted` is the phase that was paused or stopped; PAUSED while a round runs that is to be followed by a pause.
    """

    id: int
    address: Address
    host: int | None
    rules: Rules
    language: str
    python: str
    phase: Phase
    round: int
    until: datetime | None
    made_at: datetime
    interrupted: Phase | None = None
    left: timedelta | None = None
    lobby: str | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays, and how they stand. `out` is the round that put them out; `left` says that they went by themselves."""

    learner: int
    name: str
    team: int | None = None
    joined_round: int = 0
    out: int | None = None
    left: bool = False
    score: int = 0
    streak: int = 0
    best_streak: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One question of a game. `shown` are the option keys in their order; the times are None until they come."""

    game: int
    number: int
    question: str
    shown: tuple[str, ...]
    message: str | None = None
    poll: str | None = None
    shown_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """A round with its question, for those who show it. `asked` is the question on a sheet nobody has written on."""

    game: Game
    round: Round
    question: Question
    asked: Asked


@dataclass(frozen=True, slots=True)
class Gain:
    """What a round brought a player: points of this round, and how they stand after it."""

    player: Player
    points: int
    answered: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Reveal:
    """A closed round: `picks` counts each option's key, or each typed answer as it was compared; ties share a place.

    `standing` has the place and the gain of everybody who plays, best first.
    """

    put: Put
    right_keys: tuple[str, ...]
    answer: str | None
    picks: Mapping[str, int]
    answered: int
    right: int
    standing: tuple[tuple[int, Gain], ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class TeamScore:
    """A team's number, its average and its players."""

    team: int
    score: float
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class Final:
    """A finished game: `standing` with shared places, teams best first, and what most got wrong.

    `missed` are the questions with the share of wrong answers, the most missed first; `titles` are given for streaks
    (`flawless`, `streak`), a title to each of the learners it names; `ratings` are what everybody's rating is now and
    by how much it changed, in whole points. `cancelled` says that it was stopped before it ended by itself; `flagged`
    are players who answered at machine speed, for the host's eyes.
    """

    game: Game
    standing: tuple[tuple[int, Player], ...]
    teams: tuple[TeamScore, ...]
    missed: tuple[tuple[Question, float], ...]
    titles: Mapping[int, tuple[str, ...]]
    ratings: Mapping[int, tuple[int, int]]
    cancelled: bool
    flagged: tuple[Player, ...] = ()


class Receipt(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    CHANGED = "changed"
    ALREADY = "already"
    """There is one, and it may not be changed."""
    LATE = "late"
    """The round is closed, or not the one that runs."""
    STRANGER = "stranger"
    """Not a player (a forwarded poll, or too late to join)."""
    OUT = "out"
    """A player who is out."""
    INVALID = "invalid"
    """No such option."""


class Notice(StrEnum):
    """What a chat is told between the rounds."""

    RESUMED = "resumed"
    """The tutor was away; the round goes on with the time left."""
    CLOSED_WHILE_AWAY = "closed_while_away"
    """The tutor was away past the end of the round; answers that arrived in time count."""
    NOT_DELIVERED = "not_delivered"
    """A question could not be shown; the round is skipped."""
    PAUSED = "paused"
    PUT_OFF = "put_off"
    """Too many games run, so this one starts later."""
    NOBODY = "nobody"
    """The lobby's time is over, and nobody joined."""
    STOPPED = "stopped"
