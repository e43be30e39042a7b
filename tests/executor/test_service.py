"""The executor behind its socket."""

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.executor.embedded import EmbeddedExecutor
from core.executor.model import Outcome, Snippet, View
from core.executor.remote import RemoteExecutor
from core.executor.service import serve

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def socket_path(executor: EmbeddedExecutor, tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "executor.socket"
    server = await serve(executor, path)
    yield path
    server.close()
    await server.wait_closed()


async def test_a_run_through_the_socket_is_the_same_run(executor: EmbeddedExecutor, socket_path: Path) -> None:
    remote = RemoteExecutor(socket_path)
    code = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nopen('a.txt', 'w').write('x')\nx = []"
    snippet = Snippet(code, view=frozenset({View.memory}))
    here, there = await executor.run(snippet), await remote.run(snippet)
    assert (there.outcome, there.output, there.files) == (here.outcome, here.output, here.files)
    assert here.report is not None
    assert there.report is not None
    assert [row.names for row in there.report.objects] == [row.names for row in here.report.objects]
    assert remote.pythons() == tuple(executor.pythons())


async def test_the_interpreters_are_known_after_a_refresh(executor: EmbeddedExecutor, socket_path: Path) -> None:
    remote = RemoteExecutor(socket_path)
    assert remote.pythons() == ()
    assert await remote.refresh()
    assert remote.pythons() == tuple(executor.pythons())


async def test_without_a_service_runs_are_unavailable(tmp_path: Path) -> None:
    remote = RemoteExecutor(tmp_path / "nobody")
    run = await remote.run(Snippet("1"))
    assert (run.outcome, run.reason) == (Outcome.unavailable, "executor_unreachable")
    assert not await remote.refresh()


@pytest.mark.parametrize(
    "sent",
    [b"", b"\0\0", b"\xff\xff\xff\xff", struct.pack("!I", 3) + b"{{{", struct.pack("!I", 17) + b'{"unknown": true}'],
    ids=["nothing", "half a length", "an enormous length", "no JSON", "another shape"],
)
async def test_nonsense_is_answered_with_silence(socket_path: Path, sent: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(socket_path)
    writer.write(sent)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert (await RemoteExecutor(socket_path).run(Snippet("1"))).outcome is Outcome.finished


async def test_a_client_that_is_gone_frees_its_slot(socket_path: Path) -> None:
    remote = RemoteExecutor(socket_path)
    stuck = [asyncio.ensure_future(remote.run(Snippet("import time; time.sleep(60)"))) for _ in range(2)]
    await asyncio.sleep(0.1)
    for each in stuck:
        each.cancel()
    run = await remote.run(Snippet("print('free')"))
    assert run.outcome is Outcome.finished
    await asyncio.gather(*stuck, return_exceptions=True)


async def test_a_socket_left_by_a_killed_service_is_replaced(executor: EmbeddedExecutor, tmp_path: Path) -> None:
    path = tmp_path / "left.socket"
    path.touch()
    server = await serve(executor, path)
    assert await RemoteExecutor(path).refresh()
    server.close()
    await server.wait_closed()
