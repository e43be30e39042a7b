"""Before a quiz: what is played, by which rule, and who has joined."""

import math
from collections.abc import Sequence
from datetime import datetime

from core.bank.model import Bank
from core.chat.presenters.dates import zone_named
from core.chat.presenters.quiz.words import changes, frame, names, scoring, team, title
from core.chat.texts import Voice
from core.delivery.zones import zone_of
from core.document import Block, Button, Document, Paragraph, Text, bold, paragraph
from core.quiz.model import Game, Mode, Phase, Player
from core.quiz.rules import GATHERING
from core.quiz.scoring import TEAMS


def lobby(
    game: Game, players: Sequence[Player], bank: Bank, voice: Voice, now: datetime, zone: str | None = None
) -> Document:
    """The lobby as it stands; without buttons for what is no longer to be had. `zone` is the host's."""
    rules = game.rules
    there = [player for player in players if not player.left]
    mode = voice(f"quiz-mode-{rules.mode}")
    body: list[Block] = [
        title(rules, bank, voice),
        paragraph(f"{frame(rules, voice)} · {mode}"),
        paragraph(scoring(rules, voice), " ", changes(rules, voice)),
        *_joined(game, there, voice),
        Paragraph((Text(_when(game, voice, now, zone), italic=True),)),
    ]
    return Document(tuple(body), _buttons(game, voice))


def put_off(game: Game, voice: Voice, now: datetime, zone: str | None) -> str:
    """Why a game starts later, and when: by the clock of a zone, or in minutes without one."""
    until = game.until or now
    if zone is None:
        return voice("quiz-put-off-minutes", minutes=max(1, math.ceil((until - now).total_seconds() / 60)))
    return voice("quiz-put-off", time=f"{until.astimezone(zone_of(zone)):%H:%M}", zone=zone_named(zone, voice))


def _joined(game: Game, players: Sequence[Player], voice: Voice) -> list[Block]:
    if game.rules.mode is Mode.TEAMS:
        return [paragraph(*_sides(players, voice))]
    if not players:
        return [paragraph(voice("quiz-joined-none"))]
    return [paragraph(voice("quiz-joined", count=len(players), names=names(players, voice)))]


def _sides(players: Sequence[Player], voice: Voice) -> list[Text]:
    """Each team with its players, and those who will be put into one."""
    lines: list[Text] = []
    for number in (*range(1, TEAMS + 1), None):
        side = [player for player in players if player.team == number]
        if number is None and not side:
            continue
        called = team(number, voice) if number else voice("quiz-no-team")
        lines += [Text("\n")] if lines else []
        lines += [bold(f"{called}: "), Text(names(side, voice) or "—")]
    return lines


def _when(game: Game, voice: Voice, now: datetime, zone: str | None) -> str:
    if game.phase is Phase.OVER:
        return voice("quiz-lobby-ended")
    if game.phase is Phase.WAITING:
        return put_off(game, voice, now, zone)
    if game.phase is not Phase.LOBBY or game.until is None:
        return voice("quiz-lobby-paused" if game.interrupted in GATHERING else "quiz-lobby-over")
    left = max(game.until - now, now - now).total_seconds()
    if left > 90:
        return voice("quiz-starts-minutes", minutes=round(left / 60))
    return voice("quiz-starts", seconds=round(left / 5) * 5)


def _buttons(game: Game, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    if game.phase is Phase.OVER:
        return ()
    rows = [_ways_in(game, voice)]
    if game.phase in GATHERING:
        verbs = ("start", "cancel") if game.phase is Phase.LOBBY else ("cancel",)
        rows.append(tuple(Button(voice(f"quiz-button-{verb}"), f"quiz:{verb}:{game.id}") for verb in verbs))
    return tuple(rows)


def _ways_in(game: Game, voice: Voice) -> tuple[Button, ...]:
    if game.rules.mode is Mode.TEAMS:
        return tuple(Button(team(number, voice), f"quiz:team:{game.id}:{number}") for number in range(1, TEAMS + 1))
    return (Button(voice("quiz-button-join"), f"quiz:join:{game.id}"),)
