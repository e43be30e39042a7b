"""The wall of this machine: whole, and without the layer that may be missing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from core.executor.collect import safe_name
from core.executor.diagnose import LayerName, diagnose
from core.executor.embedded import EmbeddedExecutor
from core.executor.interpreters import find_interpreters
from core.executor.limits import Limits
from core.executor.model import Outcome, Snippet
from tests.executor.attacks import Attack, memory, processes
from tests.executor.conftest import SETTINGS
from tests.executor.test_attacks import survive

ONE_SLOT = replace(SETTINGS, slots=1, limits=Limits(wall_seconds=1.5))
NEEDS_A_GROUP = {"the sum over processes"}
MADE = {"box", "dev", "etc", "opt", "proc", "tmp", "usr", "var"}
SYSTEM = {name for name in ("bin", "lib", "lib32", "lib64", "libx32", "sbin") if Path("/", name).is_dir()}
ROOT = sorted(MADE | SYSTEM)
WITHOUT_A_GROUP = [each for each in (*memory.ATTACKS, *processes.ATTACKS) if each.name not in NEEDS_A_GROUP]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ungrouped() -> AsyncIterator[EmbeddedExecutor]:
    """As on a machine where no control group can be made."""
    executor = EmbeddedExecutor(ONE_SLOT, find_interpreters(None)[:1], None)
    executor.start()
    yield executor
    await executor.close()


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("attack", WITHOUT_A_GROUP, ids=lambda attack: attack.name)
async def test_rlimits_alone_hold_a_run(ungrouped: EmbeddedExecutor, attack: Attack) -> None:
    slow = replace(attack, endings=attack.endings | {Outcome.timed_out})
    await survive(ungrouped, slow, None)


@pytest.mark.asyncio(loop_scope="session")
async def test_every_layer_that_run_needs_can_be_had_here() -> None:
    layers = {layer.name: layer for layer in await diagnose(ONE_SLOT)}
    assert set(layers) == set(LayerName)
    assert {name: layer.detail for name, layer in layers.items() if layer.required and not layer.available} == {}
    assert all(layer.detail and "\n" not in layer.detail for layer in layers.values())


@pytest.mark.asyncio(loop_scope="session")
async def test_a_run_is_as_alone_as_the_documents_say(ungrouped: EmbeddedExecutor) -> None:
    code = """
import os
status = dict(line.split(':', 1) for line in open('/proc/self/status').read().splitlines())
for key in ('CapEff', 'CapPrm', 'CapInh', 'NoNewPrivs', 'Seccomp', 'Uid'): print(key, *status[key].split())
print(os.getpid(), os.getppid(), os.getsid(0), os.uname().nodename)
print(sorted(os.listdir('/')))
"""
    run = await ungrouped.run(Snippet(code))
    assert "".join(chunk.text for chunk in run.output).splitlines() == [
        "CapEff 0000000000000000",
        "CapPrm 0000000000000000",
        "CapInh 0000000000000000",
        "NoNewPrivs 1",
        "Seccomp 2",
        "Uid 1000 1000 1000 1000",
        "2 1 2 kucha",
        str(ROOT),
    ]


@given(st.text(max_size=300))
def test_a_name_never_leads_anywhere_nor_steers(name: str) -> None:
    safe = safe_name(name)
    assert len(safe) <= 80
    assert safe.isprintable()
    assert "/" not in safe
    assert not safe.startswith(".")


def test_a_usual_name_stays_and_a_long_one_keeps_its_ending() -> None:
    assert safe_name("график 1.png") == "график 1.png"
    assert safe_name("x" * 300 + ".csv").endswith("xx.csv")
