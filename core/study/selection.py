"""Which question comes next. Pure: time and chance are passed in."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from random import Random

from core.bank.generators.supply import Supply
from core.bank.model import Bank, Question
from core.bank.versions import Python
from core.study.memory import Memory

WINDOW = 12
"""So many questions back none is repeated, however due it is."""

GENERATED_SHARE = 1 / 3
"""The share of new questions that a generator makes where a cell has one; all of them once nothing written is new."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner asked for: a level and a topic, each optional."""

    level: int | None = None
    topic: str | None = None


class Shelf:
    """The bank's questions by level and competency, arranged once, so that choosing does not walk the bank.

    With a supply there are generated questions as well, behind those that were written.
    """

    def __init__(self, bank: Bank, supply: Supply | None = None) -> None:
        self._supply = supply
        self._by_cell: dict[tuple[int, str], list[Question]] = defaultdict(list)
        self._order = list(bank.competencies)
        self._by_id = bank.questions
        for question in bank.questions.values():
            self._by_cell[question.truth.level, question.competency].append(question)
        self._cells = self._by_cell.keys() | (supply.cells() if supply else frozenset())
        self._topics = {
            level: tuple(each for each in self._order if (level, each) in self._cells) for level in (1, 2, 3)
        }

    def question(self, id: str) -> Question | None:
        """A question by its id, written or generated; None when it has left the bank."""
        return self._by_id.get(id) or (self._supply.question(id) if self._supply else None)

    def item(self, id: str) -> str:
        """The key under which a question is remembered: its id, or that of all the questions of its family."""
        family = None if id in self._by_id or self._supply is None else self._supply.family_of(id)
        return family.key if family else id

    def competency(self, id: str) -> str | None:
        """What a question is about, without making it; None when it has left the bank."""
        if id in self._by_id:
            return self._by_id[id].competency
        family = self._supply.family_of(id) if self._supply else None
        return family.competency if family else None

    def cells(self, wish: Wish, level: int) -> tuple[tuple[int, str], ...]:
        """The (level, competency) cells that fit a wish; without a level, those up to the learner's, nearest first."""
        return tuple((each, topic) for each, topics in self.topics(wish, level) for topic in topics)

    def topics(self, wish: Wish, level: int) -> Iterator[tuple[int, Sequence[str]]]:
        """The levels that fit a wish, nearest first, each with the competencies that have a cell there."""
        for each in [wish.level] if wish.level else [level, *range(level - 1, 0, -1), *range(level + 1, 4)]:
            yield each, self._topics[each] if not wish.topic else (wish.topic,) * ((each, wish.topic) in self._cells)

    def has(self, cell: tuple[int, str]) -> bool:
        """Whether anything can be asked there, written or generated."""
        return cell in self._cells

    def questions(self, cell: tuple[int, str]) -> Sequence[Question]:
        """The written questions of a cell."""
        return self._by_cell.get(cell, ())

    def generated(
        self, cell: tuple[int, str], python: Python, random: Random, known: Collection[str]
    ) -> Question | None:
        """A generated question of a cell that is not among the known ids; None where there is no generator."""
        return self._supply.fresh(*cell, python, random, known) if self._supply else None


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
) -> Question | None:
    """The question to ask: first what is due, then something new from the least practised cell, then the oldest.

    `memories` are the learner's by question id; `recent` the ids asked last, newest first; `set_aside` those never to
    be asked. None when nothing fits.
    """
    blocked = {*recent[:WINDOW], *set_aside}
    due = sorted((memory.due, memory.question) for memory in memories.values() if memory.due <= now)
    for _, id in due:
        question = shelf.question(id)
        if question is not None and id not in blocked and _fits(question, wish, python):
            return question
    fresh = _fresh(shelf, wish, level, python, memories, blocked, random)
    if fresh is not None:
        return fresh
    for memory in sorted(memories.values(), key=lambda memory: memory.due):
        question = shelf.question(memory.question)
        if question is not None and memory.question not in blocked and _fits(question, wish, python):
            return question
    return _anything(shelf, wish, level, python, recent, set_aside)


def _fits(question: Question, wish: Wish, python: Python) -> bool:
    return (
        question.truth.asked_on(python)
        and wish.level in (None, question.truth.level)
        and wish.topic in (None, question.competency)
    )


def _fresh(
    shelf: Shelf,
    wish: Wish,
    level: int,
    python: Python,
    memories: Mapping[str, Memory],
    blocked: set[str],
    random: Random,
) -> Question | None:
    """Something never asked, from the cell least practised at the nearest level; chance decides between equals.

    Generated questions are mixed in, and take over only when nothing written that fits the wish is left.
    """
    practised: dict[str, int] = defaultdict(int)
    for id in memories:
        competency = shelf.competency(id)
        if competency is not None:
            practised[competency] += 1
    known = memories.keys() | blocked
    tried: list[tuple[int, str]] = []
    for cell in _ranked(shelf, wish, level, practised, random):
        tried.append(cell)
        new = [
            question
            for question in shelf.questions(cell)
            if question.id not in known and question.truth.asked_on(python)
        ]
        if new:
            made = shelf.generated(cell, python, random, known) if random.random() < GENERATED_SHARE else None
            return made or random.choice(new)
    made_up = (shelf.generated(cell, python, random, known) for cell in tried)
    return next((question for question in made_up if question is not None), None)


def _ranked(
    shelf: Shelf, wish: Wish, level: int, practised: Mapping[str, int], random: Random
) -> Iterator[tuple[int, str]]:
    """The cells, nearest level first, then the least practised; one at a time, for mostly the first will do."""
    for each, topics in shelf.topics(wish, level):
        yield from ((each, topic) for topic in _shuffled(topics, random) if topic not in practised)
        known = [topic for topic in practised if shelf.has((each, topic)) and wish.topic in (None, topic)]
        yield from ((each, topic) for topic in sorted(known, key=lambda topic: (practised[topic], random.random())))


def _shuffled(topics: Sequence[str], random: Random) -> Iterator[str]:
    """The topics in an order of chance, drawn as they are asked for: Fisher and Yates without the array."""
    moved: dict[int, int] = {}
    for last in range(len(topics) - 1, -1, -1):
        place = random.randint(0, last)
        yield topics[moved.get(place, place)]
        moved[place] = moved.get(last, last)


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
