"""What the picture at the end of a quiz shows, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's result, or a team's: the place (equals share one), the score as a number and as written, and more."""

    place: int
    name: str
    score: float
    written: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Who stands on the steps, best first, and who is listed below; `nameless` is written for names without letters."""

    title: str
    subtitle: str
    steps: tuple[Seat, ...]
    rows: tuple[Seat, ...]
    nameless: str
