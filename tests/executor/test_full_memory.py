"""A program that has eaten all its memory, down to the last small block, is still told what happened."""

import pytest

from core.executor.embedded import EmbeddedExecutor
from core.executor.model import Outcome, Snippet, View
from tests.executor.test_attacks import printed

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

GREEDY = {
    "a list of objects": "kept = []\nwhile True: kept.append(object())",
    "a chain of tuples": "kept = None\nwhile True: kept = (kept,)",
    "a dictionary": "kept = {}\nwhile True: kept[len(kept)] = str(len(kept))",
}


@pytest.mark.parametrize("code", GREEDY.values(), ids=GREEDY)
@pytest.mark.parametrize("view", [frozenset(), frozenset({View.memory, View.graph})], ids=["plain", "with the view"])
async def test_the_memory_error_is_shown(patient: EmbeddedExecutor, code: str, view: frozenset[View]) -> None:
    run = await patient.run(Snippet(code, view=view))
    assert (run.outcome, run.reason) == (Outcome.memory_limit, "memory_error")
    assert printed(run).startswith("Traceback")
    assert printed(run).endswith("MemoryError\n")
    assert "while True" in printed(run)
