"""Bank, lock file and runs, held against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.bank.loading import Loaded
from core.bank.proving.judging import objection
from core.bank.proving.lockfile import Lock
from core.bank.proving.proof import Proof, leanings, proofs
from core.bank.proving.running import Broken, Interrogation, python_of
from core.bank.versions import Python

RECORD = "record it with `kucha content prove --record`"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """Something unproved: where the statement stands, about which full version, what was expected and what came."""

    path: Path
    line: int
    proof: str
    message: str
    python: str = ""
    expected: str = ""
    got: str = ""

    @property
    def what(self) -> str:
        """The difference without its place."""
        python = f" on Python {self.python}" if self.python else ""
        compared = f": expected {self.expected}, got {self.got}" if self.expected else ""
        return f"`{self.proof}`{python}: {self.message}{compared}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


def check_lock(loaded: Loaded, lock: Lock, lock_file: Path) -> Iterator[Difference]:
    """What the lock misses, has too much, or says otherwise than the author; nothing is run for this."""
    known = {proof.id: proof for proof in proofs(loaded)}
    for proof in known.values():
        yield from _check_recorded(proof, lock)
    agreed = {leaning.id: leaning for leaning in leanings(loaded)}
    for leaning in agreed.values():
        kept = lock.agreed.get(leaning.id)
        if kept is None:
            yield Difference(leaning.path, leaning.line, leaning.id, f"its answer is not recorded; {RECORD}")
        elif kept != leaning.answer:
            what = f"no program proves it, and its answer is not the recorded one; if it is meant so, {RECORD}"
            yield Difference(leaning.path, leaning.line, leaning.id, what, expected=kept, got=leaning.answer)
    for id in sorted((lock.proofs.keys() - known.keys()) | (lock.agreed.keys() - agreed.keys())):
        yield Difference(lock_file, 0, id, "recorded, but the bank proves nothing of that name any more")


def _check_recorded(proof: Proof, lock: Lock) -> Iterator[Difference]:
    recorded = lock.proofs.get(proof.id)
    if recorded is None:
        if not lock.pythons or any(proof.holds_on(_python(label, full)) for label, full in lock.pythons.items()):
            yield Difference(proof.path, proof.line, proof.id, f"not recorded; {RECORD}")
        return
    if recorded.program != proof.fingerprint:
        yield Difference(proof.path, proof.line, proof.id, f"the program is not the recorded one; {RECORD}")
        return
    for label in sorted(lock.pythons.keys() | recorded.ends.keys()):
        full = lock.pythons.get(label, label)
        python = _python(label, full)
        ended = recorded.ended(label)
        if proof.holds_on(python) != (ended is not None):
            what = "recorded, but not about this version" if ended is not None else f"not recorded; {RECORD}"
            yield Difference(proof.path, proof.line, proof.id, what, full)
        elif ended is not None and (against := objection(proof, python, ended)):
            what = "the recorded proof says otherwise"
            yield Difference(proof.path, proof.line, proof.id, what, full, against.expected, against.got)


def _python(label: str, full: str) -> Python:
    return python_of(full.removesuffix("t"), label.endswith("t"))


def check_runs(
    wanted: Sequence[Proof], interrogations: Sequence[Interrogation], lock: Lock, lock_file: Path
) -> Iterator[Difference]:
    """Where a run contradicts the author, or the lock of the very same version."""
    by_id = {proof.id: proof for proof in wanted}
    for interrogation in interrogations:
        label, full = interrogation.interpreter.label, interrogation.interpreter.version
        if interrogation.unavailable is not None:
            what = f"this interpreter cannot run anything here: {interrogation.unavailable}"
            yield Difference(lock_file, 0, label, what, full)
        for id, ended in interrogation.endings.items():
            proof = by_id[id]
            recorded = lock.proofs.get(id)
            kept = recorded.ended(label) if recorded and lock.pythons.get(label) == full else None
            if isinstance(ended, Broken):
                what = f"the program did not end of its own: {ended.why}"
                yield Difference(proof.path, proof.line, id, what, full)
            elif against := objection(proof, interrogation.python, ended):
                what = "CPython says otherwise"
                yield Difference(proof.path, proof.line, id, what, full, against.expected, against.got)
            elif kept is not None and recorded is not None and recorded.program == proof.fingerprint and kept != ended:
                what = "the lock file says otherwise"
                yield Difference(proof.path, proof.line, id, what, full, str(kept), str(ended))
