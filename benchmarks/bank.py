"""Loading the bank and choosing from it, with the content and with a hundred times the content."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from shutil import copytree

from benchmarks.large_bank import enlarged
from benchmarks.table import Row
from core.bank.generators.supply import Supply
from core.bank.loading import BUILT_IN, load
from core.bank.model import Bank
from core.bank.versions import Python
from core.study.memory import Grade, Memory, reviewed
from core.study.selection import Shelf, Wish, next_question

TIMES = 100
PACKS = 10
CHOICES = 400
KNOWN = 150
"""Questions that the learner has answered before: a diligent month."""

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


async def measure() -> list[Row]:
    """Loading a pack against loading ten of them, a choice from one bank against one from a hundred."""
    bank = load().bank
    return [*_loading(), *_choosing(bank)]


def _loading() -> list[Row]:
    """Ten copies in ten packs: their ids collide, which costs a refusal more and no reading less."""
    with tempfile.TemporaryDirectory() as folder:
        packs = [copytree(BUILT_IN, Path(folder, str(number))) for number in range(PACKS)]
        one = statistics.median(_seconds(lambda: load(packs[:1])) for _ in range(3))
        ratio = _seconds(lambda: load(packs)) / one / PACKS
    return [
        Row("bank: load", round(one, 2), "s", "", True),
        Row(f"bank: load {PACKS} packs, to {PACKS} times one", round(ratio, 2), "ratio", "<= 1.5", ratio <= 1.5),
    ]


def _choosing(bank: Bank) -> list[Row]:
    memories = _memories(bank)
    shelves = (Shelf(bank, Supply()), Shelf(enlarged(bank, TIMES), Supply()))
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(CHOICES):
        for shelf, measured in zip(shelves, times, strict=True):
            measured.append(_seconds(partial(_choose, shelf, memories, number)) * 1000)
    one, hundred = (statistics.quantiles(measured, n=100)[98] for measured in times)
    ratio = hundred / one
    return [
        Row("next question, p99", round(one, 3), "ms", "", True),
        Row(f"next question from {TIMES} times the content, p99", round(hundred, 3), "ms", "", True),
        Row(f"next question: {TIMES} times the content, p99", round(ratio, 2), "ratio", "<= 10", ratio <= 10),
    ]


def _choose(shelf: Shelf, memories: dict[str, Memory], seed: int) -> None:
    """Something new from the weakest cell for a learner who has nothing due: the longest way through the choice."""
    recent = list(memories)[:24]
    if next_question(shelf, Wish(), 2, Python.named("3.14"), memories, recent, NOW, Random(seed)) is None:
        raise RuntimeError("the bank has nothing to ask")


def _memories(bank: Bank) -> dict[str, Memory]:
    answered = Random(1).sample(sorted(bank.questions), KNOWN)
    yesterday = NOW - timedelta(hours=1)
    return {id: reviewed(id, None, Grade.EASY, yesterday) for id in answered}


def _seconds(what: Callable[[], object]) -> float:
    """Processor time: what is measured here waits for nothing but the processor."""
    begun = time.thread_time()
    what()
    return time.thread_time() - begun
