"""A bank with one thing turned wrong is caught, whatever is turned: by the lock file alone, and by running it."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.bank.loading import BUILT_IN, Loaded, load
from core.bank.model import Bank
from core.bank.problems import Problems
from core.bank.proving.checking import check_lock, check_runs
from core.bank.proving.lockfile import LOCK, Lock
from core.bank.proving.proof import proofs
from core.bank.proving.running import interrogate
from core.bank.truth import ClaimTruth, Kind, QuestionTruth
from core.bank.versions import Python
from core.executor.model import Executor

NEWEST = Python.named("3.15")


def moved(versions: str) -> str | None:
    """The version set with its first bound moved by one minor version; None where it names patches or has no bound."""
    bounds = [part for part in versions.split(",") if part]
    if not bounds or any(part.removesuffix(".*").count(".") > 1 for part in bounds):
        return None
    minor = int(bounds[0].removesuffix(".*").rpartition(".")[2])
    step = 1 if minor == 11 else -1
    return ",".join([bounds[0].replace(f"3.{minor}", f"3.{minor + step}"), *bounds[1:]])


def with_option(truth: QuestionTruth, number: int, **changes: object) -> QuestionTruth:
    options = list(truth.option)
    options[number] = options[number].model_copy(update=changes)
    return truth.model_copy(update={"option": tuple(options)})


def flipped(truth: QuestionTruth) -> QuestionTruth | None:
    """Another right answer; None for a question that has none to flip."""
    match truth.kind:
        case Kind.SINGLE:
            right = next(number for number, option in enumerate(truth.option) if option.right is not False)
            wrong = next(number for number, option in enumerate(truth.option) if option.right is False)
            return with_option(with_option(truth, wrong, right=truth.option[right].right), right, right=False)
        case Kind.MULTIPLE:
            return with_option(truth, 0, right=truth.option[0].right is False)
        case Kind.ORDER:
            return truth.model_copy(update={"option": (truth.option[1], truth.option[0], *truth.option[2:])})
        case Kind.TRUTH:
            return truth.model_copy(update={"right": not truth.is_true(NEWEST)})
        case Kind.NUMBER | Kind.WORD:
            answers = tuple(each.model_copy(update={"value": f"{each.value}0"}) for each in truth.answers)
            return truth.model_copy(update={"answers": answers})
        case Kind.RECALL:
            return None


def with_moved_bounds(truth: QuestionTruth) -> Iterator[QuestionTruth]:
    """One question for each of its version sets, with that one's bound moved."""
    if asked := moved(truth.python):
        yield truth.model_copy(update={"python": asked})
    if isinstance(truth.right, str) and (right := moved(truth.right)):
        yield truth.model_copy(update={"right": right})
    for number, option in enumerate(truth.option):
        if isinstance(option.right, str) and (right := moved(option.right)):
            yield with_option(truth, number, right=right)
    for number, answer in enumerate(truth.answers):
        if python := moved(answer.python):
            answers = list(truth.answers)
            answers[number] = answer.model_copy(update={"python": python})
            yield truth.model_copy(update={"answers": tuple(answers)})


def truths(truth: QuestionTruth, pythons: Sequence[Python]) -> list[tuple[object, ...]]:
    """What a question says on each Python. The first of two answers for one version counts: a bound may not matter."""
    return [(truth.answer(python), truth.right_keys(python)) if truth.asked_on(python) else () for python in pythons]


def with_right_distractors(truth: QuestionTruth) -> Iterator[QuestionTruth]:
    """One question for each wrong option, with that one made right, or given the value of the right one."""
    if truth.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return
    values = [option.value for option in truth.option if option.is_right(NEWEST) and option.value is not None]
    for number, option in enumerate(truth.option):
        if option.right is not False:
            continue
        yield with_option(truth, number, right=True)
        if truth.code and not truth.probe and values:
            yield with_option(truth, number, value=values[0])


def with_wrong_prints(claim: ClaimTruth) -> Iterator[ClaimTruth]:
    """One claim for each of its outputs, with that one changed."""
    for versions, output in claim.prints.items():
        yield claim.model_copy(update={"prints": {**claim.prints, versions: f"{output}?"}})


class Guard:
    """The lock file as the only witness."""

    def __init__(self, loaded: Loaded, lock: Lock) -> None:
        self._loaded, self._lock = loaded, lock

    def sees_question(self, truth: QuestionTruth) -> bool:
        question = replace(self._loaded.bank.questions[truth.id], truth=truth)
        return self._sees(f"question:{truth.id}", Bank(questions={truth.id: question}))

    def sees_claim(self, claim: ClaimTruth) -> bool:
        return self._sees(f"claim:{claim.id}", Bank(claims={claim.id: claim}))

    def _sees(self, id: str, bank: Bank) -> bool:
        part = Lock(
            pythons=self._lock.pythons,
            proofs={key: kept for key, kept in self._lock.proofs.items() if key == id},
            agreed={key: kept for key, kept in self._lock.agreed.items() if key == id},
        )
        return any(check_lock(Loaded(bank, Problems(), self._loaded.lines), part, BUILT_IN / LOCK))


@pytest.fixture
def guard(loaded: Loaded, lock: Lock) -> Guard:
    return Guard(loaded, lock)


def test_an_unchanged_bank_is_left_in_peace(guard: Guard, bank: Bank) -> None:
    assert [question.id for question in bank.questions.values() if guard.sees_question(question.truth)] == []
    assert [claim.id for claim in bank.claims.values() if guard.sees_claim(claim)] == []


def test_each_flipped_answer_is_seen(guard: Guard, bank: Bank) -> None:
    mutants = [mutant for question in bank.questions.values() if (mutant := flipped(question.truth))]
    assert len(mutants) > 300
    assert [mutant.id for mutant in mutants if not guard.sees_question(mutant)] == []


def test_each_moved_version_bound_is_seen(guard: Guard, bank: Bank, lock: Lock) -> None:
    recorded = [Python.named(full) for full in lock.pythons.values()]
    mutants = [
        mutant
        for question in bank.questions.values()
        for mutant in with_moved_bounds(question.truth)
        if truths(mutant, recorded) != truths(question.truth, recorded)
    ]
    assert len(mutants) > len(bank.questions)
    assert [mutant for mutant in mutants if not guard.sees_question(mutant)] == []


def test_each_distractor_made_right_is_seen(guard: Guard, bank: Bank) -> None:
    mutants = [mutant for question in bank.questions.values() for mutant in with_right_distractors(question.truth)]
    assert len(mutants) > 800
    assert [mutant.id for mutant in mutants if not guard.sees_question(mutant)] == []


def test_each_changed_print_of_a_claim_is_seen(guard: Guard, bank: Bank, lock: Lock) -> None:
    recorded = [Python.named(full) for full in lock.pythons.values()]

    def concerned(claim: ClaimTruth, mutant: ClaimTruth) -> bool:
        return any(claim.expected(python) != mutant.expected(python) for python in recorded)

    pairs = [(claim, mutant) for claim in bank.claims.values() for mutant in with_wrong_prints(claim)]
    mutants = [mutant for claim, mutant in pairs if concerned(claim, mutant)]
    assert len(mutants) > 200
    assert [mutant.id for mutant in mutants if not guard.sees_claim(mutant)] == []


MUTATIONS = {
    "a right answer": (
        "question:weakref-count",
        'value = "0"\nright = true\n',
        'value = "0"\n',
        'value = "1"\n',
        'value = "1"\nright = true\n',
    ),
    "a version bound": ("question:reuse-intern-dies", "!=3.12.*", "!=3.13.*"),
    "a distractor": ("question:weakref-count", 'value = "1"', 'value = "0"'),
    "a print": ("claim:F51", '">=3.11" = "0 True 1"', '">=3.11" = "1 True 1"'),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the built-in pack."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_a_file_turned_wrong_is_seen_by_lock_and_by_cpython(
    mutation: str, copy: Path, lock: Lock, executor: Executor
) -> None:
    id, *words = MUTATIONS[mutation]
    before = load((copy,))
    path = before.lines[id.partition(":")[2]][0]
    head, found, rest = path.read_text("utf-8").partition(f'id = "{id.partition(":")[2]}"\n')
    for old, new in zip(words[::2], words[1::2], strict=True):
        assert old in rest
        rest = rest.replace(old, new, 1)
    path.write_text(head + found + rest, "utf-8")

    loaded = load((copy,))
    assert {each.proof for each in check_lock(loaded, lock, copy / LOCK)} == {id}

    wanted = [proof for proof in proofs(loaded) if proof.id == id]
    answers = await interrogate(executor, wanted, ("3.12", "3.13"))
    differences = list(check_runs(wanted, answers, Lock(), copy / LOCK))
    assert differences
    assert {(each.proof, each.path) for each in differences} == {(id, path)}
