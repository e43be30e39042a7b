"""Writing the dailies that are due, and seeing to those that could not be delivered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from core.bank.wording import Language
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Classroom
from core.chat.letter import Letter
from core.chat.presenters.daily import group_letter, private_letter
from core.chat.presenters.options import TYPED
from core.chat.request import Platform
from core.delivery.claims import LEASE, Claims, Ended, Outcome, Parcel
from core.delivery.courier import Courier, Mailbox
from core.document import Document, paragraph
from core.storage.database import Database
from core.study.learner import Learner
from core.study.selection import Wish

log = structlog.get_logger()


class DailyLetters:
    """The letters of a batch of parcels: a learner's own question, or one for a whole chat."""

    def __init__(self, room: Classroom) -> None:
        self._room = room

    async def write(self, parcels: Sequence[Parcel]) -> Sequence[Letter | Outcome]:
        """A letter a parcel; an outcome where there is nothing to ask, or where it is to be tried once more."""
        owners = {parcel.schedule.order.learner for parcel in parcels if parcel.schedule.order.learner}
        learners = await self._room.learners.of_ids(owners)
        return [await self._safely(parcel, learners.get(parcel.schedule.order.learner or 0)) for parcel in parcels]

    async def _safely(self, parcel: Parcel, learner: Learner | None) -> Letter | Outcome:
        try:
            letter = await (self._private(parcel, learner) if learner else self._group(parcel))
        except Exception as error:
            log.error("delivery.not_written", error=type(error).__name__)
            return Outcome.LATER
        return letter or Outcome.NOTHING

    async def _private(self, parcel: Parcel, learner: Learner) -> Letter | None:
        address, room = parcel.schedule.address, self._room
        asked = await room.study.ask(learner, address.platform, address.chat, Wish())
        if asked is None:
            return None
        if asked.question.truth.kind in TYPED:
            expectation = Expectation(Awaited.ANSWER, str(asked.sheet.id))
            await room.awaiting.expect(learner.id, address.platform, address.chat, expectation, room.now())
        return private_letter(asked, room.bank, room.texts.in_language(learner.language), parcel.missed)

    async def _group(self, parcel: Parcel) -> Letter | None:
        address, order, room = parcel.schedule.address, parcel.schedule.order, self._room
        place = (address.platform, address.chat, address.topic, parcel.day)
        posted = await room.group_study.post(*place, order.level, order.python, order.language)
        if posted is None:
            return None
        voice = room.texts.in_language(Language(posted.posting.language))
        return group_letter(posted, await room.group_study.yesterday(*place), room.bank, voice, parcel.missed)

    async def undeliverable(self, ended: Ended, tell: Callable[[str, Letter], Awaitable[None]]) -> None:
        """Let the schedule sleep; where somebody could give a right back, `tell` whoever set it, once."""
        address = ended.parcel.schedule.address
        log.info("delivery.undeliverable", platform=address.platform, outcome=ended.outcome)
        if ended.outcome is Outcome.FAILED:
            return
        slept = await self._room.schedules.sleep(address.platform, address.chat, address.topic)
        if not slept or ended.outcome is not Outcome.FORBIDDEN:
            return
        setters = await self._room.learners.of_ids({each.order.set_by for each in slept if each.order.set_by})
        for setter in setters.values():
            person = await self._room.learners.person(setter.id, address.platform)
            if person:
                voice = self._room.texts.in_language(setter.language)
                await tell(person, Letter(Document((paragraph(voice("daily-forbidden")),))))


class Rounds:
    """Starts a platform's courier. `worker` names this process among all that share the database."""

    def __init__(self, room: Classroom, database: Database, worker: str, lease: timedelta = LEASE) -> None:
        self._room = room
        self._database = database
        self._worker = worker
        self._lease = lease
        self._letters = DailyLetters(room)

    async def __call__(self, platform: Platform, mailbox: Mailbox[Letter], stop: asyncio.Event) -> None:
        """Deliver to a platform's chats until told to stop."""
        courier = self.courier(platform, mailbox)
        self._room.schedules.listen(courier.wake)
        try:
            await courier.run(stop)
        finally:
            self._room.schedules.unlisten(courier.wake)

    def courier(self, platform: Platform, mailbox: Mailbox[Letter]) -> Courier[Letter]:
        """The courier of a platform, not yet on its way."""

        async def told(ended: Ended) -> None:
            await self._letters.undeliverable(ended, mailbox.tell)

        claims = Claims(self._database, self._worker, self._lease)
        return Courier(platform, claims, self._letters.write, mailbox, told, self._room.now, lease=self._lease)
