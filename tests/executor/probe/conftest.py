from collections.abc import Iterator

import pytest

from tests.executor.probe.interpreters import Worker, found


@pytest.fixture(scope="session", params=found(), ids=lambda interpreter: interpreter.label)
def python(request: pytest.FixtureRequest) -> Iterator[Worker]:
    """A CPython with the probe, one after the other."""
    worker = Worker(request.param)
    yield worker
    worker.close()
