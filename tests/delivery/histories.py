"""A world in which dailies go out while everything goes wrong, and an account of what is owed that is kept beside it.

The world is real: schedules, claims and couriers of two processes on one SQLite file. The account knows nothing of how
they work: for each schedule the local dates that have come, counted one by one, and what each side has seen of them.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, select

from core.delivery.chats import Chats
from core.delivery.claims import LEASE, ON_TIME, Claims, Ended, Outcome, Parcel
from core.delivery.courier import Courier
from core.delivery.schedules import DAILY, Address, Order, Schedules
from core.delivery.timetable import Timetable
from core.delivery.zones import zone_of
from core.storage.database import Database
from core.storage.tables import deliveries, learners, pauses, schedules

PLATFORM = "telegram"
DAY = timedelta(days=1)
Event = Callable[[], Awaitable[None]]


class DiedError(Exception):
    """The end of a process."""


@dataclass
class Account:
    """What one schedule owes: every listed local date from `first` on whose moment has come.

    `served` is the last date that a worker took up. A hastened schedule owes `first` whatever its timetable says.
    """

    address: Address
    order: Order
    first: date = date.min
    served: date | None = None
    on: bool = True
    awake: bool = True
    hastened: bool = False
    pauses: list[tuple[date, date]] = field(default_factory=list)
    taken: dict[date, Parcel] = field(default_factory=dict)
    excused: set[date] = field(default_factory=set)
    """Dates that were taken up but need not arrive: switched off, asleep or paused since, or refused."""

    def start(self, now: datetime, over: date = date.min) -> None:
        """Owe what comes after `now`, on a date later than the last one served and the one that is over."""
        over = max(over, self.served or over)
        day = now.astimezone(UTC).date() - 2 * DAY
        while not (self.is_listed(day) and self.moment(day) > now and day > over):
            day += DAY
        self.first, self.hastened = day, False

    def hasten(self, now: datetime) -> None:
        """Owe today's now, unless it was served."""
        today = now.astimezone(zone_of(self.order.timetable.zone)).date()
        if self.served is None or self.served < today:
            self.first, self.hastened, self.awake = today, True, True

    def lapse(self) -> None:
        """Nothing that is under way needs to arrive any more."""
        self.excused |= self.taken.keys()

    def pause(self, since: date, until: date) -> None:
        """Owe nothing on these dates."""
        self.pauses.append((since, until))
        self.excused |= {day for day in self.taken if since <= day < until}

    def is_paused(self, day: date) -> bool:
        return any(since <= day < until for since, until in self.pauses)

    def is_listed(self, day: date) -> bool:
        """Whether the weekday is chosen and there was a noon of that date."""
        zone = zone_of(self.order.timetable.zone)
        noon = datetime.combine(day, time(12), zone).astimezone(UTC).astimezone(zone)
        return day.isoweekday() in self.order.timetable.days and noon.date() == day

    def moment(self, day: date) -> datetime:
        minute = self.order.timetable.minute
        wall = datetime.combine(day, time(minute // 60, minute % 60), zone_of(self.order.timetable.zone))
        return wall.astimezone(UTC)

    def owed(self, now: datetime) -> list[date]:
        """The dates that have come and were not served, oldest first."""
        if not (self.on and self.awake):
            return []
        span = (now.astimezone(UTC).date() - self.first).days + 2
        days = [self.first + step * DAY for step in range(max(span, 1))]
        return [
            day
            for day in days
            if (self.hastened and day == self.first) or (self.is_listed(day) and self.moment(day) <= now)
        ]

    def missed(self, day: date) -> int:
        """Listed dates that `day` stands for beside itself; a pause is not missed."""
        span = range((day - self.first).days)
        before = (self.first + step * DAY for step in span)
        return sum(self.is_listed(each) and not self.is_paused(each) for each in before)

    def is_quiet(self, now: datetime) -> bool:
        if not self.order.quiet:
            return False
        start, end = map(time.fromisoformat, self.order.quiet.split("-"))
        wall = now.astimezone(zone_of(self.order.timetable.zone)).time()
        return start <= wall < end if start <= end else wall >= start or wall < end


class Mortal(Claims):
    """The claims of a process that dies when it is about to record for the n-th time."""

    def __init__(self, database: Database, worker: str, records: int | None) -> None:
        super().__init__(database, worker)
        self._left = records
        self.unrecorded: list[Ended] = []

    async def claim(self, platform: str, now: datetime, limit: int) -> tuple[Parcel, ...]:
        if self.unrecorded:
            raise DiedError
        return await super().claim(platform, now, limit)

    async def record(self, ended: Sequence[Ended], now: datetime) -> None:
        if self._left == 0:
            self.unrecorded = list(ended)
            raise DiedError
        self._left = self._left and self._left - 1
        await super().record(ended, now)


@dataclass
class World:
    """Two processes' databases on one file, a clock, the chats, and their accounts by the id of the schedule."""

    one: Database
    two: Database
    now: datetime
    accounts: dict[int, Account] = field(default_factory=dict)
    accepted: Counter[tuple[int, date]] = field(default_factory=Counter)
    doubts: Counter[tuple[int, date]] = field(default_factory=Counter)
    nonces: dict[str, tuple[str, str, str, str, date]] = field(default_factory=dict)
    moves: int = 0
    _latest: datetime | None = None

    @property
    def schedules(self) -> Schedules:
        return Schedules(self.one)

    def account(self, place: int) -> Account:
        return list(self.accounts.values())[place]

    async def open(self, places: Sequence[Address], orders: Sequence[Order]) -> None:
        """Give each place its schedule, and each learner of them a row."""
        people = {order.learner for order in orders if order.learner}
        taste = {"language": "en", "level": 1, "zone": "UTC", "python": "3.14", "met_at": self.now}
        async with self.one.write() as connection:
            for person in people:
                await connection.execute(insert(learners).values(id=person, **taste))
        for address, order in zip(places, orders, strict=True):
            kept = await self.schedules.put(address, DAILY, order, self.now)
            account = self.accounts[kept.id] = Account(address, order)
            account.start(self.now)

    def pass_(self, span: timedelta) -> None:
        self.now += span
        self._latest = max(self._latest or self.now, self.now)

    def come(self, place: int, late: timedelta) -> None:
        """Let time pass until a place's next moment has come, and a little more."""
        account = self.account(place)
        self.pass_(max(account.moment(account.first) - self.now, timedelta()) + late)

    async def set(self, place: int, timetable: Timetable, quiet: str) -> None:
        account = self.account(place)
        order = replace(account.order, timetable=timetable, quiet=quiet)
        account.order, account.on, account.awake = order, True, True
        account.start(self.now)
        await self.schedules.put(account.address, DAILY, order, self.now)

    async def switch_off(self, place: int) -> None:
        account = self.account(place)
        assert await self.schedules.stop(account.address, DAILY, self.now) == account.on
        account.on = False
        account.lapse()

    async def hasten(self, place: int) -> None:
        """`/daily now`, which is refused where there is none."""
        account = self.account(place)
        known = await self.schedules.find(account.address, DAILY)
        assert known is not None
        assert (known.next_date is not None) == account.on
        if account.on:
            account.hasten(self.now)
            await self.schedules.hasten(known, self.now)

    async def rezone(self, learner: int, zone: str) -> None:
        await self.schedules.rezone(learner, zone, self.now)
        for account in self.accounts.values():
            timetable = account.order.timetable
            if account.order.learner == learner and timetable.zone != zone:
                account.order = replace(account.order, timetable=replace(timetable, zone=zone))
                if account.awake:
                    account.start(self.now)

    async def pause(self, learner: int, days: int) -> None:
        since = self.now.date()
        async with self.one.write() as connection:
            mine = pauses.c.learner == learner, pauses.c.since == since
            if (await connection.execute(select(pauses).where(*mine))).one_or_none():
                return
            row = {"learner": learner, "since": since, "until": since + days * DAY}
            await connection.execute(insert(pauses).values(row))
        for account in self.accounts.values():
            if account.order.learner == learner:
                account.pause(since, since + days * DAY)

    async def sleep(self, address: Address) -> None:
        await self.schedules.sleep(PLATFORM, address.chat, address.topic)
        for account in self.accounts.values():
            if account.address == address:
                account.awake = False
                account.lapse()

    async def wake(self, place: int) -> None:
        chat = self.account(place).address.chat
        await self.schedules.wake(PLATFORM, chat, self.now)
        for account in self.accounts.values():
            if account.address.chat == chat and account.on and not account.awake:
                account.awake = True
                account.start(self.now)

    async def move(self, place: int) -> None:
        """Its chat gets a new id."""
        self.moves += 1
        old, new = self.account(place).address.chat, f"-{100 + self.moves}"
        await Chats(self.one).move(PLATFORM, old, new)
        for account in self.accounts.values():
            if account.address.chat == old:
                account.address = replace(account.address, chat=new)

    async def deliver(
        self,
        answers: Sequence[Outcome] = (),
        *,
        database: Database | None = None,
        worker: str = "one",
        records: int | None = None,
        dies_unsent: bool = False,
        before: Event | None = None,
        after: Event | None = None,
    ) -> None:
        """One process delivers what is due, perhaps dying before it sends or at its n-th record.

        `before` happens once before the platform decides about a message, `after` once before we hear what it decided.
        """
        claims = Mortal(database or self.one, worker, records)
        mailbox = Mailbox(self, list(answers), before, after)

        async def write(parcels: Sequence[Parcel]) -> Sequence[str | Outcome]:
            for parcel in parcels:
                self._taken_up(parcel)
            if dies_unsent:
                raise DiedError
            return ["?"] * len(parcels)

        async def told(ended: Ended) -> None:
            parcel = ended.parcel
            self.accounts[parcel.schedule.id].excused.add(parcel.day)
            if ended.outcome is not Outcome.FAILED:
                await self.sleep(parcel.schedule.address)

        courier = Courier(PLATFORM, claims, write, mailbox, told, lambda: self.now, at_once=6, batch=3)
        try:
            await courier.deliver_due()
        except DiedError:
            lost = [ended.parcel for ended in claims.unrecorded if ended.outcome is Outcome.SENT]
            self.doubts.update((parcel.schedule.id, parcel.day) for parcel in lost)
        await self.compare()

    async def stand_still(self) -> None:
        """The process freezes for longer than a lease, and the other one takes over what it holds: that is in doubt."""
        async with self.one.read() as connection:
            held = await connection.execute(select(deliveries).where(deliveries.c.outcome.is_(None)))
            self.doubts.update((row.schedule, row.local_date) for row in held)
        self.pass_(LEASE + timedelta(seconds=1))
        await self.deliver(database=self.two, worker="two")

    def _taken_up(self, parcel: Parcel) -> None:
        """A worker has claimed this: the newest that is owed, or once more what was begun."""
        account, day = self.accounts[parcel.schedule.id], parcel.day
        assert account.on
        assert account.awake
        assert not account.is_paused(day)
        if parcel.attempt > 1:
            begun = account.taken[day]
            assert (parcel.due, parcel.missed) == (begun.due, begun.missed)
            assert not account.is_quiet(self.now) or self.now - parcel.due <= ON_TIME
            return
        assert day not in account.taken
        assert day == account.owed(self.now)[-1]
        assert parcel.missed == account.missed(day)
        asked_for = account.hastened and day == account.first
        assert asked_for or not account.is_quiet(self.now) or self.now - account.moment(day) <= ON_TIME
        account.taken[day] = parcel
        account.served = day
        account.start(self.now)

    async def compare(self) -> None:
        """The schedules on record are where the accounts say; only over a pause do they go on by themselves."""
        async with self.one.read() as connection:
            rows = {row.id: row for row in await connection.execute(select(schedules))}
        for number, account in self.accounts.items():
            row = rows[number]
            owed = account.owed(self.now)
            if account.on and row.next_date != account.first and owed and account.is_paused(owed[-1]):
                account.start(self.now, owed[-1])
            assert row.next_date == (account.first if account.on else None)
            assert (row.next_due is not None) == (account.on and account.awake)
            assert row.last_date == account.served

    async def settle(self) -> None:
        """Let four quiet days pass, in which everything works."""
        self.now = max(self.now, self._latest or self.now) + timedelta(minutes=30)
        for _ in range(20):
            await self.deliver()
            self.now += timedelta(hours=5)
        await self.deliver()

    async def balance(self) -> None:
        """Nothing was sent twice but what was in doubt; nothing that was owed is missing."""
        for key, count in self.accepted.items():
            assert count <= 1 + self.doubts[key], key
        for number, account in self.accounts.items():
            arrived = {day for schedule, day in self.accepted if schedule == number}
            assert account.taken.keys() <= arrived | account.excused
            assert all(self.now - account.moment(day) < 1.5 * DAY for day in account.owed(self.now))
        async with self.one.read() as connection:
            left = await connection.execute(select(deliveries).where(deliveries.c.outcome.is_(None)))
            assert left.all() == []


@dataclass
class Mailbox:
    """The platform: it answers as it was told to, in turn, then always well; a chat that moved is not at its old id."""

    world: World
    answers: list[Outcome]
    before: Event | None
    after: Event | None

    async def post(self, parcel: Parcel, letter: str) -> Ended:
        if self.before:
            event, self.before = self.before, None
            await event()
        outcome = self._decide(parcel)
        if self.after:
            event, self.after = self.after, None
            await event()
        return Ended(parcel, outcome, pause=LEASE * 2 if outcome is Outcome.LATER else None)

    def _decide(self, parcel: Parcel) -> Outcome:
        world, number = self.world, parcel.schedule.id
        if world.accounts[number].address != parcel.schedule.address:
            return Outcome.LATER
        outcome = self.answers.pop(0) if self.answers else Outcome.SENT
        if outcome is Outcome.SENT:
            assert world.nonces.setdefault(parcel.nonce, parcel.key) == parcel.key
            world.accepted[number, parcel.day] += 1
        return outcome

    async def tell(self, person: str, letter: str) -> None:
        """Nobody needs telling here."""
