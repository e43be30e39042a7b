"""From what people type to what the bank knows: cards, terms and questions, in both languages."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import Prefix

from core.bank.model import Bank
from core.bank.normalise import forms, normalise, other_layout, stem, stems, subject_words, words_of
from core.bank.typos import Spelling
from core.bank.wording import Language

LONGEST_QUERY = 300
"""Characters of a query that are read; nobody asks longer questions, and floods must stay cheap."""

MOST_POSTINGS = 200
"""Entries kept per word, the heaviest first: a word that is in more of them tells nothing apart."""

NAME, SHORT, BODY = 8.0, 2.0, 1.0
"""What a word counts for by where it stands: in a name or an alias, in the short answer, in the rest."""

GUESS = 0.8
"""What a word counts for when it had to be corrected."""

NAMED = 0.5
"""How far a hit moves towards certainty when the query holds one of its names whole."""

CORRECTED = 0.9
"""The score of a name that was found after correcting typos."""

ALSO_NAMED = 0.7
"""The score of what answers to the same words, but less exactly: by an alias where something else has the name."""

CERTAIN = 0.55
"""Share of a query's weight that a hit has to cover; below it nothing was found, only what is nearest."""

NEAREST = 3
"""Things named as nearest where nothing was found."""

AROUND, SHARED = 4, 4
"""Neighbours in alphabetical order that are looked at, and the letters a beginning must share to be near."""

SHORTEST_BEGINNING = 2
"""Letters from which on a beginning is completed."""

CLOSE = 0.72
"""A hit with at least this share of the best one's score is as good an answer as the best one."""


class HitKind(StrEnum):
    """What was found."""

    COMPETENCY = "competency"
    TERM = "term"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its slug (a question's id) and a score from 0 to 1, 1 for the very name."""

    kind: HitKind
    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a query led to: good hits, best first; where there are none, the nearest things as suggestions."""

    hits: tuple[Hit, ...]
    nearest: tuple[Hit, ...] = ()

    @property
    def best(self) -> Hit | None:
        """The hit that clearly is meant; None when there is none or when several are as good."""
        if not self.hits:
            return None
        if len(self.hits) > 1 and self.hits[1].score >= self.hits[0].score * CLOSE:
            return None
        return self.hits[0]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is indexed.

    The first `own` of the names are what it is called, the others its aliases; `asked` are the wordings of a question
    that no other question has.
    """

    kind: HitKind
    slug: str
    names: tuple[str, ...]
    own: int
    short: str
    body: str
    asked: tuple[str, ...] = ()


class LookUp:
    """Finds what people mean. The index is built by `prepare`, or else by the first look-up."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def prepare(self) -> None:
        """Build the index, so that the first look-up need not; safe to call from another thread."""
        self._index  # noqa: B018  a cached property is built by being read

    def find(self, query: str, limit: int = 6) -> Findings:
        """What the query means, at most `limit` hits. Any text will do; an empty one finds nothing."""
        return self._index.find(query, limit)

    def complete(self, typed: str, limit: int = 6) -> Findings:
        """What a query that is still being typed may become: its last word counts as the beginning of one."""
        return self._index.complete(typed, limit)

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self._bank)


class _Index:
    """What is known of every word of a bank.

    Names and aliases are looked up as they stand; then words by their stems, weighed by rarity (inverse document
    frequency) and by where they stand; words that are unknown are tried on the other keyboard layout and then as typos.
    """

    def __init__(self, bank: Bank) -> None:
        entries = tuple(_entries(bank))
        self._hits = tuple((entry.kind, entry.slug) for entry in entries)
        self._names = tuple(
            tuple(
                {
                    frozenset(stem(word) for word in subject_words(normalise(name)))
                    for name in (*entry.names, *entry.asked)
                }
            )
            for entry in entries
        )
        self._exact: defaultdict[str, dict[int, int]] = defaultdict(dict)
        weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        spoken: set[str] = set()
        for number, entry in enumerate(entries):
            for place, name in enumerate(entry.names):
                is_alias = place >= entry.own
                for looseness, form in enumerate((*forms(normalise(name)), stems(name))):
                    if form:
                        rank = 2 * min(looseness, 1) + is_alias
                        self._exact[form][number] = min(self._exact[form].get(number, rank), rank)
                spoken.update(subject_words(normalise(name)))
            for prompt in entry.asked:
                self._exact[forms(normalise(prompt))[-1]][number] = 0
            for field, weight in ((" ".join(entry.names), NAME), (entry.short, SHORT), (entry.body, BODY)):
                for word in set(subject_words(normalise(field))):
                    known = weights[stem(word)]
                    known[number] = max(known.get(number, 0.0), weight)
        self._postings: Mapping[str, tuple[tuple[int, float], ...]] = {
            word: tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_POSTINGS])
            for word, found in weights.items()
        }
        total = len(entries) + 1
        self._rarity = {word: math.log(total / len(found)) + 0.5 for word, found in weights.items()}
        self._spelling = Spelling(spoken)
        self._beginnings = sorted({begun for number, entry in enumerate(entries) for begun in _begun(entry, number)})
        self._unknown_rarity = math.log(total) + 0.5

    def find(self, query: str, limit: int) -> Findings:
        wanted = normalise(query[:LONGEST_QUERY])
        swapped = normalise(other_layout(wanted))
        for form in (*forms(wanted), *forms(swapped), stems(wanted), stems(swapped)):
            exact = self._exact.get(form)
            if exact:
                return Findings(self._named(exact)[:limit])
        corrected = self._corrected(wanted)
        if corrected and corrected in self._exact:
            named = self._named(self._exact[corrected])
            return Findings(tuple(replace(hit, score=round(hit.score * CORRECTED, 4)) for hit in named[:limit]))
        scores = self._scores(wanted)
        ranked = sorted(scores, key=lambda number: (-scores[number], self._kind_rank(number), number))
        hits = tuple(Hit(*self._hits[number], round(min(scores[number], 0.99), 4)) for number in ranked[:limit])
        sure = tuple(hit for hit in hits if hit.score >= CERTAIN)
        return Findings(sure, () if sure else (hits[:NEAREST] or self._neighbours(wanted)))

    def complete(self, typed: str, limit: int) -> Findings:
        found = self.find(typed, limit)
        wanted = normalise(typed[:LONGEST_QUERY])
        if len(wanted) < SHORTEST_BEGINNING:
            return found
        begun = [*self._beginning_with(wanted), *self._beginning_with(normalise(other_layout(wanted)))]
        hits = {hit.slug: hit for hit in (*found.hits, *begun)}
        return Findings(tuple(hits.values())[:limit], found.nearest)

    def _beginning_with(self, beginning: str) -> Iterator[Hit]:
        """Everything one of whose names begins so, or has a word that does; names in alphabetical order."""
        if not beginning:
            return
        for place in range(bisect_left(self._beginnings, (beginning,)), len(self._beginnings)):
            name, number = self._beginnings[place]
            if not name.startswith(beginning):
                return
            yield Hit(*self._hits[number], CORRECTED)

    def _neighbours(self, wanted: str) -> tuple[Hit, ...]:
        """For words that nothing is called: the names that begin most like them, the longest shared beginning first."""
        shared: dict[tuple[HitKind, str], int] = {}
        for word in (stem(each) for each in (*subject_words(wanted), *subject_words(normalise(other_layout(wanted))))):
            place = bisect_left(self._beginnings, (word,))
            for name, number in self._beginnings[max(0, place - AROUND) : place + AROUND]:
                length = Prefix.similarity(word, name)
                if length >= SHARED:
                    shared[self._hits[number]] = max(length, shared.get(self._hits[number], 0))
        nearest = sorted(shared, key=lambda hit: -shared[hit])[:NEAREST]
        return tuple(Hit(*hit, round(shared[hit] / 100, 2)) for hit in nearest)

    def _corrected(self, wanted: str) -> str:
        """The query's stems, each unknown word replaced by the known one it most likely means."""
        words = tuple(subject_words(wanted))
        return " ".join(next((known for known, _ in self._readings(word)), stem(word)) for word in words)

    def _named(self, ranks: Mapping[int, int]) -> tuple[Hit, ...]:
        """All that answer to a name: those that are called so, then those that have it as an alias."""
        best = min(ranks.values())
        numbers = sorted(ranks, key=lambda number: (ranks[number], self._kind_rank(number)))
        return tuple(Hit(*self._hits[each], 1.0 if ranks[each] == best else ALSO_NAMED) for each in numbers)

    def _kind_rank(self, number: int) -> tuple[int, int]:
        return list(HitKind).index(self._hits[number][0]), number

    def _scores(self, wanted: str) -> dict[int, float]:
        """Per entry, the share of the query's weight that it covers in its names, or less for lesser places."""
        words = dict.fromkeys(subject_words(wanted))
        scores: defaultdict[int, float] = defaultdict(float)
        total = 0.0
        for word in words:
            total += self._rarity.get(stem(word), self._unknown_rarity)
            best: dict[int, float] = {}
            for known, certainty in self._readings(word):
                for number, weight in self._postings[known]:
                    share = self._rarity[known] * certainty * (weight / NAME) ** 0.35
                    best[number] = max(best.get(number, 0.0), share)
            for number, share in best.items():
                scores[number] += share
        query = frozenset(stem(word) for word in words)
        return {number: self._lifted(number, score / total, query) for number, score in scores.items()}

    def _lifted(self, number: int, score: float, query: frozenset[str]) -> float:
        """The score, nearer to 1 when the query holds a whole name: the more of the query that name is, the nearer."""
        whole = max((len(name) for name in self._names[number] if name and name <= query), default=0)
        return score + (1 - score) * NAMED * whole / len(query) if whole else score

    def _readings(self, word: str) -> Iterator[tuple[str, float]]:
        """The known stems a typed word may mean, each with how sure that is."""
        if stem(word) in self._postings:
            yield stem(word), 1.0
            return
        swapped = [part for part in words_of(normalise(other_layout(word))) if stem(part) in self._postings]
        if swapped:
            yield from ((stem(part), GUESS) for part in swapped)
            return
        nearest = self._spelling.nearest(word) or self._spelling.nearest(other_layout(word))
        for known in dict.fromkeys(stem(near) for near in nearest):
            yield known, GUESS


def _entries(bank: Bank) -> Iterator[_Entry]:
    repeated = Counter(text.prompt for question in bank.questions.values() for text in question.texts.values())
    for competency in bank.competencies.values():
        called = (competency.slug, *(competency.name(language) for language in Language))
        yield _Entry(
            HitKind.COMPETENCY,
            competency.slug,
            (*called, competency.slug.replace("-", " "), *competency.truth.aliases),
            len(called),
            " ".join(card.short for card in competency.cards.values()),
            " ".join(card.details for card in competency.cards.values()),
        )
    for term in bank.terms.values():
        called = (term.truth.slug, *(term.name(language) for language in Language))
        names = (*called, *term.truth.aliases)
        yield _Entry(HitKind.TERM, term.truth.slug, names, len(called), " ".join(term.texts.values()), "")
    for question in bank.questions.values():
        prompts = tuple(question.texts[language].prompt for language in Language)
        own = tuple(prompt for prompt in prompts if repeated[prompt] == 1)
        yield _Entry(HitKind.QUESTION, question.id, (), 0, " ".join(prompts), "", own)


def _begun(entry: _Entry, number: int) -> Iterator[tuple[str, int]]:
    """An entry's names from each of their words on."""
    for name in entry.names:
        words = words_of(normalise(name))
        yield from ((" ".join(words[place:]), number) for place in range(len(words)))
