"""Which questions a game asks. Pure: chance is passed in."""

from collections.abc import Iterator, Sequence, Set
from random import Random

from core.bank.generators.family import Family
from core.bank.model import Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.study.mastery import Place
from core.study.selection import GENERATED_SHARE, Shelf, Wish

KINDS = (Kind.SINGLE, Kind.TRUTH, Kind.MULTIPLE, Kind.NUMBER, Kind.WORD, Kind.ORDER)
"""What can be marked by the tutor; recall is for one's own judgement."""


def draw(
    shelf: Shelf,
    subject: str,
    level: int,
    python: Python,
    count: int,
    seen: Sequence[str],
    set_aside: Set[str],
    random: Random,
) -> list[Question]:
    """Up to `count` different questions of a level, and of a competency unless it is empty.

    First those that the chat has not seen, then the ones it saw longest ago (`seen` is newest first); where a level
    has too few of a competency, its other levels help out, the nearest first.
    """
    known = {*seen, *set_aside}
    drawn: list[Question] = []
    for each in _levels(level, bool(subject)):
        cells = shelf.cells(Wish(each, subject or None), each)
        drawn += _fresh(shelf, cells, python, count - len(drawn), known, random)
    for each in _levels(level, bool(subject)):
        if len(drawn) >= count:
            break
        taken = {question.id for question in drawn} | set_aside
        cells = shelf.cells(Wish(each, subject or None), each)
        drawn += _again(shelf, cells, python, seen, taken)[: count - len(drawn)]
    return random.sample(drawn, len(drawn))


def _levels(level: int, helped: bool) -> Sequence[int]:
    others = [*range(level - 1, 0, -1), *range(level + 1, 4)]
    return [level, *others] if helped else [level]


def _fresh(
    shelf: Shelf, cells: Sequence[Place], python: Python, count: int, known: Set[str], random: Random
) -> list[Question]:
    """New questions, of as many competencies as there are, and as many generated ones as `/ask` has."""
    piles = [random.sample(pile, len(pile)) for cell in cells if (pile := _written(shelf, cell, python, known))]
    families = [family for cell in cells for family in shelf.families(cell)]
    makers = iter(random.sample(families, len(families)))
    random.shuffle(piles)
    drawn: list[Question] = []
    while len(drawn) < count:
        wants_made = not piles or random.random() < GENERATED_SHARE
        made = _made(shelf, makers, python, known, random) if wants_made else None
        if made is None and not piles:
            break
        if made is None:
            pile = piles.pop(0)
            made = pile.pop()
            if pile:
                piles.append(pile)
        drawn.append(made)
    return drawn


def _made(shelf: Shelf, makers: Iterator[Family], python: Python, known: Set[str], random: Random) -> Question | None:
    """A question of the next family that has one; each family is asked once a game."""
    for family in makers:
        question = shelf.draw(family.key, python, random, known)
        if question is not None and question.truth.kind in KINDS:
            return question
    return None


def _written(shelf: Shelf, cell: Place, python: Python, known: Set[str]) -> list[Question]:
    return [each for each in shelf.questions(cell) if each.id not in known and _fits(each, python)]


def _again(
    shelf: Shelf, cells: Sequence[Place], python: Python, seen: Sequence[str], taken: Set[str]
) -> list[Question]:
    """What the chat has seen, longest ago first."""
    age = {id: place for place, id in enumerate(seen)}
    fitting = [each for cell in cells for each in shelf.questions(cell) if each.id not in taken and _fits(each, python)]
    return sorted(fitting, key=lambda each: -age.get(each.id, len(age)))


def _fits(question: Question, python: Python) -> bool:
    return question.truth.kind in KINDS and question.truth.asked_on(python)
