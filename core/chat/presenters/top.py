"""The table of `/top`, and what somebody is told of their own place."""

from collections.abc import Sequence

from core.chat.presenters.names import fitted
from core.chat.texts import Voice
from core.document import Block, Button, Document, Heading, Spans, Table, bold, paragraph, text
from core.quiz.rating_store import Rated
from core.study.group_standing import Placed, Standing

SHOWN = 10
"""Rows of the table: a phone shows as many, and nobody is shown at the bottom of a long list."""


def top_document(standing: Standing, rated: Sequence[tuple[int, Rated]], voice: Voice) -> Document:
    """The best of the week, how many take part, the best of the season's quizzes, and the ways in and out.

    The buttons carry the language of the table, because whoever taps them may read another one.
    """
    placed = standing.placed
    blocks: list[Block] = [Heading(text(bold(voice("top-title"))))]
    if placed:
        header = tuple(text(voice(f"top-{column}")) for column in ("place", "name", "right"))
        blocks.append(Table(header, tuple(_row(each, voice) for each in placed[:SHOWN])))
    elif standing.members:
        blocks.append(paragraph(voice("top-empty")))
    blocks.append(paragraph(voice("top-members", members=len(standing.members))))
    if rated:
        header = tuple(text(voice(f"top-{column}")) for column in ("place", "name", "rating"))
        blocks += [
            Heading(text(bold(voice("top-season")))),
            Table(header, tuple(_rating(*each, voice) for each in rated)),
        ]
    ways = tuple(Button(voice(f"top-button-{way}"), f"top:{way}:{voice.language}") for way in ("join", "leave"))
    mine = Button(voice("top-button-mine"), f"top:mine:{voice.language}")
    return Document(tuple(blocks), (ways, (mine,)))


def _row(placed: Placed, voice: Voice) -> tuple[Spans, ...]:
    name = placed.member.name or voice("top-nameless")
    return text(str(placed.place)), text(fitted(name)), text(str(placed.member.right))


def _rating(place: int, rated: Rated, voice: Voice) -> tuple[Spans, ...]:
    points = voice("quiz-points", score=rated.points)
    return text(str(place)), text(fitted(rated.name) or voice("top-nameless")), text(points)


def own_place(standing: Standing, learner: int, voice: Voice) -> str:
    """Somebody's own place, said to them alone."""
    if not standing.has(learner):
        return voice("top-mine-out")
    placed = standing.of(learner)
    if placed is None:
        return voice("top-mine-none")
    return voice("top-mine", place=placed.place, right=placed.member.right)
