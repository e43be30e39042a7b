"""The supply of generated questions: what is on record, and how to make more."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

from core.bank.generators.family import Family
from core.bank.generators.phrases import Phrases
from core.bank.generators.questions import build
from core.bank.generators.recording import FOLDER, Answers, read, record
from core.bank.generators.registry import FAMILIES
from core.bank.model import Question
from core.bank.versions import Python
from core.executor.model import Executor

_ID = re.compile(r"gen-([a-z0-9-]+)-(\d+)")

ATTEMPTS = 12
"""Seeds tried for a new question before a family counts as used up."""


class Supply:
    """Generated questions by id and by cell.

    A family's record is read when its first question is wanted; a family without one is not asked.
    """

    def __init__(self, families: Sequence[Family] = FAMILIES, records: Path = FOLDER) -> None:
        self._families: Mapping[str, Family] = {family.slug: family for family in families}
        self._by_key: Mapping[str, Family] = {family.key: family for family in families}
        self._records = records
        self._asked = {slug for slug in self._families if (records / f"{slug}.json").is_file()}
        self._by_cell: dict[tuple[int, str], tuple[Family, ...]] = {}
        for family in families:
            if family.slug in self._asked:
                cell = family.level, family.competency
                self._by_cell[cell] = (*self._by_cell.get(cell, ()), family)
        self.phrases = Phrases()
        self._answers: dict[str, Answers] = {}
        self._beyond: dict[str, Question] = {}
        self._built = lru_cache(maxsize=2048)(self._build)

    def families(self, level: int, competency: str) -> tuple[Family, ...]:
        """The families of a cell of the curriculum."""
        return self._by_cell.get((level, competency), ())

    def cells(self) -> frozenset[tuple[int, str]]:
        """The (level, competency) cells that have a family."""
        return frozenset(self._by_cell)

    def family_of(self, id: str) -> Family | None:
        """The family of a question's id; None when no generator makes such questions."""
        parts = _ID.fullmatch(id)
        return self._families.get(parts[1]) if parts else None

    def family(self, key: str) -> Family | None:
        """The family whose questions are remembered under a key; None when there is none or it has no record."""
        family = self._by_key.get(key)
        return family if family and family.slug in self._asked else None

    def question(self, id: str) -> Question | None:
        """The question of an id; None when no generator knows it or its seed is neither on record nor computed yet."""
        family = self.family_of(id)
        if family is None:
            return None
        return self._beyond.get(id) or self._built(family.slug, _seed(id))

    def fresh(
        self, level: int, competency: str, python: Python, random: Random, known: Collection[str]
    ) -> Question | None:
        """A question of a cell that is not among the known ids, if possible with a program that is new as well."""
        families = list(self.families(level, competency))
        random.shuffle(families)
        return self._fresh(families, python, random, known)

    def fresh_of(self, family: Family, python: Python, random: Random, known: Collection[str]) -> Question | None:
        """The same of one family."""
        return self._fresh((family,), python, random, known)

    def _fresh(
        self, families: Sequence[Family], python: Python, random: Random, known: Collection[str]
    ) -> Question | None:
        repeated: Question | None = None
        for family in families:
            programs = {family.draft(_seed(id)).program for id in known if self.family_of(id) is family}
            seeds = list(self._record(family.slug).by_seed)
            for seed in random.sample(seeds, min(ATTEMPTS, len(seeds))):
                question = None if family.question_id(seed) in known else self._built(family.slug, seed)
                if question is None or not question.truth.asked_on(python):
                    continue
                if family.draft(seed).program not in programs:
                    return question
                repeated = question
        return repeated

    async def beyond(self, executor: Executor, slug: str, seed: int) -> Question | None:
        """The question of a seed that is not on record: its answers come from the sandbox and are kept in memory.

        None where the family is unknown or skips the seed. Raises UnansweredError where the program does not answer.
        """
        family = self._families.get(slug)
        if family is None:
            return None
        answers = (await record(executor, [family], [seed])).families[slug]
        question = build(family, seed, answers.by_seed[seed], self.phrases)
        if question is not None:
            self._beyond[question.id] = question
        return question

    def _build(self, slug: str, seed: int) -> Question | None:
        answers = self._record(slug).by_seed.get(seed) if slug in self._asked else None
        return build(self._families[slug], seed, answers, self.phrases) if answers else None

    def _record(self, slug: str) -> Answers:
        if slug not in self._answers:
            self._answers[slug] = read([slug], self._records).families[slug]
        return self._answers[slug]


def _seed(id: str) -> int:
    return int(id.rpartition("-")[2])
