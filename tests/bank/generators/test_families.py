"""A seed gives the same question for ever, and a thousand seeds of every family can be asked."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from core.bank.checks import LIMITS, check
from core.bank.generators.drawing import Draw
from core.bank.generators.family import Family
from core.bank.generators.questions import FEWEST_OPTIONS, build, right_in, versions
from core.bank.generators.recording import SEEDS, Answers, digest, read
from core.bank.generators.registry import FAMILIES
from core.bank.generators.supply import Supply
from core.bank.loading import Loaded
from core.bank.model import Bank, Question
from core.bank.problems import Problems
from core.bank.truth import Kind
from core.bank.versions import TAUGHT, Python, holds

PYTHONS = {label: Python.named(label) for label in TAUGHT}
DIGESTS = Path(__file__).with_name("drafts.json")
every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.slug)


@pytest.fixture(scope="module")
def supply() -> Supply:
    return Supply()


def drafts_digest(family: Family) -> str:
    """A digest of the first fifty drafts: code, beliefs and facts."""
    drafts = (repr(family.draft(seed)) for seed in range(50))
    return hashlib.sha256("\n".join(drafts).encode()).hexdigest()[:16]


def test_there_are_enough_families() -> None:
    assert len(FAMILIES) >= 25
    assert len({family.slug for family in FAMILIES}) == len(FAMILIES)


def test_the_first_fifty_drafts_are_what_they_were() -> None:
    assert {family.slug: drafts_digest(family) for family in FAMILIES} == json.loads(DIGESTS.read_text())


def test_a_draw_is_the_same_for_ever() -> None:
    draw = Draw("aliases:7")
    assert [draw.number(1, 6) for _ in range(8)] == [4, 6, 5, 5, 5, 1, 2, 1]
    assert draw.some("abcdef", 3) == ("d", "b", "f")


@every_family
def test_the_record_is_of_the_programs_drawn_today(family: Family) -> None:
    answers = read([family.slug]).families[family.slug]
    assert set(answers.pythons) == set(TAUGHT)
    assert list(answers.by_seed) == list(SEEDS)
    assert answers.programs == digest(family.draft(seed).program for seed in SEEDS)
    assert Answers.from_json(answers.to_json()) == answers


@pytest.mark.slow
@every_family
def test_a_thousand_seeds_can_be_asked(family: Family, supply: Supply, bank: Bank) -> None:
    answers = read([family.slug]).families[family.slug]
    asked = 0
    for seed in SEEDS:
        question = supply.question(family.question_id(seed))
        if question is None:
            continue
        asked += 1
        said = answers.by_seed[seed]
        if family.kind is Kind.TRUTH:
            claimed = family.draft(seed).claimed
            assert claimed is not None
            for label, python in PYTHONS.items():
                assert question.truth.is_true(python) == (said[label] == claimed.value)
        else:
            _one_right_option(question, said)
        _wording_fits(question, bank)
    assert asked >= 900


def _one_right_option(question: Question, said: Mapping[str, str]) -> None:
    values = {option.key: option.value for option in question.truth.option}
    assert len(set(values.values())) == len(values) >= FEWEST_OPTIONS
    for label, python in PYTHONS.items():
        right = question.right_keys(python)
        assert len(right) == 1, f"{question.id} on {label}: {right}"
        assert values[right[0]] == said[label]


def _wording_fits(question: Question, bank: Bank) -> None:
    right_everywhere = {option.key for option in question.truth.option if option.right is True}
    named = {option.key: option.misconception for option in question.truth.option}
    for text in question.texts.values():
        assert 0 < len(text.prompt) <= LIMITS["prompt"]
        assert 0 < len(text.why) <= LIMITS["why"]
        for key, option in text.options.items():
            assert len(option.label) <= LIMITS["option"]
            assert len(option.comment) <= LIMITS["comment"]
            assert key in right_everywhere or option.comment or named[key] in bank.misconceptions, (
                f"{question.id} {key}"
            )


def test_the_first_seeds_pass_the_checks_of_written_questions(supply: Supply, bank: Bank) -> None:
    _pass_the_checks(supply, bank, range(8))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_seeds_pass_the_checks_of_written_questions(supply: Supply, bank: Bank) -> None:
    _pass_the_checks(supply, bank, SEEDS)


def _pass_the_checks(supply: Supply, bank: Bank, seeds: range) -> None:
    questions = [supply.question(family.question_id(seed)) for family in FAMILIES for seed in seeds]
    generated = {question.id: question for question in questions if question is not None}
    loaded = Loaded(Bank(questions=generated, claims=bank.claims, misconceptions=bank.misconceptions), Problems(), {})
    assert [str(problem) for problem in check(loaded)] == []


@every_family
def test_a_family_belongs_to_the_curriculum(family: Family, bank: Bank) -> None:
    assert bank.competencies[family.competency].truth.level == family.level
    assert set(family.claims) <= bank.claims.keys()


@every_family
def test_wrong_ideas_are_behind_the_wrong_answers(family: Family, supply: Supply) -> None:
    """Somewhere among its seeds a family offers at least three different wrong ideas, or both truths."""
    ideas = {wrong.misconception or wrong.slip for seed in range(100) for wrong in family.draft(seed).wrong}
    claimed = {draft.claimed.value for seed in range(100) if (draft := family.draft(seed)).claimed}
    assert len(ideas) >= 3 or len(claimed) == 2


def test_version_sets_hold_just_where_they_should() -> None:
    random = Random(1)
    for _ in range(100):
        labels = {label for label in TAUGHT if random.random() < 0.5} or {"3.13"}
        assert {label for label in TAUGHT if holds(versions(labels), PYTHONS[label])} == labels


def test_a_belief_that_is_right_everywhere_is_no_wrong_idea() -> None:
    answers = dict.fromkeys(TAUGHT, "1")
    assert right_in(set(TAUGHT), answers) is True
    assert right_in(set(), answers) is False
    assert right_in({"3.14", "3.15"}, answers) == ">=3.14"


def test_a_seed_with_too_few_options_is_skipped(supply: Supply) -> None:
    """With everybody agreeing on one of three beliefs the rest may not do for a question."""
    family = next(family for family in FAMILIES if family.slug == "cache-misses")
    skipped = [seed for seed in SEEDS if supply.question(family.question_id(seed)) is None]
    assert skipped
    answers = read([family.slug]).families[family.slug]
    assert all(build(family, seed, answers.by_seed[seed], supply.phrases) is None for seed in skipped)
