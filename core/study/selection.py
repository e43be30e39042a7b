"""Which question comes next. Pure: time and chance are passed in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from random import Random

from core.bank.generators.family import Family
from core.bank.generators.supply import Supply
from core.bank.model import Bank, Question
from core.bank.versions import Python
from core.study.mastery import Cell, Place, Syllabus, touched, weakest
from core.study.memory import Memory

WINDOW = 12
"""So many questions back none is repeated, however due it is."""

GENERATED_SHARE = 1 / 3
"""The share of new questions that a generator makes where a cell has one that is new; all once nothing written is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner asked for: a level and a topic, each optional."""

    level: int | None = None
    topic: str | None = None

    def takes(self, place: Place | None) -> bool:
        """Whether what belongs there is wished for; what belongs nowhere is not."""
        return place is not None and self.level in (None, place[0]) and self.topic in (None, place[1])


class Shelf:
    """The bank's questions by level and competency, arranged once, so that choosing does not walk the bank.

    With a supply there are generated questions as well. What is asked and remembered is an item: a written question,
    under its id, or a family of generated ones, under the family's key.
    """

    def __init__(self, bank: Bank, supply: Supply | None = None) -> None:
        self._supply = supply
        self._by_cell: dict[Place, list[Question]] = defaultdict(list)
        self._order = list(bank.competencies)
        self._by_id = bank.questions
        for question in bank.questions.values():
            self._by_cell[question.truth.level, question.competency].append(question)
        self._cells = self._by_cell.keys() | (supply.cells() if supply else frozenset())
        self._topics = {
            level: tuple(each for each in self._order if (level, each) in self._cells) for level in (1, 2, 3)
        }
        self.syllabus = lru_cache(maxsize=8)(self._syllabus)

    def question(self, id: str) -> Question | None:
        """A question by its id, written or generated; None when it has left the bank."""
        return self._by_id.get(id) or (self._supply.question(id) if self._supply else None)

    def item(self, id: str) -> str:
        """The key under which a question is remembered."""
        family = None if id in self._by_id or self._supply is None else self._supply.family_of(id)
        return family.key if family else id

    def competency(self, id: str) -> str | None:
        """What a question is about, without making it; None when it has left the bank."""
        if id in self._by_id:
            return self._by_id[id].competency
        family = self._supply.family_of(id) if self._supply else None
        return family.competency if family else None

    def _syllabus(self, python: Python) -> Syllabus:
        """What can be asked of a Python."""
        places: dict[str, Place] = {}
        for competency in self._order:
            for cell in ((level, competency) for level in (1, 2, 3)):
                places |= {each.id: cell for each in self.questions(cell) if each.truth.asked_on(python)}
                places |= {family.key: cell for family in self.families(cell)}
        return Syllabus(places, Counter(places.values()))

    def cells(self, wish: Wish, level: int) -> tuple[Place, ...]:
        """The (level, competency) cells that fit a wish; without a level, those up to the learner's, nearest first."""
        return tuple((each, topic) for each, topics in self.topics(wish, level) for topic in topics)

    def topics(self, wish: Wish, level: int) -> Iterator[tuple[int, Sequence[str]]]:
        """The levels that fit a wish, nearest first, each with the competencies that have a cell there."""
        for each in [wish.level] if wish.level else [level, *range(level - 1, 0, -1), *range(level + 1, 4)]:
            yield each, self._topics[each] if not wish.topic else (wish.topic,) * ((each, wish.topic) in self._cells)

    def questions(self, cell: Place) -> Sequence[Question]:
        """The written questions of a cell."""
        return self._by_cell.get(cell, ())

    def families(self, cell: Place) -> Sequence[Family]:
        """The generators of a cell."""
        return self._supply.families(*cell) if self._supply else ()

    def generated(self, cell: Place, python: Python, random: Random, known: Collection[str]) -> Question | None:
        """A generated question of a cell that is not among the known ids; None where there is no generator."""
        return self._supply.fresh(*cell, python, random, known) if self._supply else None

    def is_generated(self, item: str) -> bool:
        """Whether an item has a fresh question each time."""
        return self._supply is not None and self._supply.family(item) is not None

    def draw(self, item: str, python: Python, random: Random, known: Collection[str]) -> Question | None:
        """The question with which an item is asked: the written one, or one of the family that is not known yet."""
        family = self._supply.family(item) if self._supply else None
        if self._supply is None or family is None:
            return self._by_id.get(item)
        return self._supply.fresh_of(family, python, random, known)


def next_question(
    shelf: Shelf,
    wish: Wish,
    level: int,
    python: Python,
    memories: Mapping[str, Memory],
    recent: Sequence[str],
    now: datetime,
    random: Random,
    set_aside: Set[str] = frozenset(),
    generated: Set[str] = frozenset(),
) -> Question | None:
    """The question to ask: what is due, then something new from the weakest cell, then practice, then the oldest.

    `memories` are the learner's by item; `recent` the ids asked last, newest first; `set_aside` those never to be
    asked; `generated` those that were made for this learner before. None when nothing fits.
    """
    syllabus = shelf.syllabus(python)
    window = {shelf.item(id) for id in recent[:WINDOW]}
    blocked = window | set_aside
    by_due = sorted((memory.due, item) for item, memory in memories.items() if wish.takes(syllabus.places.get(item)))
    free = [(due, item) for due, item in by_due if item not in blocked]
    known = {*recent, *set_aside, *generated}
    choices = chain(
        (item for due, item in free if due <= now),
        _new(shelf, wish, level, python, memories, blocked, now, random),
        _practice(shelf, [item for _, item in by_due], window),
        (item for _, item in free),
    )
    drawn = (shelf.draw(item, python, random, known) for item in choices)
    found = next((question for question in drawn if question is not None), None)
    return found or _anything(shelf, wish, level, python, recent, set_aside)


def _new(
    shelf: Shelf,
    wish: Wish,
    level: int,
    python: Python,
    memories: Mapping[str, Memory],
    blocked: Set[str],
    now: datetime,
    random: Random,
) -> Iterator[str]:
    """Items never asked, from the weakest cell at the nearest level; chance decides between equals."""
    known = memories.keys() | blocked
    for cell in _ranked(shelf, wish, level, touched(shelf.syllabus(python), memories, now), random):
        written = [each.id for each in shelf.questions(cell) if each.id not in known and each.truth.asked_on(python)]
        made = [family.key for family in shelf.families(cell) if family.key not in known]
        if not written or random.random() < GENERATED_SHARE:
            yield from random.sample(made, len(made))
        if written:
            yield random.choice(written)


def _ranked(shelf: Shelf, wish: Wish, level: int, known: Mapping[Place, Cell], random: Random) -> Iterator[Place]:
    """The cells, nearest level first, then the weakest; one at a time, for mostly the first will do.

    Those never touched count as the weakest: each is asked once before another one is asked a second time.
    """
    for each, topics in shelf.topics(wish, level):
        yield from ((each, topic) for topic in _shuffled(topics, random) if (each, topic) not in known)
        weak = [cell for cell in known.values() if wish.topic in (None, cell.competency)]
        yield from ((each, cell.competency) for cell in weakest(random.sample(weak, len(weak)), each))


def _shuffled(topics: Sequence[str], random: Random) -> Iterator[str]:
    """The topics in an order of chance, drawn as they are asked for: Fisher and Yates without the array."""
    moved: dict[int, int] = {}
    for last in range(len(topics) - 1, -1, -1):
        place = random.randint(0, last)
        yield topics[moved.get(place, place)]
        moved[place] = moved.get(last, last)


def _practice(shelf: Shelf, items: Sequence[str], window: Set[str]) -> Iterator[str]:
    """With nothing due or new: items that have another question each time, those asked a moment ago last."""
    made = [item for item in items if shelf.is_generated(item)]
    yield from sorted(made, key=lambda item: item in window)


def _anything(
    shelf: Shelf, wish: Wish, level: int, python: Python, recent: Sequence[str], set_aside: Set[str]
) -> Question | None:
    """With everything asked a moment ago: whatever fits and was asked longest ago."""
    age = {id: index for index, id in enumerate(recent)}
    fitting = [
        question
        for cell in shelf.cells(wish, level)
        for question in shelf.questions(cell)
        if question.truth.asked_on(python) and question.id not in set_aside
    ]
    return max(fitting, key=lambda question: age.get(question.id, len(age)), default=None)
