"""Mastery is what would be remembered now, not what was once answered right."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bank.generators.supply import Supply
from core.bank.model import Bank
from core.bank.versions import Python
from core.study.mastery import DOUBT, MASTERED, Cell, Syllabus, cells, is_mastered, mastery, weakest
from core.study.memory import Grade, Memory, chance, reviewed
from core.study.selection import Shelf

NOW = datetime(2026, 11, 20, tzinfo=UTC)

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def remembered(count: int, right: bool = True, at: datetime = NOW) -> dict[str, Memory]:
    grade = Grade.GOOD if right else Grade.AGAIN
    return {f"q{number}": reviewed(f"q{number}", None, grade, at) for number in range(count)}


def syllabus(total: int) -> Syllabus:
    return Syllabus({f"q{number}": (2, "slots") for number in range(total)}, {(2, "slots"): total})


def cell(memories: dict[str, Memory], total: int, now: datetime = NOW) -> Cell:
    [found] = cells(syllabus(total), memories, now)
    return found


def test_a_worked_example() -> None:
    assert mastery([1.0, 0.9, 0.8, 0.0], 12) == pytest.approx(2.7 / 6 * 14 / 12)


def test_nothing_asked_nothing_mastered() -> None:
    assert cell({}, 12) == Cell("slots", 2, 0.0, 0, 12)


def test_all_asked_and_all_fresh_is_one() -> None:
    assert cell(remembered(12), 12).mastery == pytest.approx(1)


def test_one_right_answer_proves_little_of_many() -> None:
    assert cell(remembered(1), 12).mastery < 0.5
    assert cell(remembered(4), 12).mastery > MASTERED


def test_a_last_answer_that_was_wrong_counts_as_forgotten() -> None:
    memories = remembered(4)
    item = memories["q0"].question
    memories["q0"] = reviewed(item, memories[item], Grade.AGAIN, NOW)
    assert cell(memories, 12).mastery == pytest.approx(3 / (4 + DOUBT) * 14 / 12)


def test_it_fades_as_memory_does() -> None:
    memories = remembered(4)
    faded = [cell(memories, 4, NOW + timedelta(days=days)).mastery for days in (0, 2, 30, 300)]
    assert faded == sorted(faded, reverse=True)
    assert faded[1] == pytest.approx(chance(memories["q0"], NOW + timedelta(days=2)))
    assert is_mastered(cell(memories, 4))
    assert not is_mastered(cell(memories, 4, NOW + timedelta(days=300)))


def test_few_items_are_mastered_only_when_all_were_asked() -> None:
    assert not is_mastered(cell(remembered(1), 2))
    assert is_mastered(cell(remembered(2), 2))
    assert not is_mastered(cell(remembered(3), 4))
    assert not is_mastered(cell(remembered(4, right=False), 4))


def test_what_is_not_asked_of_this_python_does_not_count() -> None:
    assert cell(remembered(8), 4).evidence == 4


@given(CHANCES, st.integers(0, 30))
def test_it_is_from_zero_to_one_and_grows_with_every_chance(chances: list[float], more: int) -> None:
    total = len(chances) + more
    found = mastery(chances, total)
    assert 0 <= found <= 1 + 1e-9
    assert mastery([1.0, *chances[1:]], total) >= found
    assert mastery(chances, total + 1) <= found + 1e-9


def test_the_curriculums_order_with_families_as_one_item_each(bank: Bank) -> None:
    supply = Supply()
    known = Shelf(bank, supply).syllabus(Python.named("3.14"))
    found = cells(known, {}, NOW)
    order = list(bank.competencies)
    places = [(order.index(cell.competency), cell.level) for cell in found]
    assert places == sorted(places)
    written = sum(question.truth.asked_on(Python.named("3.14")) for question in bank.questions.values())
    families = sum(len(supply.families(*place)) for place in supply.cells())
    assert sum(cell.total for cell in found) == written + families


def test_the_weakest_first_and_of_equals_the_one_hardly_asked() -> None:
    strong, failing, untouched = (Cell(*cell) for cell in (("a", 2, 0.8, 5, 9), ("b", 2, 0.0, 3, 9), ("c", 2, 0, 0, 9)))
    assert weakest([strong, failing, untouched, Cell("d", 1, 0, 0, 9)], 2) == (untouched, failing, strong)
