"""Games, players and rounds from their rows, and back."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from core.delivery.schedules import Address
from core.quiz.model import Game, Mode, Phase, Player, Round, Rules
from core.storage.quiz_tables import players

PLAYER = tuple(
    players.c[name]
    for name in (
        "game",
        "learner",
        "name",
        "team",
        "joined_round",
        "out_round",
        "left",
        "score",
        "streak",
        "best_streak",
        "right",
    )
)
"""The columns that `player_of` reads, in its order."""


def game_of(row: Row[Any]) -> Game:
    """A game from its row."""
    return Game(
        row.id,
        Address(row.platform, row.chat, row.topic),
        row.host,
        Rules(row.subject, row.level, row.rounds, row.seconds, Mode(row.mode), row.may_change),
        row.language,
        row.python,
        Phase(row.phase),
        row.round,
        row.until,
        row.made_at,
        Phase(row.interrupted) if row.interrupted else None,
        timedelta(milliseconds=row.left_ms) if row.left_ms is not None else None,
        row.lobby,
        row.begun_at,
        row.ended_at,
    )


def standing_of(game: Game) -> dict[str, Any]:
    """The columns that a move changes."""
    return {
        "host": game.host,
        "rounds": game.rules.rounds,
        "phase": game.phase.value,
        "round": game.round,
        "until": game.until,
        "left_ms": round(game.left / timedelta(milliseconds=1)) if game.left is not None else None,
        "interrupted": game.interrupted.value if game.interrupted else None,
        "lobby": game.lobby,
        "begun_at": game.begun_at,
        "ended_at": game.ended_at,
    }


def player_of(row: Row[Any]) -> Player:
    """A player from the columns PLAYER."""
    return Player(*tuple(row)[1:])


def round_of(row: Row[Any]) -> Round:
    """A round from its row."""
    return Round(
        row.game,
        row.number,
        row.question,
        tuple(row.shown),
        row.message,
        row.poll,
        row.shown_at,
        row.closes_at,
        row.closed_at,
        row.skipped,
    )


def player_row(game: int, player: Player) -> dict[str, Any]:
    """The columns of a new player."""
    return {
        "game": game,
        "learner": player.learner,
        "name": player.name,
        "team": player.team,
        "joined_round": player.joined_round,
        "out_round": player.out,
        "left": player.left,
        "score": player.score,
        "streak": player.streak,
        "best_streak": player.best_streak,
        "right": player.right,
    }


def round_row(round: Round) -> dict[str, Any]:
    """What changes of a round, for `KEEP_ROUND`."""
    return {
        "of_game": round.game,
        "of_number": round.number,
        "message": round.message,
        "poll": round.poll,
        "shown_at": round.shown_at,
        "closes_at": round.closes_at,
        "closed_at": round.closed_at,
        "skipped": round.skipped,
    }


def new_game(game: Game) -> dict[str, Any]:
    """The columns of a new game."""
    rules, address = game.rules, game.address
    return {
        "platform": address.platform,
        "chat": address.chat,
        "topic": address.topic,
        "subject": rules.subject,
        "level": rules.level,
        "language": game.language,
        "python": game.python,
        "mode": rules.mode.value,
        "seconds": rules.seconds,
        "may_change": rules.may_change,
        "made_at": game.made_at,
        **standing_of(game),
    }
