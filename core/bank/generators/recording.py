"""What CPython answered to generated questions: run once on every version, kept in files, compared again later."""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.bank.generators.batch import apart, batches, together
from core.bank.generators.family import Family
from core.executor.model import Executor, Outcome, Run, Snippet, Stream

FOLDER = Path(__file__).resolve().parents[3] / "content" / "proofs" / "generated"
SEEDS = range(1000)
"""The seeds whose answers are kept."""

AT_ONCE = 4
"""Runs that wait for the executor at a time: learners share it."""


class UnansweredError(Exception):
    """A program of a generator did not print its one line; the message says which and what came instead."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the programs of a family print: by seed, then by version label.

    `pythons` gives the full version behind each label. `programs` is a digest of the programs that were run: when a
    family draws other programs, its record is of no use any more.
    """

    family: str
    pythons: Mapping[str, str]
    programs: str
    by_seed: Mapping[int, Mapping[str, str]]

    def to_json(self) -> str:
        """One line a seed: the answer where all versions agree, else one answer a version."""
        head = json.dumps({"family": self.family, "programs": self.programs, "pythons": self.pythons})
        lines = (f"{json.dumps(str(seed))}: {_compact(answers)}" for seed, answers in sorted(self.by_seed.items()))
        return f'{head[:-1]}, "answers": {{\n' + ",\n".join(lines) + "\n}}\n"

    @classmethod
    def from_json(cls, text: str) -> "Answers":
        """The record that `to_json` wrote."""
        record = json.loads(text)
        labels = tuple(record["pythons"])
        by_seed = {
            int(seed): dict(zip(labels, [answers] * len(labels) if isinstance(answers, str) else answers, strict=True))
            for seed, answers in record["answers"].items()
        }
        return cls(record["family"], record["pythons"], record["programs"], by_seed)


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that is not what is on record."""

    family: str
    seed: int
    python: str
    recorded: str
    printed: str

    def __str__(self) -> str:
        return f"{self.family} {self.seed} on {self.python}: recorded {self.recorded!r}, now {self.printed!r}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of families, by their slugs."""

    families: Mapping[str, Answers]

    def save(self, folder: Path = FOLDER) -> None:
        """Write one file a family."""
        folder.mkdir(parents=True, exist_ok=True)
        for slug, answers in self.families.items():
            (folder / f"{slug}.json").write_text(answers.to_json(), "utf-8")

    def differences(self, again: "Recorded") -> Iterator[Difference]:
        """Where a second recording, perhaps of fewer seeds and versions, gave other answers."""
        for slug, answers in again.families.items():
            for seed, by_python in answers.by_seed.items():
                for python, printed in by_python.items():
                    recorded = self.families[slug].by_seed[seed].get(python)
                    if recorded is not None and recorded != printed:
                        yield Difference(slug, seed, python, recorded, printed)


def read(families: Iterable[str], folder: Path = FOLDER) -> Recorded:
    """The records of families that were saved in a folder."""
    return Recorded({slug: Answers.from_json((folder / f"{slug}.json").read_text("utf-8")) for slug in families})


async def record(executor: Executor, families: Iterable[Family], seeds: Sequence[int]) -> Recorded:
    """Run the programs of seeds on every GIL build of the executor, each in a process of its own.

    Raises UnansweredError when one does not print its one line.
    """
    programs = {family.slug: {seed: family.draft(seed).program for seed in seeds} for family in families}
    found = {python.label: python.version for python in executor.pythons() if not python.free_threaded}
    pythons = dict(sorted(found.items()))
    every = list(dict.fromkeys(program for drawn in programs.values() for program in drawn.values()))
    printed = {label: await _printed(executor, label, every) for label in pythons}
    return Recorded(
        {
            slug: Answers(
                slug,
                pythons,
                digest(drawn.values()),
                {seed: {label: printed[label][program] for label in pythons} for seed, program in drawn.items()},
            )
            for slug, drawn in programs.items()
        }
    )


async def _printed(executor: Executor, label: str, programs: Sequence[str]) -> dict[str, str]:
    """What programs print on one Python."""
    gate = asyncio.Semaphore(AT_ONCE)
    found = await asyncio.gather(*(_answered(executor, gate, label, portion) for portion in batches(programs)))
    return {program: line for portion in found for program, line in portion.items()}


async def _answered(executor: Executor, gate: asyncio.Semaphore, label: str, programs: Sequence[str]) -> dict[str, str]:
    """What a portion of programs prints; one that does not end in time, as on a busy machine, is cut in two."""
    async with gate:
        run = await executor.run(Snippet(together(programs), label))
    if run.outcome is Outcome.finished:
        return {program: _one_line(program, line, label) for program, line in apart(said(run), programs).items()}
    if run.outcome is Outcome.unavailable or len(programs) == 1:
        raise UnansweredError(f"on {label}, {run.outcome} {run.reason or ''}:\n{programs[0]}")
    half = len(programs) // 2
    first = await _answered(executor, gate, label, programs[:half])
    return first | await _answered(executor, gate, label, programs[half:])


def _one_line(program: str, printed: str | None, label: str) -> str:
    if not printed or "\n" in printed:
        raise UnansweredError(f"on {label} this printed {printed!r}, not one line:\n{program}")
    return printed


def said(run: Run) -> str:
    """What a run printed, stripped."""
    return "".join(chunk.text for chunk in run.output if chunk.stream is Stream.stdout).strip()


def digest(programs: Iterable[str]) -> str:
    """The digest of programs, in their order."""
    return hashlib.sha256("\0".join(programs).encode()).hexdigest()[:16]


def _compact(answers: Mapping[str, str]) -> str:
    values = list(answers.values())
    return json.dumps(values[0] if len(set(values)) == 1 else values, ensure_ascii=False)
