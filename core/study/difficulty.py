"""How hard a question is, and whether it tells those who know from those who do not. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atanh, sqrt
from statistics import fmean, pstdev

ENOUGH = 30
"""Learners before a question is judged: with fewer, even a correlation of 0.3 may well be chance."""

ELSEWHERE = 5
"""Answers to other questions that make a learner's share there worth comparing with."""

SURE = 2.326
"""The 99th percentile of the normal distribution: of a hundred questions that say nothing of what learners know, one is
set aside by chance; of those with an ordinary discrimination (0.2 and more) practically none."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One learner's first answer to a question, and their share of right first answers elsewhere, from 0 to 1."""

    right: bool
    elsewhere: float


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What the first answers of `answers` learners say of a question.

    `share` is the share of right ones. `discrimination` is between -1 and 1, None where it cannot be told: everybody
    was right, everybody was wrong, or all are equally good elsewhere.
    """

    question: str
    answers: int
    share: float
    discrimination: float | None

    @property
    def is_doubtful(self) -> bool:
        """Whether so far the weaker learners get it right more often."""
        return self.answers >= ENOUGH and self.discrimination is not None and self.discrimination < 0

    @property
    def misleads(self) -> bool:
        """Whether good learners miss it and weak ones hit it, beyond what chance explains.

        The upper end of the one-sided 99 % interval of the correlation is below zero, by Fisher's transformation:
        atanh(r) is about normal with the standard deviation 1 / sqrt(n - 3).
        """
        if not self.is_doubtful or self.discrimination is None:
            return False
        return self.discrimination <= -1 or atanh(self.discrimination) + SURE / sqrt(self.answers - 3) < 0


def difficulty(question: str, observations: Iterable[Observation]) -> Difficulty:
    """The share of right answers and the discrimination of a question; `observations` holds one a learner."""
    seen = tuple(observations)
    share = fmean(each.right for each in seen) if seen else 0.0
    return Difficulty(question, len(seen), share, discrimination(seen))


def discrimination(observations: Sequence[Observation]) -> float | None:
    """The corrected point-biserial correlation between answering right and the share of right answers elsewhere.

    (M1 - M0) / s * sqrt(p * (1 - p)), with M1 and M0 the mean shares of those who were right and wrong, s the standard
    deviation of all shares, p the share who were right; "corrected" since the question itself is not part of the
    shares. Crocker and Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14. Ebel and Frisbie,
    Essentials of Educational Measurement (1991), call 0.3 and more good, below 0.2 poor, below 0 a reason to look.
    """
    right = [each.elsewhere for each in observations if each.right]
    wrong = [each.elsewhere for each in observations if not each.right]
    spread = pstdev([*right, *wrong]) if right and wrong else 0.0
    if spread < 1e-9:
        return None
    share = len(right) / len(observations)
    return max(-1.0, min(1.0, (fmean(right) - fmean(wrong)) / spread * sqrt(share * (1 - share))))
