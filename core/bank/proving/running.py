"""Programs, run in the sandbox on every interpreter that is there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from packaging.version import Version

from core.bank.proving.judging import Ended
from core.bank.proving.proof import Example, Proof
from core.bank.versions import Python
from core.executor.model import Executor, Interpreter, Outcome, Run, Snippet, Stream


@dataclass(frozen=True, slots=True)
class Broken:
    """A program that did not come to an end of its own: the limit it hit, or why the sandbox lost it."""

    why: str


@dataclass(frozen=True, slots=True)
class Interrogation:
    """What one interpreter said to each proof, by id; `unavailable` is the reason when it cannot run anything here."""

    interpreter: Interpreter
    endings: Mapping[str, Ended | Broken] = field(default_factory=dict)
    unavailable: str | None = None

    @property
    def python(self) -> Python:
        """The Python of these answers. A pre-release counts as the version it is going to be."""
        return python_of(self.interpreter.version, self.interpreter.free_threaded)


def python_of(version: str, free_threaded: bool = False) -> Python:
    """The Python behind a full version such as `3.13.0` or `3.15.0b1`."""
    return Python(Version(Version(version).base_version), free_threaded)


async def interrogate(
    executor: Executor, wanted: Sequence[Proof], labels: Sequence[str] = ()
) -> tuple[Interrogation, ...]:
    """Put every proof to every interpreter (or to those of `labels`), all interpreters at the same time.

    A program that hit a limit is tried a second time, since a busy machine is not the program's fault; one that
    printed the wrong thing is not.
    """
    interpreters = [each for each in executor.pythons() if not labels or each.label in labels]
    return tuple(await asyncio.gather(*(_one_by_one(executor, each, wanted) for each in interpreters)))


async def _one_by_one(executor: Executor, interpreter: Interpreter, wanted: Sequence[Proof]) -> Interrogation:
    python = python_of(interpreter.version, interpreter.free_threaded)
    endings: dict[str, Ended | Broken] = {}
    for proof in wanted:
        if not proof.holds_on(python):
            continue
        run = await executor.run(Snippet(proof.code, interpreter.label, chat=interpreter.label))
        if run.outcome not in (Outcome.finished, Outcome.error, Outcome.unavailable):
            run = await executor.run(Snippet(proof.code, interpreter.label, chat=interpreter.label))
        if run.outcome is Outcome.unavailable:
            return Interrogation(interpreter, endings, run.reason or "no reason given")
        ended = ending_of(run)
        if isinstance(proof.subject, Example) and isinstance(ended, Ended):
            ended = replace(ended, output="")
        endings[proof.id] = ended
    return Interrogation(interpreter, endings)


def ending_of(run: Run) -> Ended | Broken:
    """How a run ended, as far as proofs go."""
    output = "".join(chunk.text for chunk in run.output if chunk.stream is Stream.stdout).strip()
    if run.outcome is Outcome.finished:
        return Ended(output)
    errors = "".join(chunk.text for chunk in run.output if chunk.stream is Stream.stderr)
    raised = _exception_name(errors)
    if run.outcome is Outcome.error and raised:
        return Ended(output, raised)
    why = run.reason or f"exit status {run.exit_status}"
    last = errors.strip().rpartition("\n")[2][:200]
    return Broken(f"{run.outcome.value} ({why})" + (f", saying {last!r}" if last else ""))


def _exception_name(errors: str) -> str | None:
    """The exception's name from the last traceback: its last line without indentation that names a class."""
    for line in reversed(errors.splitlines()):
        name = line.partition(":")[0].strip().rpartition(".")[2]
        if line[:1].strip() and name.isidentifier() and "Traceback" in errors:
            return name
    return None
