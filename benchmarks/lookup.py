"""How soon a look-up answers, with the bank and with a hundred times the bank."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.large_bank import enlarged
from benchmarks.queries import queries
from benchmarks.table import Row
from bot.settings import Settings
from bot.wiring import Lessons, open_kucha
from core.bank.loading import load
from core.bank.lookup import LookUp
from core.chat.app import App
from core.chat.request import Command, Person, Place, Platform, Request
from core.delivery.chats import Chats
from core.delivery.pacing import Pacing

TIMES = 100
ROUNDS = 20


async def measure() -> list[Row]:
    """99th percentiles over the documented queries: processor time of a look-up, which waits for nothing."""
    bank = load().bank
    small, large = LookUp(bank), LookUp(enlarged(bank, TIMES))
    for look_up in (small, large):
        look_up.prepare()
    words = [query.words for query in queries()]
    times: dict[LookUp, list[float]] = {small: [], large: []}
    for number in range(ROUNDS + 1):
        for look_up in (small, large):
            measured = [_milliseconds(look_up.find, query) for query in words]
            if number:
                times[look_up] += measured
    one, hundred = _p99(times[small]), _p99(times[large])
    ratio = hundred / one
    return [
        Row("look-up, p99", round(one, 3), "ms", "", True),
        Row(f"look-up in {TIMES} times the content, p99", round(hundred, 3), "ms", "", True),
        Row(f"look-up: {TIMES} times the content to the content, p99", round(ratio, 2), "ratio", "<= 10", ratio <= 10),
        await _explained(Lessons(bank, small), words),
    ]


async def _explained(lessons: Lessons, words: list[str]) -> Row:
    """`/explain` through the whole tutor, on a real database."""
    times: list[float] = []
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(_env_file=None, kucha_data=Path(data))
        async with open_kucha(settings, random=Random(1), lessons=lessons) as kucha:
            app = App(kucha.room, Chats(kucha.database), Pacing(float("inf")))
            for number in range(ROUNDS // 3 + 1):
                for query in words:
                    begun = time.perf_counter()
                    await app.handle(_request(query))
                    if number:
                        times.append((time.perf_counter() - begun) * 1000)
    return Row("/explain in the tutor, with its database, p99", round(_p99(times), 2), "ms", "", True)


def _request(query: str) -> Request:
    person = Person(Platform.TERMINAL, "learner", "ru")
    return Request(person, Place("chat"), Command("explain", query))


def _milliseconds(find: Callable[[str], object], query: str) -> float:
    begun = time.thread_time()
    find(query)
    return (time.thread_time() - begun) * 1000


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]
