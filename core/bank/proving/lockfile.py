"""The lock file of a pack: what each program printed on each version, committed beside the content."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from core.bank.proving.judging import Ended

LOCK = Path("proofs", "proofs.lock.json")
"""Where the lock file stands in a pack."""


class Raised(BaseModel):
    """A program that an exception ended, in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    raises: str
    after: str = ""


class Recorded(BaseModel):
    """What is kept of one proof: the program's fingerprint, and its end per version label."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    program: str
    ends: dict[str, str | Raised]

    def ended(self, label: str) -> Ended | None:
        """How the program ended on that version; None when nothing is recorded."""
        kept = self.ends.get(label)
        return Ended(kept.after, kept.raises) if isinstance(kept, Raised) else Ended(kept) if kept is not None else None


class Lock(BaseModel):
    """`pythons`: full version by label; `proofs`: by id; `agreed`: answers of the questions that lean on claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    pythons: dict[str, str] = {}
    proofs: dict[str, Recorded] = {}
    agreed: dict[str, str] = {}


class UnreadableLockError(Exception):
    """The lock file is there, and is none."""


def read_lock(pack: Path) -> Lock:
    """The lock of a pack; an empty one where nothing was recorded yet. Raises UnreadableLockError."""
    path = pack / LOCK
    if not path.is_file():
        return Lock()
    try:
        return Lock.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UnreadableLockError(f"{path} cannot be read; record it anew with `--record`: {error}") from error


def write_lock(pack: Path, lock: Lock) -> None:
    """Write a lock in an order that does not depend on the run, a line a proof and version, so that a diff is short."""
    path = pack / LOCK
    path.parent.mkdir(exist_ok=True)
    proofs = ",\n".join(_lines(id, lock.proofs[id]) for id in sorted(lock.proofs))
    agreed = ",\n".join(f"  {_json(id)}: {_json(lock.agreed[id])}" for id in sorted(lock.agreed))
    pythons = ", ".join(f"{_json(label)}: {_json(lock.pythons[label])}" for label in sorted(lock.pythons, key=_age))
    text = f'{{\n"pythons": {{{pythons}}},\n"proofs": {{\n{proofs}\n}},\n"agreed": {{\n{agreed}\n}}\n}}\n'
    path.write_text(text, "utf-8")


def recorded_ending(ended: Ended) -> str | Raised:
    """An ending as the file keeps it."""
    return Raised(raises=ended.raised, after=ended.output) if ended.raised else ended.output


def _lines(id: str, recorded: Recorded) -> str:
    ends = ",\n".join(f"    {_json(label)}: {_end(recorded.ends[label])}" for label in sorted(recorded.ends, key=_age))
    return f'  {_json(id)}: {{"program": {_json(recorded.program)}, "ends": {{\n{ends}}}}}'


def _end(kept: str | Raised) -> str:
    return _json(kept.model_dump(exclude_defaults=True)) if isinstance(kept, Raised) else _json(kept)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _age(label: str) -> tuple[int, str]:
    return int(label.removesuffix("t").partition(".")[2]), label
