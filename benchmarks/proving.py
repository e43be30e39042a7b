"""How long it takes to prove the bank: every program is one run, so the time grows as the content does."""

import time
from itertools import islice

from benchmarks.table import Row
from bot.wiring import executor_settings
from core.bank.loading import load
from core.bank.proving.proof import proofs
from core.bank.proving.running import interrogate
from core.executor.embedded import open_executor

SHARE = 10
"""The first tenth of the programs is proved on its own, to see that the cost of one does not grow with their number."""


async def measure() -> list[Row]:
    """Milliseconds a program, for a tenth of the bank and for all of it, on the default Python."""
    programs = list(proofs(load()))
    tenth = list(islice(programs, len(programs) // SHARE))
    executor = await open_executor(executor_settings())
    try:
        label = executor.pythons()[0].label
        await interrogate(executor, tenth, [label])
        begun = time.perf_counter()
        await interrogate(executor, tenth, [label])
        few = (time.perf_counter() - begun) / len(tenth)
        begun = time.perf_counter()
        await interrogate(executor, programs, [label])
        whole = time.perf_counter() - begun
    finally:
        await executor.close()
    ratio = whole / len(programs) / few
    return [
        Row(f"prove: all {len(programs)} programs on one Python", round(whole, 1), "s", "", True),
        Row(f"prove: a program among all ÷ among a {SHARE}th of them", round(ratio, 2), "", "<= 3", ratio <= 3),
    ]
