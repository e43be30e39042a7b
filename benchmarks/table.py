"""What a benchmark tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured value beside the value to reach ("<= 0.4"; empty where it is only a reference)."""

    measure: str
    value: float
    unit: str
    reach: str
    met: bool
