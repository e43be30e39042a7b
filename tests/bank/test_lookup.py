"""What people type finds what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bank.lookup import LookUp
from core.bank.model import Bank


@pytest.fixture(scope="module")
def look_up(bank: Bank) -> LookUp:
    return LookUp(bank)


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("slots", "slots"),
        ("__slots__", "slots"),
        ("ыдщеы", "slots"),
        ("слоты", "slots"),
        ("сборщиком мусора", "garbage-collector"),
        ("сборщик мусора", "garbage-collector"),
        ("garbage collector", "garbage-collector"),
        ("счётчика ссылок", "reference-counting"),
        ("refcout", "reference-counting"),
        ("reference counting", "reference-counting"),
        ("__del__", "del-and-finalizers"),
        ("слабая ссылка", "weak-references"),
        ("слабыми ссылками", "weak-references"),
        ("weakref", "weak-references"),
        ("wekaref", "weak-references"),
        ("куча и стек", "heap-and-stack"),
        ("rexf", "heap-and-stack"),
        ("интернирование", "object-reuse"),
        ("pymalloc", "pymalloc"),
        ("арены", "pymalloc"),
        ("байт-код", "bytecode-and-pvm"),
        ("is", "identity-and-mutability"),
        ("id()", "identity-and-mutability"),
        ("GIL", "gil-and-gc"),
        ("пшд", "gil-and-gc"),
        ("замыкания", "namespaces-and-frames"),
    ],
)
def test_best_hit_is_what_was_meant(look_up: LookUp, query: str, slug: str) -> None:
    found = look_up.find(query)
    assert found.hits, f"nothing for {query!r}"
    assert found.hits[0].slug == slug


def test_a_whole_question_finds_its_subject(look_up: LookUp) -> None:
    found = look_up.find("почему getrefcount показывает 2")
    assert found.best is not None
    assert found.best.slug == "getrefcount"


@pytest.mark.parametrize("query", ["фреймворк", "kubernetes", "", "   ", "\0", "???", "🐍" * 50])
def test_the_unknown_is_not_invented(look_up: LookUp, query: str) -> None:
    assert look_up.find(query).hits == ()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("slo", "slots"),
        ("ыдщ", "slots"),
        ("garb", "garbage-collector"),
        ("сч", "reference-counting"),
        ("сборщик му", "garbage-collector"),
        ("мусор", "garbage-collector"),
        ("слабые сс", "weak-references"),
    ],
)
def test_a_beginning_is_completed(look_up: LookUp, typed: str, slug: str) -> None:
    assert slug in [hit.slug for hit in look_up.complete(typed, 8).hits]


@given(st.text(max_size=2000))
def test_any_text_is_looked_up(query: str) -> None:
    found = _SMALL.find(query)
    assert all(0 <= hit.score <= 1 for hit in found.hits)


_SMALL = LookUp(Bank())
