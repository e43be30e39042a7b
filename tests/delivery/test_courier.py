"""Schedules that come due are claimed, sent and recorded once each, whatever happens in between."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from core.delivery.chats import Chats
from core.delivery.claims import Claims, Ended, Outcome, Parcel
from core.delivery.courier import Courier
from core.delivery.schedules import DAILY, Address, Order, Schedules
from core.delivery.timetable import EVERY_DAY, Timetable
from core.storage.database import Database, open_database
from core.storage.tables import deliveries, learners, pauses

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""A Friday; dailies of these tests are due at nine, UTC."""


@dataclass
class Clock:
    """Time that moves when the test says so."""

    moment: datetime = MORNING

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@dataclass
class Mailbox:
    """Keeps what was posted; answers with the outcomes it was given, in turn, else with success."""

    posted: list[Parcel] = field(default_factory=list)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    pause: timedelta | None = None
    closed: asyncio.Event | None = None
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def post(self, parcel: Parcel, letter: str) -> Ended:
        self.posted.append(parcel)
        async with self.news:
            self.news.notify_all()
        if self.closed:
            await self.closed.wait()
        outcomes = self.outcomes.get(parcel.schedule.address.chat)
        outcome = outcomes.pop(0) if outcomes else Outcome.SENT
        return Ended(parcel, outcome, f"m{len(self.posted)}" if outcome is Outcome.SENT else None, self.pause)

    async def tell(self, person: str, letter: str) -> None:
        """Nobody needs telling here."""

    async def has(self, count: int) -> None:
        """Wait until so many were posted."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.posted) >= count)

    @property
    def chats(self) -> list[str]:
        return [parcel.schedule.address.chat for parcel in self.posted]


@dataclass
class Office:
    """A database, a clock, and couriers as separate processes would have them."""

    database: Database
    clock: Clock
    mailbox: Mailbox
    told: list[Ended] = field(default_factory=list)

    @property
    def schedules(self) -> Schedules:
        return Schedules(self.database)

    def courier(self, worker: str = "one") -> Courier[str]:
        async def write(parcels: Sequence[Parcel]) -> Sequence[str | Outcome]:
            return ["question"] * len(parcels)

        async def tell(ended: Ended) -> None:
            self.told.append(ended)

        return Courier("telegram", Claims(self.database, worker), write, self.mailbox, tell, self.clock)

    async def order(self, chat: str, minute: int = 9 * 60, zone: str = "UTC", learner: int | None = None) -> None:
        timetable = Timetable(minute, EVERY_DAY, zone)
        order = Order(timetable, "en", 1, "3.14", "22:00-08:00", learner)
        await self.schedules.put(Address("telegram", chat), DAILY, order, self.clock())

    async def dates(self, chat: str) -> dict[date, str | None]:
        query = select(deliveries.c.local_date, deliveries.c.outcome).where(deliveries.c.chat == chat)
        async with self.database.read() as connection:
            return {row.local_date: row.outcome for row in await connection.execute(query)}


@pytest.fixture
async def office(tmp_path: Path, migrated: Path) -> AsyncIterator[Office]:
    shutil.copy(migrated, tmp_path)
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'kucha.sqlite3'}")
    yield Office(database, Clock(), Mailbox())
    await database.close()


async def test_a_daily_goes_out_once_when_its_hour_has_come(office: Office) -> None:
    await office.order("7")
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(hours=1)
    assert await office.courier().deliver_due() == 1
    assert await office.courier().deliver_due() == 0
    assert await office.courier("after a restart").deliver_due() == 0
    assert await office.dates("7") == {date(2026, 11, 20): "sent"}
    office.clock.pass_(days=1)
    assert await office.courier().deliver_due() == 1


async def test_two_processes_share_the_chats(office: Office) -> None:
    for chat in range(200):
        await office.order(str(chat))
    office.clock.pass_(hours=1)
    await asyncio.gather(*(office.courier(f"process {number}").deliver_due() for number in range(3)))
    assert sorted(map(int, office.mailbox.chats)) == list(range(200))


async def test_a_clock_that_steps_back_repeats_nothing(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    office.clock.pass_(hours=-5)
    await office.order("7")
    office.clock.pass_(hours=5)
    await office.courier().deliver_due()
    assert len(office.mailbox.posted) == 1


async def test_what_was_claimed_by_a_process_that_died_is_sent_when_its_lease_is_over(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    (claimed,) = await Claims(office.database, "dead").claim("telegram", office.clock(), 10)
    office.clock.pass_(seconds=30)
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(seconds=31)
    assert await office.courier().deliver_due() == 1
    (parcel,) = office.mailbox.posted
    assert (parcel.key, parcel.nonce, parcel.attempt) == (claimed.key, claimed.nonce, 2)
    assert await office.courier().deliver_due() == 0


async def test_a_claim_that_is_renewed_is_nobody_elses(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    slow = Claims(office.database, "slow")
    held = await slow.claim("telegram", office.clock(), 10)
    office.clock.pass_(seconds=50)
    await slow.renew(held, office.clock())
    office.clock.pass_(seconds=50)
    assert await office.courier().deliver_due() == 0


async def test_a_claim_that_has_ended_is_not_renewed(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    claims = Claims(office.database, "one")
    (parcel,) = await claims.claim("telegram", office.clock(), 10)
    await claims.record([Ended(parcel, Outcome.SENT)], office.clock())
    await claims.renew([parcel], office.clock())
    office.clock.pass_(minutes=5)
    assert await office.courier().deliver_due() == 0


async def test_a_clock_that_jumps_ahead_takes_up_nothing_that_is_still_on_its_way(office: Office) -> None:
    await office.order("7")
    await office.order("8")
    office.clock.pass_(hours=1)
    office.mailbox.closed = asyncio.Event()
    courier = office.courier()
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    await office.mailbox.has(2)
    office.clock.pass_(minutes=10)
    await office.order("9", minute=9 * 60 + 11)
    office.clock.pass_(minutes=1)
    courier.wake()
    await office.mailbox.has(3)
    office.mailbox.closed.set()
    stop.set()
    await running
    assert sorted(office.mailbox.chats) == ["7", "8", "9"]


async def test_days_that_were_missed_become_one_message(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(days=4, hours=2)
    await office.courier().deliver_due()
    (parcel,) = office.mailbox.posted
    assert (parcel.day, parcel.missed) == (date(2026, 11, 24), 4)


async def test_what_is_late_keeps_out_of_the_quiet_hours(office: Office) -> None:
    await office.order("7", minute=20 * 60)
    office.clock.pass_(hours=15)
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(hours=9)
    await office.courier().deliver_due()
    (parcel,) = office.mailbox.posted
    assert (parcel.day, parcel.missed) == (date(2026, 11, 20), 0)


async def test_an_hour_chosen_within_the_quiet_hours_is_kept(office: Office) -> None:
    await office.order("7", minute=23 * 60)
    office.clock.pass_(hours=15, minutes=1)
    assert await office.courier().deliver_due() == 1


async def test_what_is_very_late_waits_for_the_next_one_when_that_is_near(office: Office) -> None:
    await office.order("7", minute=9 * 60)
    office.clock.pass_(hours=24)
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    (parcel,) = office.mailbox.posted
    assert (parcel.day, parcel.missed) == (date(2026, 11, 21), 1)


async def test_what_could_not_be_sent_is_tried_again(office: Office) -> None:
    await office.order("7")
    office.mailbox.outcomes["7"] = [Outcome.LATER, Outcome.LATER]
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    assert await office.dates("7") == {date(2026, 11, 20): None}
    for _ in range(2):
        office.clock.pass_(minutes=3)
        await office.courier().deliver_due()
    assert await office.dates("7") == {date(2026, 11, 20): "sent"}
    assert [parcel.attempt for parcel in office.mailbox.posted] == [1, 2, 3]


async def test_a_platform_that_asks_for_patience_gets_it(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    office.mailbox.outcomes["7"] = [Outcome.LATER]
    office.mailbox.pause = timedelta(minutes=7)
    await office.courier().deliver_due()
    office.clock.pass_(minutes=6)
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(minutes=2)
    assert await office.courier().deliver_due() == 1


async def test_what_was_switched_off_or_slept_while_it_waited_is_not_tried_again(office: Office) -> None:
    for chat in ("7", "8"):
        await office.order(chat)
        office.mailbox.outcomes[chat] = [Outcome.LATER]
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    await office.schedules.stop(Address("telegram", "7"), DAILY, office.clock())
    await office.schedules.sleep("telegram", "8")
    office.clock.pass_(minutes=3)
    assert await office.courier().deliver_due() == 0
    assert await office.dates("7") == await office.dates("8") == {date(2026, 11, 20): "nothing"}


async def test_what_is_tried_again_keeps_out_of_the_quiet_hours(office: Office) -> None:
    await office.order("7", minute=21 * 60 + 55)
    office.mailbox.outcomes["7"] = [Outcome.LATER] * 2
    office.clock.pass_(hours=13, minutes=55)
    await office.courier().deliver_due()
    office.clock.pass_(minutes=10)
    assert await office.courier().deliver_due() == 1
    office.clock.pass_(hours=3)
    assert await office.courier().deliver_due() == 0
    office.clock.pass_(hours=7)
    assert await office.courier().deliver_due() == 1
    assert await office.dates("7") == {date(2026, 11, 20): "sent"}


async def test_a_chat_that_moves_while_it_is_written_to_is_not_written_to_again(office: Office) -> None:
    await office.order("-7")
    office.clock.pass_(hours=1)
    claims = Claims(office.database, "one")
    (parcel,) = await claims.claim("telegram", office.clock(), 10)
    await Chats(office.database).move("telegram", "-7", "-1007")
    await claims.record([Ended(parcel, Outcome.SENT)], office.clock())
    office.clock.pass_(minutes=5)
    assert await office.courier().deliver_due() == 0
    assert await office.dates("-1007") == {date(2026, 11, 20): "sent"}


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.FORBIDDEN, Outcome.FAILED])
async def test_what_cannot_be_delivered_is_told_once_and_not_tried_again(office: Office, outcome: Outcome) -> None:
    await office.order("7")
    office.mailbox.outcomes["7"] = [outcome]
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    assert [ended.outcome for ended in office.told] == [outcome]
    assert len(office.mailbox.posted) == 1


async def test_a_chat_that_sleeps_gets_nothing_until_it_is_woken(office: Office) -> None:
    await office.order("7")
    assert len(await office.schedules.sleep("telegram", "7")) == 1
    office.clock.pass_(days=2)
    assert await office.courier().deliver_due() == 0
    await office.schedules.wake("telegram", "7", office.clock())
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    assert [(parcel.day, parcel.missed) for parcel in office.mailbox.posted] == [(date(2026, 11, 22), 0)]


async def test_a_chat_that_is_woken_by_a_clock_set_back_gets_no_date_again(office: Office) -> None:
    await office.order("7")
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    await office.schedules.sleep("telegram", "7")
    office.clock.pass_(hours=-5)
    await office.schedules.wake("telegram", "7", office.clock())
    office.clock.pass_(hours=5)
    assert await office.courier().deliver_due() == 0


async def test_a_schedule_that_is_stopped_stays_stopped(office: Office) -> None:
    await office.order("7")
    assert await office.schedules.stop(Address("telegram", "7"), DAILY, office.clock())
    assert not await office.schedules.stop(Address("telegram", "7"), DAILY, office.clock())
    await office.schedules.wake("telegram", "7", office.clock())
    office.clock.pass_(days=2)
    assert await office.courier().deliver_due() == 0


async def test_nothing_is_sent_during_a_pause_and_nothing_is_made_up_for(office: Office) -> None:
    async with office.database.write() as connection:
        await connection.execute(
            insert(learners).values(id=5, language="en", level=1, zone="UTC", python="3.14", met_at=MORNING)
        )
        await connection.execute(insert(pauses).values(learner=5, since=date(2026, 11, 20), until=date(2026, 11, 23)))
    await office.order("7", learner=5)
    for _ in range(4):
        office.clock.pass_(hours=1)
        await office.courier().deliver_due()
        office.clock.pass_(hours=23)
    assert [(parcel.day, parcel.missed) for parcel in office.mailbox.posted] == [(date(2026, 11, 23), 0)]


async def test_days_of_a_pause_are_not_told_as_missed(office: Office) -> None:
    async with office.database.write() as connection:
        await connection.execute(
            insert(learners).values(id=5, language="en", level=1, zone="UTC", python="3.14", met_at=MORNING)
        )
        await connection.execute(insert(pauses).values(learner=5, since=date(2026, 11, 21), until=date(2026, 11, 23)))
    await office.order("7", learner=5)
    office.clock.pass_(days=4, hours=1)
    await office.courier().deliver_due()
    assert [(parcel.day, parcel.missed) for parcel in office.mailbox.posted] == [(date(2026, 11, 24), 2)]


async def test_travelling_to_another_zone_gives_no_day_twice(office: Office) -> None:
    async with office.database.write() as connection:
        await connection.execute(
            insert(learners).values(id=5, language="en", level=1, zone="UTC", python="3.14", met_at=MORNING)
        )
    await office.order("7", learner=5, zone="Asia/Tokyo", minute=18 * 60)
    office.clock.pass_(hours=1)
    await office.courier().deliver_due()
    await office.schedules.rezone(5, "America/Los_Angeles", office.clock())
    office.clock.pass_(hours=24)
    await office.courier().deliver_due()
    office.clock.pass_(hours=24)
    await office.courier().deliver_due()
    assert [parcel.day for parcel in office.mailbox.posted] == [date(2026, 11, 20)]
    office.clock.pass_(hours=8)
    await office.courier().deliver_due()
    assert [parcel.day for parcel in office.mailbox.posted] == [date(2026, 11, 20), date(2026, 11, 21)]


async def test_a_running_courier_delivers_stops_and_records(office: Office) -> None:
    for chat in range(300):
        await office.order(str(chat))
    office.clock.pass_(hours=1)
    stop = asyncio.Event()
    courier = office.courier()
    running = asyncio.create_task(courier.run(stop))
    await office.mailbox.has(300)
    stop.set()
    await running
    assert [await office.dates(str(chat)) for chat in (0, 299)] == [{date(2026, 11, 20): "sent"}] * 2
