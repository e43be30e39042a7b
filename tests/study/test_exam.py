"""A mock interview: what is drawn, what a checklist holds, what passes, what the plan names."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.bank.generators.supply import Supply
from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.bank.wording import Language
from core.document import plain_spans
from core.study.exam import (
    DURATION,
    MOST_GENERATED,
    QUESTIONS,
    WANTED,
    WEAK_SPOTS,
    Exam,
    Item,
    Paper,
    Part,
    can_be_credited,
    draw,
    is_passed,
    next_level,
    part_of,
    points,
    result,
)

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EXAM = Exam(1, 1, "terminal", "terminal", 2, "3.14", START, START + DURATION, START + timedelta(minutes=7), True)
LEVELS = (1, 2, 3)


def written(bank: Bank, level: int) -> list[Question]:
    """The written questions of a level."""
    return [question for question in bank.questions.values() if question.truth.level == level]


def generated(level: int) -> list[Question]:
    """Generated questions of a level, one a cell."""
    supply = Supply()
    cells = sorted(cell for cell in supply.cells() if cell[0] == level)
    made = (supply.fresh(*cell, Python.named("3.14"), Random(1), ()) for cell in cells)
    return [question for question in made if question]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", range(20))
def test_every_exam_is_mixed_and_spread(bank: Bank, level: int, seed: int) -> None:
    drawn = draw(written(bank, level), generated(level), (), Random(seed))
    assert len({question.id for question in drawn}) == len(drawn) == QUESTIONS
    assert Counter(map(part_of, drawn)) == WANTED
    topics = Counter(question.competency for question in drawn)
    assert len(topics) >= 6
    assert max(topics.values()) <= 3


def test_chance_decides_and_is_passed_in(bank: Bank) -> None:
    pool = written(bank, 2)
    assert draw(pool, (), (), Random(1)) == draw(pool, (), (), Random(1))
    assert draw(pool, (), (), Random(1)) != draw(pool, (), (), Random(2))


@pytest.mark.parametrize("level", LEVELS)
def test_generated_questions_take_few_places(bank: Bank, level: int) -> None:
    drawn = draw(written(bank, level), generated(level), (), Random(3))
    made = [question for question in drawn if question.id.startswith("gen-")]
    assert 0 < len(made) <= MOST_GENERATED


def test_what_was_asked_lately_is_left_out_while_there_is_something_else(bank: Bank) -> None:
    first = {question.id for question in draw(written(bank, 2), (), (), Random(1))}
    second = {question.id for question in draw(written(bank, 2), (), first, Random(1))}
    assert not first & second
    everything = {question.id for question in written(bank, 2)}
    assert len(draw(written(bank, 2), (), everything, Random(1))) == QUESTIONS


def test_a_small_bank_gives_a_short_exam(bank: Bank) -> None:
    choices = [question for question in written(bank, 1) if question.truth.kind is Kind.SINGLE][:4]
    drawn = draw(choices, (), (), Random(1))
    assert {question.id for question in drawn} == {question.id for question in choices}
    assert draw((), (), (), Random(1)) == ()


def test_every_told_answer_has_the_same_points_in_both_languages(bank: Bank) -> None:
    for question in bank.questions.values():
        if question.truth.kind is Kind.RECALL:
            counts = {len(points(question, language)) for language in Language}
            assert len(counts) == 1, question.id
            assert min(counts) > 1, question.id
            assert can_be_credited(question)


def test_a_list_is_a_point_an_item_and_its_introduction_is_none(bank: Bank) -> None:
    story = bank.questions["profiling-leak-story"]
    assert len(points(story, Language.EN)) == 5
    text = story.texts[Language.EN]
    told = "Two ways:\n\n- the first\n- the second\n\nBoth are good."
    reworded = {language: type(text)(text.prompt, {}, "", told) for language in Language}
    found = points(Question(story.truth, story.competency, reworded), Language.EN)
    assert [plain_spans(point) for point in found] == ["the first", "the second", "Both are good."]
    empty = {language: type(text)(text.prompt, {}, "", "") for language in Language}
    assert not can_be_credited(Question(story.truth, story.competency, empty))


def papers(bank: Bank, credits: Sequence[float | None]) -> list[Paper]:
    """Questions of level 2 with these credits."""
    chosen = written(bank, 2)[:: len(written(bank, 2)) // len(credits)]
    return [
        Paper(place + 1, Item(place, question.id, question.keys(), (), credit), question)
        for place, (question, credit) in enumerate(zip(chosen, credits, strict=False))
    ]


def test_seven_tenths_pass_and_a_hair_less_does_not(bank: Bank) -> None:
    assert is_passed(papers(bank, [1.0] * 7 + [0.0] * 3))
    assert is_passed(papers(bank, [*[1.0] * 8, 0.2, 0.2, 0.0, None]))
    assert not is_passed(papers(bank, [*[1.0] * 8, 1 / 3, 0.0, 0.0, None]))
    assert not is_passed([])


def test_the_percentage_is_never_rounded_up(bank: Bank) -> None:
    almost = result(EXAM, papers(bank, [*[1.0] * 8, 1 / 3, 0.0, 0.0, None]), 2)
    assert almost.percent == 69
    assert result(EXAM, papers(bank, [1.0] * 7 + [0.0] * 3), 2).percent == 70


def test_the_plan_names_the_worst_topics_first_and_only_what_was_answered(bank: Bank) -> None:
    came = result(EXAM, papers(bank, [1.0, 0.5, 0.0, 0.9, 0.25, None, None, 1.0]), 2)
    worst = [share.credit / share.total for share in came.weak]
    assert worst == sorted(worst)
    assert len(came.weak) == WEAK_SPOTS
    assert came.unanswered == 2
    assert [paper.number for paper in came.missed] == [2, 3, 4, 5]
    assert sum(share.total for share in came.parts) == came.total == 8


def test_without_a_mistake_there_is_no_plan(bank: Bank) -> None:
    came = result(EXAM, papers(bank, [1.0] * 12), 2)
    assert (came.percent, came.weak, came.missed) == (100, (), ())
    assert all(share.credit == share.total for share in came.parts)
    assert {share.of for share in came.parts} <= set(Part)


@pytest.mark.parametrize(
    ("exam", "before", "after"), [(1, 1, 2), (2, 2, 3), (3, 3, 3), (3, 1, 2), (1, 2, 2), (1, 3, 3), (2, 1, 2)]
)
def test_passing_moves_one_level_up_but_not_for_an_exam_below(exam: int, before: int, after: int) -> None:
    assert next_level(exam, before) == after
