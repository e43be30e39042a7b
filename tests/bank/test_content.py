"""The built-in content holds together; every failure is named at once."""

from core.bank.checks import check
from core.bank.loading import BUILT_IN, Loaded, load
from core.bank.model import Bank
from core.bank.truth import Kind, Skill

CURRICULUM = {
    1: {"garbage-collector", "reference-counting", "del-and-finalizers", "memory-profiling-basics"},
    2: {
        "heap-and-stack",
        "slots",
        "gc-two-mechanisms",
        "weak-references",
        "argument-passing",
        "object-reuse",
    },
    3: {
        "pymalloc",
        "gc-algorithms",
        "gil-and-gc",
        "processes-and-memory",
        "profiling-practice",
        "memory-optimization",
        "pyobject",
        "identity-and-mutability",
        "bytecode-and-pvm",
        "process-and-threads",
        "namespaces-and-frames",
    },
}


def test_no_problem_in_any_file() -> None:
    problems = check(load((BUILT_IN,)))
    assert not len(problems), "\n".join(str(problem) for problem in problems)


def test_every_competency_of_the_curriculum_is_taught(bank: Bank) -> None:
    taught = {
        level: {slug for slug, each in bank.competencies.items() if each.truth.level == level} for level in CURRICULUM
    }
    assert taught == CURRICULUM


def test_every_competency_has_a_dozen_questions_of_many_kinds(bank: Bank) -> None:
    thin = {}
    for slug in bank.competencies:
        questions = bank.questions_of(slug)
        kinds = {question.truth.kind for question in questions}
        skills = {question.truth.skill for question in questions}
        if len(questions) < 12 or len(kinds) < 5 or skills != set(Skill):
            thin[slug] = (len(questions), sorted(kinds), sorted(skills))
    assert thin == {}


def test_every_claim_is_asked_about(bank: Bank) -> None:
    asked = {claim for question in bank.questions.values() for claim in question.truth.claims}
    assert (
        sorted(claim for claim in bank.claims if claim.partition("-")[0] not in {a.partition("-")[0] for a in asked})
        == []
    )


def test_every_misconception_is_a_wrong_option_somewhere(bank: Bank) -> None:
    used = {
        option.misconception
        for question in bank.questions.values()
        if question.truth.kind in (Kind.SINGLE, Kind.MULTIPLE)
        for option in question.truth.option
    }
    assert sorted(bank.misconceptions.keys() - used) == []


def test_every_competency_has_a_demonstration(bank: Bank, loaded: Loaded) -> None:
    assert [slug for slug, each in bank.competencies.items() if not each.example.strip()] == []
