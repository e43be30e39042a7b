"""Programs are judged by what they print, and by the exception that ends them."""

from pathlib import Path

import pytest

from core.bank.proving.judging import Ended, Objection, objection
from core.bank.proving.proof import Example, Proof, Subject
from core.bank.proving.running import Broken, ending_of, python_of
from core.bank.truth import Build, ClaimTruth, Kind, OptionTruth, QuestionTruth, Skill, VersionedAnswer
from core.bank.versions import Python
from core.executor.model import Chunk, Outcome, Run, Stream

OLD, NEW = Python.named("3.13"), Python.named("3.14")


def proof(subject: Subject) -> Proof:
    return Proof("question:q", "print()", subject, Path("questions.toml"), 1)


def single(**more: object) -> QuestionTruth:
    options = (
        OptionTruth(key="yes", value="1 2", right="<3.14"),
        OptionTruth(key="no", value="1  3", right=">=3.14"),
        OptionTruth(key="never", value="KeyError"),
    )
    truth = QuestionTruth(id="q", kind=Kind.SINGLE, level=1, skill=Skill.USE, code="print()", option=options)
    return truth.model_copy(update=more)


def test_the_version_decides_which_option_must_be_printed() -> None:
    assert objection(proof(single()), OLD, Ended("1 2")) is None
    assert objection(proof(single()), NEW, Ended("1  3")) is None
    assert objection(proof(single()), NEW, Ended("1 2")) == Objection(
        "an answer that no wrong option gives (1  3)", "'1 2'"
    )
    assert objection(proof(single()), OLD, Ended("4")) == Objection("'1 2'", "'4'")


def test_a_wrong_option_that_differs_only_in_spaces_is_no_wrong_option() -> None:
    assert objection(proof(single()), OLD, Ended("1\n3")) is not None


def test_an_exception_is_answered_by_its_name() -> None:
    assert objection(proof(single()), OLD, Ended("1 2", "KeyError")) is not None
    right = (OptionTruth(key="error", value="KeyError", right=True), OptionTruth(key="two", value="2"))
    assert objection(proof(single(option=right)), OLD, Ended("1", "KeyError")) is None


@pytest.mark.parametrize(
    ("kind", "more", "output"),
    [
        (Kind.SINGLE, {}, "no"),
        (Kind.ORDER, {}, "yes no never"),
        (Kind.TRUTH, {"right": ">=3.14"}, "True"),
        (Kind.WORD, {"answers": (VersionedAnswer(value="slots"),)}, "slots"),
    ],
)
def test_a_probe_prints_the_answer_itself(kind: Kind, more: dict[str, object], output: str) -> None:
    probed = proof(single(kind=kind, code=None, probe="print()", **more))
    assert objection(probed, NEW, Ended(output)) is None
    assert objection(probed, NEW, Ended(output, "KeyError")) is not None
    assert objection(probed, NEW, Ended("yes")) is not None


def test_a_claim_prints_exactly_what_it_says() -> None:
    claim = ClaimTruth(id="F1", says="so", probe="print(1)", prints={"<3.14": "1", ">=3.14": "2"})
    assert objection(proof(claim), OLD, Ended("1")) is None
    assert objection(proof(claim), NEW, Ended("1")) == Objection("'2'", "'1'")
    assert objection(proof(claim), OLD, Ended("1", "ValueError")) is not None


def test_an_example_only_has_to_run_to_its_end() -> None:
    assert objection(proof(Example("slots")), OLD, Ended("anything")) is None
    assert objection(proof(Example("slots")), OLD, Ended("", "NameError")) is not None


def test_what_is_said_of_the_gil_build_is_not_asked_of_the_other() -> None:
    free = Python.named("3.14t")
    claim = ClaimTruth(id="F1", says="so", probe="print(1)", prints={">=3.11": "1"})
    assert not proof(claim).holds_on(free)
    assert proof(claim.model_copy(update={"build": Build.ANY})).holds_on(free)
    assert not proof(single()).holds_on(free)


def test_a_prerelease_counts_as_what_it_is_going_to_be() -> None:
    assert python_of("3.15.0b2").label == "3.15"
    assert single(python=">=3.15").asked_on(python_of("3.15.0a1"))


def ran(outcome: Outcome, stdout: str = "", stderr: str = "", **more: object) -> Run:
    output = (Chunk(stream=Stream.stdout, text=stdout), Chunk(stream=Stream.stderr, text=stderr))
    return Run.model_validate({"outcome": outcome, "output": output, **more})


def test_the_end_of_a_run() -> None:
    traceback = "Traceback (most recent call last):\n  File 'x'\nweakref.ReferenceError: gone\n"
    assert ending_of(ran(Outcome.finished, "1\n", "a warning")) == Ended("1")
    assert ending_of(ran(Outcome.error, "1\n", traceback)) == Ended("1", "ReferenceError")
    assert ending_of(ran(Outcome.error, exit_status=3)) == Broken("error (exit status 3)")
    assert ending_of(ran(Outcome.error, stderr="no\n", exit_status=1)) == Broken("error (exit status 1), saying 'no'")
    assert ending_of(ran(Outcome.timed_out, "1")) == Broken("timed_out (exit status None)")
    assert ending_of(ran(Outcome.memory_limit, reason="killed_by_kernel")) == Broken("memory_limit (killed_by_kernel)")
