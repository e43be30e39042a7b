"""The built-in content is proved: by what is recorded for every taught version, and by running it again."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.wiring import PROJECT
from core.bank.loading import BUILT_IN, Loaded
from core.bank.proving.checking import Difference, check_lock, check_runs
from core.bank.proving.lockfile import LOCK, Lock
from core.bank.proving.proof import proofs
from core.bank.proving.prove import Wish, prove
from core.bank.proving.running import interrogate
from core.bank.versions import TAUGHT, Python
from core.executor.model import Executor


def named(differences: Sequence[Difference]) -> str:
    return "\n".join(map(str, differences))


def test_every_statement_is_recorded_for_every_taught_version_and_agrees(loaded: Loaded, lock: Lock) -> None:
    assert set(TAUGHT) <= lock.pythons.keys()
    differences = list(check_lock(loaded, lock, BUILT_IN / LOCK))
    assert not differences, named(differences)


def test_every_proof_says_something_of_a_taught_version(loaded: Loaded) -> None:
    pythons = [Python.named(label) for label in TAUGHT]
    assert [proof.id for proof in proofs(loaded) if not any(map(proof.holds_on, pythons))] == []


async def test_old_and_new_pythons_are_here_to_prove_it(executor: Executor) -> None:
    labels = {each.label for each in executor.pythons()}
    assert len(labels) >= 3
    assert labels & {"3.11"}
    if (PROJECT / ".pythons").is_dir():
        assert labels & {"3.14", "3.15"}, "what `make pythons` installed cannot be run"


async def test_each_proof_holds_on_one_of_the_pythons_here(loaded: Loaded, lock: Lock, executor: Executor) -> None:
    known = tuple(proofs(loaded))
    labels = [each.label for each in executor.pythons()]
    shares = {label: known[number :: len(labels)] for number, label in enumerate(labels)}
    answers = await asyncio.gather(*(interrogate(executor, share, (label,)) for label, share in shares.items()))
    differences = [each for answer in answers for each in check_runs(known, answer, lock, BUILT_IN / LOCK)]
    assert not differences, named(differences)
    assert sum(len(each.endings) for answer in answers for each in answer) > len(known) * 0.9


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_every_proof_holds_on_every_python_here(loaded: Loaded, executor: Executor) -> None:
    proving = await prove(loaded, BUILT_IN, executor, Wish())
    assert not proving.differences, named(proving.differences)
    assert proving.runs > proving.proofs * len(executor.pythons()) * 0.9
