"""The zone of a city, as people write its name: in English or Russian, declined, or with a slip of the finger."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

MORE_CITIES = Path(__file__).resolve().parents[2] / "content" / "cities.toml"

ALIKE = 0.8
"""The least likeness of a mistyped name: one mistake in five letters, two in ten."""

_WORD = re.compile(r"[^\W_]+")
_ISLAND = re.compile("^о-ва? ")
_ENDING = re.compile("(?<=..)(?:ому|ему|ого|его|ами|ями|ам|ям|ах|ях|ом|ем|ой|ей|ий|ый|ая|ое|ью|[аеиоуыюяьй])$")


@dataclass(frozen=True, slots=True)
class _Cities:
    """Zones by the names of their cities, and by what is left of a name in another case."""

    names: dict[str, set[str]]
    stems: dict[str, set[str]]


def city_zone(text: str) -> str | None:
    """The IANA zone of a city; None when nobody knows it, or when its name or a slip in it fits several zones.

    Spaces, hyphens and the marks on letters do not count: `Нью-Йорк`, `нью йорк` and `НьюЙорк` are the same.
    """
    words = _words(text)
    if not words:
        return None
    name, cities = "".join(words), _cities()
    zones = cities.names.get(name) or cities.stems.get(_stem(words)) or _alike(name, cities.names)
    return next(iter(zones)) if len(zones) == 1 else None


def modern(zone: str) -> str:
    """What the IANA database calls a zone today: `Asia/Kolkata` for `Asia/Calcutta`."""
    from babel.core import get_global  # here and below: only who names a city waits for it

    return str(get_global("zone_aliases").get(zone, zone))


def city_name(zone: str, language: str) -> str:
    """What a zone's city is called in a language, `ru` or `en`: `Москва` for `Europe/Moscow`; `Etc/GMT+5` has none."""
    if zone.startswith("Etc/"):
        return zone
    return _city_names(language).get(zone) or zone.rpartition("/")[2].replace("_", " ")


@cache
def _city_names(language: str) -> dict[str, str]:
    from babel import Locale

    zones = Locale(language).time_zones.items()
    return {modern(old): zone["city"] for old, zone in zones if zone.get("city")}


def _alike(name: str, names: dict[str, set[str]]) -> set[str]:
    """The zones of the names most like a mistyped one, whose first letter is taken to be right."""
    choices = [known for known in names if known[0] == name[0]]
    near = process.extract(name, choices, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=None)
    return set().union(*(names[known] for known, likeness, _ in near if likeness == near[0][1]))


@cache
def _cities() -> _Cities:
    """CLDR's cities, and ours, which outweigh them."""
    names, stems = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for city, zone in _cldr_cities():
        words = _words(city)
        names["".join(words)].add(zone)
        stems["".join(words)].add(zone)
        stems[_stem(words)].add(zone)
    for zone, cities in tomllib.loads(MORE_CITIES.read_text("utf-8")).items():
        for words in map(_words, cities):
            names["".join(words)] = stems["".join(words)] = stems[_stem(words)] = {zone}
    return _Cities(dict(names), dict(stems))


def _cldr_cities() -> Iterator[tuple[str, str]]:
    """The names of every zone's exemplar city: in Russian, in English, and in the zone's own name, old and new."""
    from babel import Locale

    for language in ("ru", "en"):
        for old, zone in Locale(language).time_zones.items():
            if not old.startswith("Etc/"):
                named = (zone.get("city") or "", old.rpartition("/")[2], modern(old).rpartition("/")[2])
                yield from ((_ISLAND.sub("", city), modern(old)) for city in named if city)


def _words(text: str) -> list[str]:
    """Words in lower case, without the marks on their letters: `Zürich` as `zurich`, but й stays."""
    folded = unicodedata.normalize("NFC", text.casefold())
    bare = (mark if mark == "й" else unicodedata.normalize("NFD", mark)[0] for mark in folded)
    return _WORD.findall(folded if folded.isascii() else "".join(bare))


def _stem(words: list[str]) -> str:
    """A name without the endings of its words: `Казани` as `Казань`, `Нижнему Новгороду` as `Нижний Новгород`."""
    return "".join(_ENDING.sub("", word) for word in words)
