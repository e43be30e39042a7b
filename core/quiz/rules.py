"""The moves of a game: from one state to the next, with no clock and no I/O of their own.

Each function takes the game as it stands and gives the game as it will stand, or raises NotNowError.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from core.quiz.model import Game, Mode, Notice, Phase, Receipt

LOBBY = timedelta(seconds=60)
"""How long people may join before the first round."""
READING = timedelta(seconds=8)
"""How long a reveal stands before the next question."""
GRACE = timedelta(milliseconds=200)
"""How long after the end of a round it is closed: what was tapped in time is still on its way."""
PATIENCE = timedelta(minutes=30)
"""How long a game stays paused before it ends."""


GATHERING = (Phase.LOBBY, Phase.WAITING)
"""The phases before the first question: people come and pick their teams."""


class NotNowError(Exception):
    """The game is in no phase for this."""

    def __init__(self, game: Game) -> None:
        super().__init__(game.phase)
        self.game = game


def start(game: Game, now: datetime) -> Game:
    """From the lobby to the first question."""
    _only(game, *GATHERING)
    return replace(game, phase=Phase.ASKING, round=1, until=now, begun_at=now)


def put_off(game: Game, start: datetime) -> Game:
    """There is no room yet: it is expected at that moment."""
    _only(game, *GATHERING)
    return replace(game, phase=Phase.WAITING, until=start)


def shown(game: Game, at: datetime) -> Game:
    """The question has arrived: the round lasts from that moment."""
    _only(game, Phase.ASKING)
    return replace(game, phase=Phase.OPEN, until=at + timedelta(seconds=game.rules.seconds))


def not_shown(game: Game, again: datetime) -> Game:
    """The question did not arrive; it is tried again at that moment."""
    _only(game, Phase.ASKING)
    return replace(game, until=again)


def pass_over(game: Game, now: datetime) -> Game:
    """The question cannot be shown: on to the next one, or to the end."""
    _only(game, Phase.ASKING)
    return _next(game, now)


def close(game: Game, now: datetime, is_last: bool) -> Game:
    """The round's time is up. The last round may come early: where one player is left, or none."""
    _only(game, Phase.OPEN)
    rules = replace(game.rules, rounds=game.round) if is_last else game.rules
    return _rest_if_asked(replace(game, rules=rules, phase=Phase.REVEAL, until=now + READING), now)


def go_on(game: Game, now: datetime) -> Game:
    """The reveal has been read: the next question, or the end."""
    _only(game, Phase.REVEAL)
    return _next(game, now)


def hasten(game: Game, now: datetime) -> Game:
    """End the round, or the reading, now: everybody has answered, or the host skips it."""
    _only(game, Phase.OPEN, Phase.REVEAL)
    return replace(game, until=min(now, game.until or now))


def skip(game: Game, now: datetime) -> Game:
    """What the host does not want to wait for."""
    return pass_over(game, now) if game.phase is Phase.ASKING else hasten(game, now)


def pause(game: Game, now: datetime) -> Game:
    """Stop the time; a round that runs ends first, for nobody shall look its question up in a pause."""
    if game.phase in (Phase.ASKING, Phase.OPEN):
        return replace(game, interrupted=Phase.PAUSED)
    _only(game, *GATHERING, Phase.REVEAL)
    return _rest(game, now)


def resume(game: Game, now: datetime) -> Game:
    """Go on where it was paused, or without the pause that was to come."""
    if is_to_pause(game):
        return replace(game, interrupted=None)
    _only(game, Phase.PAUSED)
    assert game.interrupted is not None
    left = game.left or timedelta(0)
    return replace(game, phase=game.interrupted, interrupted=None, left=None, until=now + left)


def stop(game: Game) -> Game:
    """End it before its time; `interrupted` tells so afterwards."""
    if game.phase is Phase.OVER:
        raise NotNowError(game)
    return replace(game, phase=Phase.OVER, interrupted=phase_of(game), left=None, until=None)


def end(game: Game, now: datetime) -> Game:
    """Nothing more is to be shown: the chat is free for another game."""
    _only(game, Phase.OVER)
    return replace(game, ended_at=now)


def is_cancelled(game: Game) -> bool:
    """Whether it was stopped before it ended by itself."""
    return game.phase is Phase.OVER and game.interrupted is not None


def is_to_pause(game: Game) -> bool:
    """Whether it pauses as soon as the round that runs has ended."""
    return game.phase is not Phase.OVER and game.interrupted is Phase.PAUSED


def phase_of(game: Game) -> Phase:
    """The phase, or the one that is paused."""
    return game.interrupted if game.phase is Phase.PAUSED and game.interrupted else game.phase


def after_a_crash(game: Game, now: datetime) -> Notice | None:
    """What a chat is told when a game is taken up that nobody looked after for a while."""
    if game.phase is not Phase.OPEN:
        return None
    return Notice.RESUMED if game.until and now < game.until else Notice.CLOSED_WHILE_AWAY


def may_join(game: Game) -> bool:
    """Whether somebody may still join: any time, but before the first round ends where a miss puts one out."""
    if game.rules.mode is not Mode.LAST:
        return game.phase is not Phase.OVER
    phase = phase_of(game)
    return phase in GATHERING or (game.round == 1 and phase in (Phase.ASKING, Phase.OPEN))


class Who(Enum):
    """Who gives an answer, as seen from the game."""

    STRANGER = "stranger"
    PLAYS = "plays"
    LEFT = "left"
    OUT = "out"


PLAYS, TAKEN = Who.PLAYS, Receipt.TAKEN
"""What nearly every answer is: up to Python 3.11 a member's look-up costs more than the judgement."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What one round of a game lets in, worked out once for all who answer it together."""

    is_open: bool
    until: datetime | None
    may_join: bool
    again: Receipt

    def judge(self, at: datetime, who: Who, answered: bool, joins: bool) -> Receipt:
        """What becomes of an answer given at that moment; `joins` says that a stranger would join by it."""
        if not self.is_open or (self.until is not None and at > self.until):
            return Receipt.LATE
        if who is not PLAYS:
            if who is Who.OUT:
                return Receipt.OUT
            if not (joins and self.may_join):
                return Receipt.STRANGER
        return self.again if answered else TAKEN


def gate(game: Game, round: int) -> Gate:
    """The gate of a round. While its question is on its way there is no end yet: some have it before we know."""
    is_open = game.round == round and game.phase in (Phase.ASKING, Phase.OPEN)
    until = game.until if game.phase is Phase.OPEN else None
    return Gate(is_open, until, may_join(game), Receipt.CHANGED if game.rules.may_change else Receipt.ALREADY)


def _next(game: Game, now: datetime) -> Game:
    if game.round >= game.rules.rounds:
        return replace(game, phase=Phase.OVER, interrupted=None, until=None)
    return _rest_if_asked(replace(game, phase=Phase.ASKING, round=game.round + 1, until=now), now)


def _rest_if_asked(game: Game, now: datetime) -> Game:
    """After a round: the pause that was waiting for its end."""
    return _rest(game, now) if is_to_pause(game) else game


def _rest(game: Game, now: datetime) -> Game:
    left = max((game.until or now) - now, timedelta(0))
    return replace(game, phase=Phase.PAUSED, interrupted=game.phase, left=left, until=now + PATIENCE)


def _only(game: Game, *phases: Phase) -> None:
    if game.phase not in phases:
        raise NotNowError(game)
