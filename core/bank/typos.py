"""Nearest known words for a mistyped one, without walking the whole vocabulary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

PREFIX = 8
"""Letters of a word that are indexed; a longer tail is compared only when the beginning agrees."""

SURE_LENGTH = 7
"""From this length on a word may hold two mistakes, below it one; shorter than four letters none."""


class Spelling:
    """Finds words at a small edit distance.

    The symmetric-deletion index of Wolf Garbe's SymSpell: two words within distance d share a form with at most d
    letters deleted, so a look-up costs the number of deletions of the query, whatever the size of the vocabulary.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for word in vocabulary:
            if len(word) >= 4:
                for form in _deletions(word[:PREFIX], _tolerance(word)):
                    self._forms[form].add(word)

    def nearest(self, word: str) -> tuple[str, ...]:
        """The known words nearest to `word`, all at the same distance; none when it is too far from everything."""
        tolerance = _tolerance(word)
        if not tolerance:
            return ()
        candidates = {known for form in _deletions(word[:PREFIX], tolerance) for known in self._forms.get(form, ())}
        distances = {known: OSA.distance(word, known, score_cutoff=tolerance) for known in candidates}
        best = min(distances.values(), default=tolerance + 1)
        if best > tolerance:
            return ()
        return tuple(sorted(known for known, distance in distances.items() if distance == best))


def _tolerance(word: str) -> int:
    if len(word) < 4:
        return 0
    return 1 if len(word) < SURE_LENGTH else 2


def _deletions(word: str, most: int) -> Iterator[str]:
    yield word
    for count in range(1, most + 1):
        for gone in combinations(range(len(word)), count):
            yield "".join(char for index, char in enumerate(word) if index not in gone)
