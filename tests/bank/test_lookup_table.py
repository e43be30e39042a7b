"""The documented queries find what the documentation says, and what they mean."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.lookup_table import page
from benchmarks.queries import queries
from core.bank.lookup import LookUp
from core.bank.model import Bank

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "lookup.md"


@pytest.fixture(scope="module")
def look_up(bank: Bank) -> LookUp:
    return LookUp(bank)


def test_the_page_is_what_the_look_up_finds_now(bank: Bank) -> None:
    assert DOCUMENTED.read_text("utf-8") == page(bank), "run `python -m benchmarks.lookup_table > docs/lookup.md`"


def test_every_query_finds_first_what_it_means(look_up: LookUp) -> None:
    found = {query.words: look_up.find(query.words).hits for query in queries()}
    wrong = {
        query.words: [hit.slug for hit in found[query.words][:3]]
        for query in queries()
        if not found[query.words] or found[query.words][0].slug not in query.meant
    }
    assert wrong == {}


def test_there_are_sixty_queries_in_both_languages(bank: Bank) -> None:
    asked = queries()
    assert len({query.words for query in asked}) == len(asked) >= 60
    scripts = Counter("ru" if any("а" <= char <= "я" for char in query.words.lower()) else "en" for query in asked)
    assert min(scripts.values()) >= 20
    assert {slug for query in asked for slug in query.meant} <= {*bank.competencies, *bank.terms, *bank.questions}
