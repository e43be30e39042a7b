"""A learner's program as evidence: run once when it is reported, its output kept beside the claim."""

from dataclasses import dataclass

from core.executor.model import Executor, Outcome, Run, Snippet
from core.executor.transcript import cut_in_the_middle

LONGEST_OUTPUT = 4000
"""Characters of output that are kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reported program, and what it printed: None where it could not be run."""

    snippet: str
    output: str | None


async def gather(snippet: Snippet, executor: Executor | None) -> Evidence:
    """Run a reported program on the Python it asks for, or on the default one where that is not here."""
    if executor is None:
        return Evidence(snippet.code, None)
    run = await executor.run(snippet)
    if run.outcome in (Outcome.unavailable, Outcome.busy):
        return Evidence(snippet.code, None)
    return Evidence(snippet.code, told(run))


def told(run: Run) -> str:
    """The version, how it ended, and the output with its middle left out where it is long."""
    chunks, left_out = cut_in_the_middle(run.output, LONGEST_OUTPUT)
    cut = f" ({left_out} characters left out in the middle)" if left_out else ""
    printed = "".join(chunk.text for chunk in chunks).rstrip()
    return f"Python {run.version}: {run.outcome.value}{cut}" + (f"\n{printed}" if printed else "")
