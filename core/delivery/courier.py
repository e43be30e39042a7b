"""The round that takes what is due to the chats of one platform."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence, Sized
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

import structlog

from core.delivery.claims import LEASE, Claims, Ended, Outcome, Parcel

log = structlog.get_logger()
Letter = TypeVar("Letter")
LetterIn = TypeVar("LetterIn", contravariant=True)

AT_ONCE = 512
"""Parcels on their way or not recorded yet, at most: so many that database and platform never wait for each other."""
BATCH = 128
"""Parcels claimed and written at once."""
GATHERING = 0.03
"""Seconds in which what has ended is gathered, to be recorded in one transaction."""
LONGEST_SLEEP = timedelta(seconds=20)
"""Between two looks at the schedules, when nothing woke us."""
TIDY = timedelta(hours=6)
ATTEMPTS = 60
"""How often a delivery is tried; together with the growing pauses that is most of a day."""
_AFTER_A_FAULT = 1.0
_LAST_ATTEMPTS = 5
LONGEST_PAUSE = timedelta(minutes=20)


class Mailbox(Protocol[LetterIn]):
    """A platform's way to say something that nobody has just asked for."""

    async def post(self, parcel: Parcel, letter: LetterIn) -> Ended:
        """Send it; never raises for what a platform answers."""

    async def tell(self, person: str, letter: LetterIn) -> None:
        """Write to a person in private, if that can be done."""


class Courier(Generic[Letter]):
    """Claims, writes, sends and records, with a bounded number of parcels on the way.

    `write` makes the letters of a batch, or says what becomes of a parcel without one. `told` hears of every parcel
    that is given up because its chat is gone, forbidden, or refuses it.
    """

    def __init__(
        self,
        platform: str,
        claims: Claims,
        write: Callable[[Sequence[Parcel]], Awaitable[Sequence[Letter | Outcome]]],
        mailbox: Mailbox[Letter],
        told: Callable[[Ended], Awaitable[None]],
        now: Callable[[], datetime],
        *,
        at_once: int = AT_ONCE,
        batch: int = BATCH,
        lease: timedelta = LEASE,
    ) -> None:
        self._platform = platform
        self._claims = claims
        self._write = write
        self._mailbox = mailbox
        self._told = told
        self._now = now
        self._at_once = at_once
        self._batch = batch
        self._lease = lease
        self._on_the_way: dict[asyncio.Task[None], Parcel] = {}
        self._ended: list[Ended] = []
        self._recording: list[Ended] = []
        self._to_record = asyncio.Event()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._tidy_at = now()

    def wake(self) -> None:
        """Look at the schedules now: one of them has changed."""
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop; what is on its way then is finished and recorded."""
        stopping = asyncio.create_task(_wake_at(stop, self._news))
        over = asyncio.Event()
        recording = asyncio.create_task(self._record_all(over))
        holding = asyncio.create_task(self._hold(over))
        try:
            while not stop.is_set():
                await self._round()
        finally:
            stopping.cancel()
            if self._on_the_way:
                await asyncio.wait(self._on_the_way)
            # Told, not cancelled: a transaction that is under way is finished.
            over.set()
            self._to_record.set()
            await asyncio.gather(stopping, holding, recording, return_exceptions=True)
            await self._record_the_rest()

    async def _round(self) -> None:
        self._news.clear()
        self._room.clear()
        try:
            if not await self._begin():
                await self._rest()
        except Exception as error:
            log.error("delivery.round_failed", platform=self._platform, error=type(error).__name__)
            await self._sleep(_AFTER_A_FAULT)

    async def deliver_due(self) -> int:
        """One round for everything that is due now; how many parcels were begun."""
        begun = 0
        while taken := await self._begin():
            begun += taken
            await asyncio.wait(self._on_the_way)
            await self._record()
        return begun

    async def _begin(self) -> int:
        held = {parcel.key for parcel in self._held()}
        if self._is_full(held):
            return 0
        room = min(self._batch, self._at_once - len(held))
        claimed = await self._claims.claim(self._platform, self._now(), room)
        # A clock that jumped ahead ends leases early: what is still on its way is not taken up a second time.
        parcels = [parcel for parcel in claimed if parcel.key not in held]
        if not parcels:
            return 0
        letters = await self._write(parcels)
        for parcel, letter in zip(parcels, letters, strict=True):
            task = asyncio.create_task(self._deliver(parcel, letter))
            self._on_the_way[task] = parcel
            task.add_done_callback(self._arrived)
        return len(parcels)

    def _held(self) -> list[Parcel]:
        """What is on its way or not recorded yet."""
        return [*self._on_the_way.values(), *(ended.parcel for ended in (*self._recording, *self._ended))]

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._on_the_way.pop(task, None)

    async def _deliver(self, parcel: Parcel, letter: Letter | Outcome) -> None:
        ended = Ended(parcel, letter) if isinstance(letter, Outcome) else await self._post(parcel, letter)
        if ended.outcome is Outcome.LATER:
            ended = self._patiently(ended)
        self._note(ended)
        if ended.outcome in (Outcome.GONE, Outcome.FORBIDDEN, Outcome.FAILED):
            await self._told(ended)

    async def _post(self, parcel: Parcel, letter: Letter) -> Ended:
        try:
            return await self._mailbox.post(parcel, letter)
        except Exception as error:
            log.error("delivery.post_failed", platform=self._platform, error=type(error).__name__)
            return Ended(parcel, Outcome.LATER)

    def _note(self, ended: Ended) -> None:
        self._ended.append(ended)
        self._to_record.set()

    def _patiently(self, ended: Ended) -> Ended:
        """Try again after a pause that grows, or give up."""
        parcel = ended.parcel
        if parcel.attempt >= ATTEMPTS:
            return Ended(parcel, Outcome.FAILED)
        return replace(ended, pause=ended.pause or min(self._lease * parcel.attempt, LONGEST_PAUSE))

    async def _rest(self) -> None:
        """Sleep until something is due, there is room again, or somebody woke us since the round began."""
        if self._is_full(self._held()):
            await self._room.wait()
            return
        if self._now() >= self._tidy_at:
            self._tidy_at = self._now() + TIDY
            await self._claims.tidy(self._now())
        due = await self._claims.next_moment(self._platform)
        pause = min(max(due - self._now(), timedelta(0)), LONGEST_SLEEP) if due else LONGEST_SLEEP
        await self._sleep(max(pause.total_seconds(), 0.01))

    def _is_full(self, held: Sized) -> bool:
        """Whether to wait until more was recorded: that, too, bounds what a crash leaves in doubt."""
        return self._at_once - len(held) < self._batch // 2

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return

    async def _record_all(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await self._to_record.wait()
            await asyncio.sleep(GATHERING)
            self._to_record.clear()
            await self._record()

    async def _record(self) -> None:
        """Everything that ended since the last time, in one transaction; what was not kept is for the next time."""
        self._recording, self._ended = [*self._recording, *self._ended], []
        if not self._recording:
            return
        try:
            await self._claims.record(self._recording, self._now())
        except Exception as error:
            log.error("delivery.not_recorded", platform=self._platform, error=type(error).__name__)
            asyncio.get_running_loop().call_later(_AFTER_A_FAULT, self._to_record.set)
        else:
            self._recording = []
            self._room.set()

    async def _record_the_rest(self) -> None:
        for _ in range(_LAST_ATTEMPTS):
            await self._record()
            if not self._recording:
                return
            await asyncio.sleep(_AFTER_A_FAULT)

    async def _hold(self, over: asyncio.Event) -> None:
        while not over.is_set():
            try:
                async with asyncio.timeout(self._lease.total_seconds() / 3):
                    await over.wait()
            except TimeoutError:
                await self._renew()

    async def _renew(self) -> None:
        try:
            await self._claims.renew(self._held(), self._now())
        except Exception as error:
            log.error("delivery.not_held", platform=self._platform, error=type(error).__name__)


async def _wake_at(stop: asyncio.Event, news: asyncio.Event) -> None:
    await stop.wait()
    news.set()
