"""What is on record is what CPython prints."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.bank.generators.drawing import Draw
from core.bank.generators.family import Draft, Family
from core.bank.generators.recording import Recorded, UnansweredError, read, record, said
from core.bank.generators.registry import FAMILIES
from core.bank.truth import Skill
from core.executor.embedded import EmbeddedExecutor, ExecutorSettings, open_executor
from core.executor.limits import Limits
from core.executor.model import Snippet
from tests.bank.generators.conftest import SAMPLE

pytestmark = pytest.mark.asyncio(loop_scope="session")
SLUGS = [family.slug for family in FAMILIES]


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    return read(SLUGS)


async def test_a_sample_run_now_prints_what_is_on_record(recorded: Recorded, sampled: Recorded) -> None:
    pythons = {label for answers in sampled.families.values() for label in answers.pythons}
    assert len(pythons) >= 3
    assert {seed for answers in sampled.families.values() for seed in answers.by_seed} == set(SAMPLE)
    assert [str(difference) for difference in recorded.differences(sampled)] == []


@pytest.mark.parametrize("slug", SLUGS)
async def test_a_flipped_answer_is_caught(slug: str, recorded: Recorded, sampled: Recorded, tmp_path: Path) -> None:
    answers = recorded.families[slug]
    python = next(iter(sampled.families[slug].pythons))
    right = answers.by_seed[SAMPLE[1]][python]
    flipped = {**answers.by_seed, SAMPLE[1]: {**answers.by_seed[SAMPLE[1]], python: "flipped"}}
    Recorded({slug: replace(answers, by_seed=flipped)}).save(tmp_path)
    sample = Recorded({slug: sampled.families[slug]})
    caught = [str(difference) for difference in read([slug], tmp_path).differences(sample)]
    assert caught == [f"{slug} {SAMPLE[1]} on {python}: recorded 'flipped', now {right!r}"]


async def test_a_program_without_an_answer_is_named(executor: EmbeddedExecutor) -> None:
    def silent(draw: Draw) -> Draft:
        return Draft(f"{draw.names[0]} = 1", ())

    family = Family("silent", "slots", 2, Skill.USE, ("F104",), silent)
    with pytest.raises(UnansweredError, match=r"printed '', not one line"):
        await record(executor, [family], [1])


async def test_a_program_that_never_ends_is_found_among_the_others() -> None:
    def endless(draw: Draw) -> Draft:
        number = draw.number(1, 9)
        return Draft("while True: pass" if number == 9 else f"print({number})", ())

    family = Family("endless", "slots", 2, Skill.USE, ("F104",), endless)
    seeds = [seed for seed in range(40) if family.draft(seed).code in ("print(1)", "print(2)", "while True: pass")]
    impatient = await open_executor(ExecutorSettings(limits=Limits(wall_seconds=1.0), slots=1))
    try:
        with pytest.raises(UnansweredError, match=r"on [\d.]+, timed_out :\nwhile True: pass"):
            await record(impatient, [family], seeds)
    finally:
        await impatient.close()


async def test_programs_that_run_together_do_not_meet(executor: EmbeddedExecutor) -> None:
    def leaving(draw: Draw) -> Draft:
        return Draft("import builtins\nprint(getattr(builtins, 'trace', 'clean'))\nbuiltins.trace = 1", ())

    def failing(draw: Draw) -> Draft:
        return Draft("print('half')\nraise SystemExit(3)", ())

    family = Family("leaving", "slots", 2, Skill.USE, ("F104",), leaving)
    answers = (await record(executor, [family, replace(family, slug="again")], [1, 2])).families
    assert {line for each in answers.values() for by in each.by_seed.values() for line in by.values()} == {"clean"}
    with pytest.raises(UnansweredError, match="printed None"):
        await record(executor, [replace(family, make=failing)], [1])


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_program_alone_prints_the_same_as_in_company(recorded: Recorded, executor: EmbeddedExecutor) -> None:
    for family in FAMILIES:
        for python in executor.pythons():
            if python.free_threaded:
                continue
            run = await executor.run(Snippet(family.draft(SAMPLE[0]).program, python.label))
            assert said(run) == recorded.families[family.slug].by_seed[SAMPLE[0]][python.label], family.slug


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_a_hundred_seeds_of_each_family_print_what_is_on_record(
    recorded: Recorded, executor: EmbeddedExecutor
) -> None:
    again = await record(executor, FAMILIES, range(100))
    assert [str(difference) for difference in recorded.differences(again)] == []
