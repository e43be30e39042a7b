"""Every attack ends in a word that fits, and the run after it notices nothing."""

import pytest

from core.executor.embedded import EmbeddedExecutor
from core.executor.model import Outcome, Run, Snippet, View
from tests.executor.attacks import (
    Attack,
    cpu,
    files,
    kernel,
    memory,
    network,
    output,
    processes,
    protocol,
    python_level,
)

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

THEMES = (cpu, memory, processes, files, network, output, kernel, python_level, protocol)
ATTACKS = [
    pytest.param(each, id=f"{theme.__name__.rpartition('.')[2]}: {each.name}")
    for theme in THEMES
    for each in theme.ATTACKS
]
_LARGEST_OUTPUT = 1024 * 1024


def printed(run: Run) -> str:
    return "".join(chunk.text for chunk in run.output)


async def survive(executor: EmbeddedExecutor, attack: Attack, python: str | None) -> None:
    run = await executor.run(Snippet(attack.code, python=python, view=frozenset({View.memory})))
    said = printed(run)
    assert run.outcome in attack.endings, (run.outcome, run.reason, run.exit_status, said[:2000])
    assert attack.says in said, said[:2000]
    assert attack.never not in said, said[:2000]
    assert len(said.encode("utf-8", "replace")) <= _LARGEST_OUTPUT * 3
    assert all(file.name.isprintable() and "/" not in file.name for file in run.files)
    assert len(run.files) <= 4
    after = await executor.run(Snippet("import os; print(os.listdir(), sum(range(10)))", python=python))
    assert (after.outcome, printed(after)) == (Outcome.finished, "['snippet.py'] 45\n")


@pytest.mark.parametrize("attack", ATTACKS)
async def test_an_attack_stays_behind_the_wall(
    executor: EmbeddedExecutor, patient: EmbeddedExecutor, attack: Attack
) -> None:
    await survive(executor if Outcome.timed_out in attack.endings else patient, attack, None)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_attacks_stay_behind_the_wall_on_every_interpreter(
    executor: EmbeddedExecutor, patient: EmbeddedExecutor
) -> None:
    failed = []
    for interpreter in executor.pythons()[1:]:
        for parameter in ATTACKS:
            attack = parameter.values[0]
            assert isinstance(attack, Attack)
            try:
                chosen = executor if Outcome.timed_out in attack.endings else patient
                await survive(chosen, attack, interpreter.label)
            except AssertionError as error:
                failed.append(f"{interpreter.label} {attack.name}: {str(error)[:300]}")
    assert not failed, "\n".join(failed)
