"""What a family of endless questions is: a draft for every seed, and the wrong ideas behind its wrong answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.bank.generators.drawing import Draw
from core.bank.truth import Kind, Skill

PREFIX = "gen-"
"""What the ids of generated questions begin with."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What somebody answers who believes something wrong.

    `misconception` is an id of the bank, whose refutation is shown; `slip` a smaller error of this family alone,
    refuted in the family's own wording.
    """

    value: str
    misconception: str | None = None
    slip: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before its answer is known.

    `code` is shown and prints the answer in one line; `probe` is a hidden program that prints it where showing one
    would give it away. `wrong` are answers by belief, the most tempting first, and may hold the right one by chance.
    `facts` are the words and numbers of the wording. `claimed` is the statement of a question with true and false.
    """

    code: str
    wrong: tuple[Wrong, ...]
    probe: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    claimed: Wrong | None = None

    @property
    def program(self) -> str:
        """What is run to learn the answer."""
        return self.probe or self.code


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of question of which every seed gives another one."""

    slug: str
    competency: str
    level: int
    skill: Skill
    claims: tuple[str, ...]
    make: Callable[[Draw], Draft]
    kind: Kind = Kind.SINGLE

    @property
    def key(self) -> str:
        """The key under which all its questions together are remembered: they are one thing to know."""
        return f"{PREFIX}{self.slug}"

    def draft(self, seed: int) -> Draft:
        """The draft of a seed, the same one for ever."""
        return self.make(Draw(f"{self.slug}:{seed}"))

    def question_id(self, seed: int) -> str:
        """The id under which a seed's question is asked."""
        return f"{self.key}-{seed}"
