"""Chance that never changes its mind: names, numbers and choices drawn from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Theme:
    """Names that go together in one program: a class of things, variables that hold them, a function on them."""

    thing: str
    variables: tuple[str, ...]
    function: str


THEMES = (
    Theme("Book", ("shelf", "pile", "box", "bag", "desk"), "lend"),
    Theme("Bird", ("nest", "branch", "cage", "wire", "roof"), "feed"),
    Theme("Cup", ("tray", "sink", "rack", "table", "stove"), "wash"),
    Theme("Coat", ("hook", "trunk", "chair", "hall", "closet"), "mend"),
    Theme("Leaf", ("tree", "twig", "heap", "path", "pond"), "sweep"),
    Theme("Ship", ("port", "dock", "bay", "lock", "pier"), "load"),
    Theme("Stone", ("wall", "cairn", "road", "bank", "field"), "move"),
    Theme("Lamp", ("room", "porch", "niche", "stair", "cellar"), "light"),
)


class Draw:
    """Draws from a seed.

    Only `Random.random()` is used: it is the one method, seeded with text, whose sequence the random module promises to
    keep (section "Notes on Reproducibility" of its manual). Choices are made of it here.
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        theme = self.one(THEMES)
        self.thing = theme.thing
        self.names = theme.variables
        self.function = theme.function

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float = 0.5) -> bool:
        """True in that share of the draws."""
        return self._random.random() < share

    def one(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.number(0, len(items) - 1)]

    def some(self, items: Sequence[Item], count: int) -> tuple[Item, ...]:
        """That many different items, in the order drawn."""
        left = list(items)
        return tuple(left.pop(self.number(0, len(left) - 1)) for _ in range(count))

    def shuffled(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """All items in a drawn order."""
        return self.some(items, len(items))


def program(*lines: str) -> str:
    """Lines of code as a program; empty ones are left out."""
    return "\n".join(line for line in lines if line)
