"""Keeping one person's flood from everybody else."""

from dataclasses import dataclass
from enum import Enum

from cachetools import LRUCache

BURST = 10
"""Requests that may come at once: a fast tapper with a wizard."""

PER_SECOND = 1.5
"""Requests a second that a person may go on with; nobody reads faster."""

PLAYED = 4.0
"""As many times of both in a game, where an answer may take many taps."""

PEOPLE = 50_000
"""People remembered; whoever wrote longest ago is forgotten first and starts with a full burst."""


class Pace(Enum):
    """What to do with a request."""

    GO = "go"
    WARN = "warn"
    SILENCE = "silence"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    warned: bool = False


class Pacing:
    """A token bucket a person: one polite notice when it runs dry, then silence until half of it is back.

    An infinite `burst` paces nobody: for a terminal, whose only person slows nobody else.
    """

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: LRUCache[tuple[str, str], _Bucket] = LRUCache(PEOPLE)

    def in_games(self) -> "Pacing":
        """The pacing of the same people while they play, which is counted apart."""
        return Pacing(PLAYED * self._burst, PLAYED * self._per_second)

    def judge(self, platform: str, person: str, now: float) -> Pace:
        """Count one request at `now` (seconds of any monotonic clock)."""
        bucket = self._buckets.get((platform, person))
        if bucket is None:
            bucket = self._buckets[platform, person] = _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled_at) * self._per_second)
        bucket.filled_at = now
        if bucket.warned and bucket.tokens < self._burst / 2:
            return Pace.SILENCE
        bucket.warned = False
        if bucket.tokens < 1:
            bucket.warned = True
            return Pace.WARN
        bucket.tokens -= 1
        return Pace.GO
