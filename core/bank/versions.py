"""Which Pythons a statement is about."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version
from pydantic import AfterValidator

TAUGHT = ("3.11", "3.12", "3.13", "3.14", "3.15")
"""The versions a learner can prepare for, oldest first."""

NEWEST_PATCH = 99
"""Stands for the newest patch release when a learner names only `3.14`."""


def _readable(wording: str) -> str:
    try:
        SpecifierSet(wording)
    except InvalidSpecifier as error:
        raise ValueError(f"{wording!r} is no version set; write it like '>=3.12,<3.14'") from error
    return wording


VersionSet = Annotated[str, AfterValidator(_readable)]
"""A version set as in `requires-python`; the empty one holds for every version."""


@dataclass(frozen=True, slots=True)
class Python:
    """A Python: its full version, and whether it is a free-threaded build."""

    version: Version
    free_threaded: bool = False

    @classmethod
    @lru_cache(maxsize=64)
    def named(cls, label: str) -> "Python":
        """The Python a label means: `3.14` is the newest 3.14, `3.14t` its free-threaded build, `3.14.2` just that."""
        number = label.removesuffix("t")
        version = Version(number)
        if len(version.release) == 2:
            version = Version(f"{number}.{NEWEST_PATCH}")
        return cls(version, label.endswith("t"))

    @property
    def label(self) -> str:
        """`3.14`, or `3.14t` for a free-threaded build."""
        return f"{self.version.major}.{self.version.minor}" + ("t" if self.free_threaded else "")


def holds(versions: str, python: Python) -> bool:
    """Whether `python` belongs to the version set."""
    return _specifiers(versions).contains(python.version, prereleases=True)


@lru_cache(maxsize=512)
def _specifiers(versions: str) -> SpecifierSet:
    return SpecifierSet(versions)
