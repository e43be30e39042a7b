"""The end of a quiz: who won, what was hardest, what everybody is called for, and what one can do next."""

from collections.abc import Iterator, Sequence

from core.bank.markdown import blocks
from core.bank.model import Bank, Question
from core.chat.pictures.board import Board, Seat
from core.chat.presenters.quiz.words import frame, level, listed, named, points, subject, team
from core.chat.texts import Voice
from core.document import (
    Block,
    Bullets,
    Button,
    CodeBlock,
    Document,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Spans,
    Text,
    bold,
    paragraph,
    plain_block,
    text,
)
from core.quiz.model import Final, Mode, Player, TeamScore

STEPS, ROWS = 3, 10
"""On the podium, and on the scoreboard: a phone shows as many, and nobody stands at the bottom of a long list."""
MISSED = 3
PROMPT = 90
"""Characters of a question that reminds of it."""
HARD = 0.5
"""From this share of wrong answers on a question was hard."""


def final_document(final: Final, picture: bytes | None, bank: Bank, voice: Voice) -> Document:
    """The end; the standing in words where it could not be drawn. Without players only that it is over."""
    body: list[Block] = [Heading((bold(_headline(final, voice)),))]
    if final.game.rules.mode is Mode.TEAMS and not picture:
        body.append(Bullets(tuple(_sides(final, voice))))
    if _is_alone(final):
        body.append(paragraph(voice("quiz-alone-score", score=final.standing[0][1].score)))
    elif not picture and _listed(final):
        body.append(Paragraph(_places(final, voice)))
    body += [paragraph(line) for line in _titles(final, voice)]
    body += _missed(final, bank, voice) if final.standing else []
    if final.flagged and not _is_alone(final):
        # Only the host, or who manages a league's chat, learns whom it is about: the chat reads that there is a note.
        body.append(paragraph(voice("quiz-note-for-admins" if final.game.host is None else "quiz-note-for-host")))
    if picture:
        body.append(Picture(picture, "quiz.png", _in_words(final, voice)))
    return Document(tuple(body), _buttons(final, voice))


def board(final: Final, bank: Bank, voice: Voice) -> Board | None:
    """What is to be drawn; None for a game that one person played, or nobody."""
    scored = _listed(final)
    if not scored or _is_alone(final):
        return None
    rules = final.game.rules
    subtitle = f"{subject(rules, bank, voice)} · {level(rules, voice)} · {frame(rules, voice)}"
    rows = tuple(_seat(place, player, _known(final, player, voice), voice) for place, player in scored[:ROWS])
    steps = [_seat(place, player, _right(final, player, voice), voice) for place, player in scored]
    if rules.mode is Mode.TEAMS:
        steps = list(_team_seats(final, voice))
    return Board(voice("quiz-picture-title"), subtitle, tuple(steps[:STEPS]), rows, voice("quiz-nameless"))


def _listed(final: Final) -> list[tuple[int, Player]]:
    """Those with points: nobody is shown for having none."""
    return [(place, player) for place, player in final.standing if player.score > 0]


def _seat(place: int, player: Player, detail: str, voice: Voice) -> Seat:
    return Seat(place, player.name, player.score, points(player.score, voice), detail)


def _team_seats(final: Final, voice: Voice) -> Iterator[Seat]:
    for place, side in _placed_teams(final):
        yield Seat(place, team(side.team, voice), side.score, points(side.score, voice), voice("quiz-average"))


def _placed_teams(final: Final) -> Iterator[tuple[int, TeamScore]]:
    """The teams with players, best first; equals share a place."""
    sides = [side for side in final.teams if side.players]
    for side in sides:
        yield 1 + sum(other.score > side.score for other in sides), side


def _is_alone(final: Final) -> bool:
    return len(final.standing) == 1


def _headline(final: Final, voice: Voice) -> str:
    """Who won, or what else there is to say of the end."""
    if final.cancelled:
        return f"🏁 {voice('quiz-stopped-early')}"
    if _is_alone(final):
        player = final.standing[0][1]
        return f"🏁 {voice('quiz-alone-result', right=player.right, total=final.game.rules.rounds)}"
    if final.game.rules.mode is Mode.TEAMS:
        sides = [team(side.team, voice) for place, side in _placed_teams(final) if place == 1 and side.score > 0]
        return _won(sides, "quiz-won-team", voice)
    winners = [player for place, player in final.standing if place == 1 and player.score > 0]
    return _won([named(player, voice) for player in winners], "quiz-won", voice)


def _won(winners: Sequence[str], said: str, voice: Voice) -> str:
    if not winners:
        return f"🏁 {voice('quiz-no-winner')}"
    return f"🏆 {voice(said if len(winners) == 1 else 'quiz-drawn', names=listed(winners, voice))}"


def _sides(final: Final, voice: Voice) -> Iterator[Spans]:
    for _, side in _placed_teams(final):
        yield text(voice("quiz-team-score", team=team(side.team, voice), score=points(side.score, voice)))


def _places(final: Final, voice: Voice) -> Spans:
    lines: list[Inline] = []
    for place, player in _listed(final)[:ROWS]:
        lines += [Text("\n")] if lines else []
        lines += [Text(f"{place}. {named(player, voice)} "), bold(points(player.score, voice))]
        known = _known(final, player, voice)
        lines += [Text(f" · {known}")] if known else []
    return tuple(lines)


def _in_words(final: Final, voice: Voice) -> str:
    """The picture for those who cannot see it."""
    places = (f"{place}. {named(player, voice)} {points(player.score, voice)}" for place, player in _listed(final))
    return "; ".join(list(places)[:ROWS])


def _right(final: Final, player: Player, voice: Voice) -> str:
    return voice("quiz-right-of", right=player.right, total=final.game.rules.rounds)


def _known(final: Final, player: Player, voice: Voice) -> str:
    """What stands beside a name: the team where there are some, and the rating."""
    side = team(player.team, voice) if player.team and final.game.rules.mode is Mode.TEAMS else ""
    return " · ".join(filter(None, (side, _rating(final, player, voice))))


def _rating(final: Final, player: Player, voice: Voice) -> str:
    """The rating, with what it rose by; what it fell by is nobody's business."""
    rating, change = final.ratings.get(player.learner, (0, 0))
    if not rating:
        return ""
    return voice("quiz-rating-up", rating=rating, change=change) if change > 0 else voice("quiz-rating", rating=rating)


def _titles(final: Final, voice: Voice) -> Iterator[str]:
    """Each title with those who earned it; who made no mistake at all needs no title for the longest streak."""
    players = {player.learner: player for _, player in final.standing}
    for sign, title in (("💎", "flawless"), ("🔥", "streak")):
        earned = [
            players[learner]
            for learner, titles in final.titles.items()
            if title in titles and learner in players and not (title == "streak" and "flawless" in titles)
        ]
        if earned and not _is_alone(final):
            said = [f"{named(player, voice)} ({player.best_streak})" for player in earned]
            yield f"{sign} {voice(f'quiz-title-{title}', names=listed(said, voice))}"


def _missed(final: Final, bank: Bank, voice: Voice) -> list[Block]:
    """What most got wrong, by how many; of one who played alone, what will come back."""
    hardest = [(question, share) for question, share in final.missed if share >= HARD][:MISSED]
    if not hardest:
        return []
    if _is_alone(final):
        lines = [_reminder(question, final, bank, voice) for question, _ in hardest]
        return [paragraph(bold(voice("quiz-missed-alone"))), Bullets(tuple(lines))]
    lines = [
        (*_reminder(question, final, bank, voice), Text(f" ({_share(share, voice)})")) for question, share in hardest
    ]
    return [paragraph(bold(voice("quiz-missed"))), Bullets(tuple(lines))]


def _share(share: float, voice: Voice) -> str:
    return voice("quiz-missed-share", percent=round(share * 100))


def _reminder(question: Question, final: Final, bank: Bank, voice: Voice) -> Spans:
    """A question in short: its topic, and how it was put."""
    topic = bank.competencies.get(question.competency)
    parts = blocks(question.texts[voice.language].prompt.replace("{python}", final.game.python))
    words = " ".join(plain_block(part) for part in parts if not isinstance(part, CodeBlock))
    shown = words if len(words) <= PROMPT else words[: PROMPT - 1].rstrip() + "…"
    return text(f"{topic.name(voice.language)}: {shown}" if topic else shown)


def _buttons(final: Final, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    if not final.standing:
        return ()
    verbs = ("rematch", "weak")
    return (tuple(Button(voice(f"quiz-button-{verb}"), f"quiz:{verb}:{final.game.id}") for verb in verbs),)
