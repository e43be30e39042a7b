"""The real sandbox, and a sample of the seeds run in it once for all tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from core.bank.generators.recording import Recorded, record
from core.bank.generators.registry import FAMILIES
from core.executor.embedded import EmbeddedExecutor, ExecutorSettings, open_executor

PROJECT = Path(__file__).resolve().parents[3]
SAMPLE = (0, 417, 999)
"""The seeds of each family that every run of the tests proves again."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def executor() -> AsyncIterator[EmbeddedExecutor]:
    opened = await open_executor(ExecutorSettings(roots=PROJECT / ".pythons"))
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sampled(executor: EmbeddedExecutor) -> Recorded:
    """What the sampled seeds print now, on every interpreter found."""
    return await record(executor, FAMILIES, SAMPLE)
