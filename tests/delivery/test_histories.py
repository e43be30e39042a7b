"""Any history of dailies, with crashes, clocks that jump and changes of mind, sends everything that is due once."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.delivery.claims import Outcome
from core.delivery.schedules import Address, Order
from core.delivery.timetable import EVERY_DAY, Timetable
from core.storage.database import open_database
from tests.delivery.histories import PLATFORM, World

ANNA, BORIS = 1, 2
PLACES = [Address(PLATFORM, "1"), Address(PLATFORM, "2"), Address(PLATFORM, "-3"), Address(PLATFORM, "-3", "77")]
OWNERS = [ANNA, BORIS, None, None]
GROUP, TOPIC = 2, 3
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "-03:00"]
Step = Callable[[World], Awaitable[None]]

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
thorough = settings(quick, max_examples=200)

starts = st.sampled_from(
    [
        datetime(2026, 3, 27, 7, tzinfo=UTC),  # summer time begins in Europe
        datetime(2026, 10, 24, 20, tzinfo=UTC),  # and ends there, and a week later in America
        datetime(2028, 2, 27, 12, tzinfo=UTC),
        datetime(2011, 12, 28, 12, tzinfo=UTC),  # before the day that Samoa left out
    ]
)
timetables = st.builds(
    Timetable,
    minute=st.one_of(st.sampled_from([0, 9 * 60, 150, 21 * 60, 23 * 60 + 30]), st.integers(0, 1439)),
    days=st.one_of(st.just(EVERY_DAY), st.frozensets(st.integers(1, 7), min_size=1)),
    zone=st.sampled_from(ZONES),
)
quiets = st.sampled_from(["", "22:00-08:00", "22:00-08:00", "13:00-15:00"])
places = st.integers(0, len(PLACES) - 1)
learners = st.sampled_from([ANNA, BORIS])
spans = st.one_of(
    st.integers(1, 90).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(1, 40).map(lambda hours: timedelta(hours=hours)),
    st.integers(-40, -1).map(lambda hours: timedelta(hours=hours)),
    st.integers(2, 9).map(lambda days: timedelta(days=days)),
)
refusals = st.sampled_from([Outcome.GONE, Outcome.FORBIDDEN, Outcome.FAILED])
answers = st.lists(
    st.one_of(st.just(Outcome.LATER), st.sampled_from([Outcome.SENT, Outcome.LATER]), refusals), max_size=4
)


def passing(span: timedelta) -> Step:
    """Time goes by, or the clock is set."""

    async def step(world: World) -> None:
        world.pass_(span)

    return step


def due(place: int, minutes: int) -> Step:
    """Somebody's daily comes due, and so many minutes go by."""

    async def step(world: World) -> None:
        world.come(place, timedelta(minutes=minutes))

    return step


def one_delivers(given: list[Outcome]) -> Step:
    return lambda world: world.deliver(given)


async def two_deliver(world: World) -> None:
    """Two processes at once."""
    await asyncio.gather(world.deliver(), world.deliver(database=world.two, worker="two"))


def one_dies(records: int) -> Step:
    """After the platform's accept and before our record, the n-th of this life."""
    return lambda world: world.deliver(records=records)


async def one_dies_unsent(world: World) -> None:
    """Between the claim and what it was for."""
    await world.deliver(dies_unsent=True)


async def one_stands_still(world: World) -> None:
    """For longer than its lease."""
    await world.deliver(before=world.stand_still)


async def a_group_moves_before_it_is_written_to(world: World) -> None:
    await world.deliver(before=partial(world.move, GROUP))


async def a_group_moves_after_it_was_written_to(world: World) -> None:
    await world.deliver(after=partial(world.move, TOPIC))


steps: st.SearchStrategy[Step] = st.one_of(
    spans.map(passing),
    st.builds(due, places, st.sampled_from([0, 1, 20, 300])),
    st.builds(due, places, st.just(0)),
    answers.map(one_delivers),
    answers.map(one_delivers),
    st.just(two_deliver),
    st.integers(0, 2).map(one_dies),
    st.sampled_from(
        [
            one_dies_unsent,
            one_stands_still,
            a_group_moves_before_it_is_written_to,
            a_group_moves_after_it_was_written_to,
        ]
    ),
    st.builds(lambda *how: lambda world: world.set(*how), places, timetables, quiets),
    st.builds(lambda *how: lambda world: world.pause(*how), learners, st.integers(1, 4)),
    st.one_of(
        places.map(lambda place: lambda world: world.switch_off(place)),
        places.map(lambda place: lambda world: world.hasten(place)),
        places.map(lambda place: lambda world: world.wake(place)),
        st.builds(lambda *how: lambda world: world.rezone(*how), learners, st.sampled_from(ZONES)),
    ),
)
histories = st.lists(steps, min_size=10, max_size=40)
orders = st.tuples(
    *(
        st.builds(Order, timetables, st.just("en"), st.just(1), st.just("3.14"), quiets, st.just(owner))
        for owner in OWNERS
    )
)


async def live(migrated: Path, start: datetime, wanted: tuple[Order, ...], history: list[Step]) -> None:
    """Play a history in a world of its own, let it settle, and look at the balance."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{shutil.copy(migrated, folder)}"
        world = World(open_database(url), open_database(url), start)
        try:
            await world.open(PLACES, wanted)
            for step in history:
                await step(world)
            await world.settle()
            await world.balance()
        finally:
            await world.one.close()
            await world.two.close()


@quick
@given(starts, orders, histories)
async def test_everything_due_is_sent_once(
    migrated: Path, start: datetime, wanted: tuple[Order, ...], history: list[Step]
) -> None:
    await live(migrated, start, wanted, history)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@thorough
@given(starts, orders, histories)
async def test_everything_due_is_sent_once_in_many_more_histories(
    migrated: Path, start: datetime, wanted: tuple[Order, ...], history: list[Step]
) -> None:
    await live(migrated, start, wanted, history)
