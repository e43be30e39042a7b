"""One real executor for the whole folder: nothing here is faked, and nothing is skipped where the wall is missing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from core.executor.embedded import EmbeddedExecutor, ExecutorSettings, open_executor
from core.executor.limits import Limits

PROJECT = Path(__file__).resolve().parents[2]
SETTINGS = ExecutorSettings(
    limits=Limits(wall_seconds=1.5),
    slots=2,
    roots=PROJECT / ".pythons",
    packages=PROJECT / ".learner",
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def executor() -> AsyncIterator[EmbeddedExecutor]:
    opened = await open_executor(SETTINGS)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def patient() -> AsyncIterator[EmbeddedExecutor]:
    """Its clock rings so late that a busy machine cannot make it ring for a program that ends."""
    opened = await open_executor(replace(SETTINGS, limits=Limits(wall_seconds=30.0)))
    yield opened
    await opened.close()
