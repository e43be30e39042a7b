"""Proving a pack: run what it states, hold it against the author and the lock file, and record it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.bank.loading import Loaded
from core.bank.proving.checking import Difference, check_lock, check_runs
from core.bank.proving.judging import Ended
from core.bank.proving.lockfile import LOCK, Lock, Recorded, read_lock, recorded_ending, write_lock
from core.bank.proving.proof import Proof, leanings, proofs
from core.bank.proving.running import Interrogation, interrogate
from core.executor.model import Executor


@dataclass(frozen=True, slots=True)
class Wish:
    """What to prove, `question:x` or just `x`, on which version labels (none stands for all), and whether to record."""

    only: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    record: bool = False


@dataclass(frozen=True, slots=True)
class Proving:
    """What came of it. `pythons` are the full versions asked, by label; `absent` the recorded ones not found here."""

    proofs: int
    runs: int
    pythons: Mapping[str, str]
    absent: tuple[str, ...]
    differences: tuple[Difference, ...]


class ProvingError(Exception):
    """Nothing could be proved; the words say why and what to do."""


async def prove(loaded: Loaded, pack: Path, executor: Executor, wish: Wish) -> Proving:
    """Prove one pack. Raises ProvingError when nothing can be run, UnreadableLockError for a damaged lock file."""
    lock = read_lock(pack)
    wanted = _wanted(loaded, wish.only)
    interrogations = await interrogate(executor, wanted, wish.labels)
    _require_answers(interrogations, wish.labels)
    if wish.record:
        found = list(check_runs(wanted, interrogations, Lock(), pack / LOCK))
        lock = _merged(lock, loaded, interrogations, {(each.proof, each.python) for each in found}, bool(wish.only))
        write_lock(pack, lock)
    else:
        found = list(check_runs(wanted, interrogations, lock, pack / LOCK))
    named = {difference.proof for difference in found}
    ids = {proof.id for proof in wanted}
    found += [
        difference
        for difference in check_lock(loaded, lock, pack / LOCK)
        if difference.proof not in named and (difference.proof in ids or not wish.only)
    ]
    pythons = {each.interpreter.label: each.interpreter.version for each in interrogations}
    return Proving(
        len(wanted),
        sum(len(each.endings) for each in interrogations),
        pythons,
        tuple(sorted(lock.pythons.keys() - {each.label for each in executor.pythons()})),
        tuple(sorted(found)),
    )


def _wanted(loaded: Loaded, only: Sequence[str]) -> tuple[Proof, ...]:
    known = tuple(proofs(loaded))
    names = {name for proof in known for name in (proof.id, proof.id.partition(":")[2])}
    unknown = [id for id in only if id not in names]
    if unknown:
        raise ProvingError(f"nothing here is proved under the name {', '.join(unknown)}")
    return tuple(proof for proof in known if not only or proof.id in only or proof.id.partition(":")[2] in only)


def _require_answers(interrogations: Sequence[Interrogation], labels: Sequence[str]) -> None:
    missing = set(labels) - {each.interpreter.label for each in interrogations}
    if missing:
        raise ProvingError(f"no Python {', '.join(sorted(missing))} is here; `make pythons` installs the newest ones")
    if not interrogations:
        raise ProvingError("the sandbox found no Python to run")
    reasons = {each.unavailable for each in interrogations}
    if None not in reasons:
        raise ProvingError(f"the sandbox is not available here: {', '.join(sorted(map(str, reasons)))}")


def _merged(
    old: Lock,
    loaded: Loaded,
    interrogations: Sequence[Interrogation],
    wrong: Iterable[tuple[str, str]],
    partly: bool,
) -> Lock:
    """The old lock with the new endings. What contradicts its author is left out, and so is what the bank dropped."""
    asked = {each.interpreter.label: each for each in interrogations if each.unavailable is None}
    changed = [
        label
        for label, each in asked.items()
        if old.pythons.get(label, each.interpreter.version) != each.interpreter.version
    ]
    if partly and changed:
        raise ProvingError(
            f"the lock file was recorded with another patch of {', '.join(changed)}; record everything, without --only"
        )
    out = set(wrong)
    pythons = {**old.pythons, **{label: each.interpreter.version for label, each in asked.items()}}
    records: dict[str, Recorded] = {}
    for proof in proofs(loaded):
        kept = old.proofs.get(proof.id)
        ends = dict(kept.ends) if kept and kept.program == proof.fingerprint else {}
        for label, each in asked.items():
            ended = each.endings.get(proof.id)
            if isinstance(ended, Ended) and (proof.id, each.interpreter.version) not in out:
                ends[label] = recorded_ending(ended)
            elif ended is not None or not partly:
                ends.pop(label, None)
        if ends:
            records[proof.id] = Recorded(program=proof.fingerprint, ends=ends)
    return Lock(pythons=pythons, proofs=records, agreed={each.id: each.answer for each in leanings(loaded)})
