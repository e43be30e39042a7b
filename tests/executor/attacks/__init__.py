"""Programs that want out, down or across: what each tries, and the only endings it may have."""

from dataclasses import dataclass

from core.executor.model import Outcome


@dataclass(frozen=True, slots=True)
class Attack:
    """`endings` are the outcomes that are fine, `says` must be in the output, `never` must not."""

    name: str
    code: str
    endings: frozenset[Outcome]
    says: str = ""
    never: str = "ESCAPED"


def attack(name: str, code: str, *endings: Outcome, says: str = "", never: str = "ESCAPED") -> Attack:
    return Attack(name, code.strip("\n"), frozenset(endings), says, never)
