"""Questions from the supply: by id, by cell, and beyond what is on record."""

from pathlib import Path
from random import Random

import pytest

from core.bank.generators.registry import FAMILIES
from core.bank.generators.supply import Supply
from core.bank.versions import Python
from core.bank.wording import Language
from core.executor.embedded import EmbeddedExecutor

PYTHON = Python.named("3.14")


@pytest.fixture(scope="module")
def supply() -> Supply:
    return Supply()


def test_an_id_gives_the_same_question_in_another_process_of_the_tutor(supply: Supply) -> None:
    assert supply.question("gen-aliases-12") == Supply().question("gen-aliases-12")


@pytest.mark.parametrize("id", ["gen-aliases-1000", "gen-nothing-1", "gen-aliases", "aliases-1", "gen-aliases-1x", ""])
def test_an_unknown_id_gives_nothing(id: str, supply: Supply) -> None:
    assert supply.question(id) is None


def test_ids_fit_into_every_platform() -> None:
    assert max(len(family.question_id(999_999_999)) for family in FAMILIES) <= 40


def test_fresh_questions_are_of_the_cell_and_new(supply: Supply) -> None:
    known: set[str] = set()
    for number in range(80):
        question = supply.fresh(2, "slots", PYTHON, Random(number), known)
        assert question is not None
        assert (question.truth.level, question.competency) == (2, "slots")
        assert question.id not in known
        known.add(question.id)


def test_a_new_question_shows_a_new_program_while_there_are_any(supply: Supply) -> None:
    known: list[str] = []
    programs = []
    for number in range(60):
        question = supply.fresh(1, "garbage-collector", PYTHON, Random(number), known)
        assert question is not None
        known.append(question.id)
        programs.append(question.truth.code)
    assert len(set(programs)) == 60


def test_no_questions_for_a_cell_without_a_family(supply: Supply) -> None:
    assert supply.fresh(1, "slots", PYTHON, Random(1), set()) is None
    assert supply.fresh(2, "nowhere", PYTHON, Random(1), set()) is None


def test_nothing_is_asked_of_a_build_that_nobody_recorded(supply: Supply) -> None:
    assert supply.fresh(2, "slots", Python.named("3.14t"), Random(1), set()) is None


def test_a_family_without_a_record_is_not_asked(tmp_path: Path) -> None:
    empty = Supply(records=tmp_path)
    assert empty.cells() == frozenset()
    assert empty.question("gen-aliases-1") is None


def test_the_learners_version_decides_the_right_option(supply: Supply) -> None:
    differing = [
        question
        for seed in range(40)
        if (question := supply.question(f"gen-small-ints-{seed}"))
        and question.right_keys(Python.named("3.14")) != question.right_keys(Python.named("3.15"))
    ]
    assert differing
    for question in differing:
        right = question.right_keys(Python.named("3.14"))[0]
        named = {option.key: option.misconception for option in question.truth.option}
        assert named[right] == "int-cache-256-everywhere"


@pytest.mark.asyncio(loop_scope="session")
async def test_beyond_the_record_the_sandbox_answers(executor: EmbeddedExecutor) -> None:
    supply = Supply()
    assert supply.question("gen-arguments-123456") is None
    question = await supply.beyond(executor, "arguments", 123456)
    assert question is not None
    assert supply.question("gen-arguments-123456") is question
    assert question.texts[Language.RU].prompt
    labels = {python.label for python in executor.pythons()}
    assert {label for label in labels if question.truth.asked_on(Python.named(label))} == labels
    assert await supply.beyond(executor, "nothing", 1) is None
