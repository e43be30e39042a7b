"""Writing the dailies that are due, and seeing to those that could not be delivered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from core.bank.wording import Language
from core.chat.awaiting import Awaited, Expectation, Expected
from core.chat.classroom import Classroom
from core.chat.league_nights import begin
from core.chat.letter import Letter
from core.chat.presenters.daily import group_letter, private_letter
from core.chat.presenters.options import TYPED
from core.chat.request import Platform
from core.delivery.claims import LEASE, Claims, Ended, Outcome, Parcel
from core.delivery.courier import Courier, Mailbox
from core.delivery.schedules import DAILY, QUIZ, Address
from core.document import Document, paragraph
from core.storage.database import Database
from core.study.daily_asking import Asker
from core.study.learner import Learner

log = structlog.get_logger()


class DailyLetters:
    """The letters of a batch of parcels: a learner's own question, or one for a whole chat."""

    def __init__(self, room: Classroom) -> None:
        self._room = room

    async def write(self, parcels: Sequence[Parcel]) -> Sequence[Letter | Outcome]:
        """A letter a parcel; an outcome where there is nothing to ask, or where it is to be tried once more."""
        owners = {parcel.schedule.order.learner for parcel in parcels if parcel.schedule.order.learner}
        learners = await self._room.learners.of_ids(owners)
        owned = [(parcel, learners.get(parcel.schedule.order.learner or 0)) for parcel in parcels]
        private = iter(await self._private([(parcel, learner) for parcel, learner in owned if learner]))
        return [next(private) if learner else await self._safely(self._shared(parcel)) for parcel, learner in owned]

    async def _private(self, owned: Sequence[tuple[Parcel, Learner]]) -> Sequence[Letter | Outcome]:
        """Learners' own questions; where one of them breaks the batch, each is written by itself."""
        try:
            return await self._asked(owned)
        except Exception as error:
            if len(owned) == 1:
                log.error("delivery.not_written", error=type(error).__name__)
                return [Outcome.LATER]
            return [letter for each in owned for letter in await self._private([each])]

    async def _asked(self, owned: Sequence[tuple[Parcel, Learner]]) -> Sequence[Letter | Outcome]:
        room = self._room
        addresses = [parcel.schedule.address for parcel, _ in owned]
        askers = [
            Asker(learner, address.platform, address.chat)
            for (_, learner), address in zip(owned, addresses, strict=True)
        ]
        questions = await room.daily_asking.ask(askers)
        expected = [
            Expected(asked.sheet.learner, each.platform, each.chat, Expectation(Awaited.ANSWER, str(asked.sheet.id)))
            for asked, each in zip(questions, askers, strict=True)
            if asked and asked.question.truth.kind in TYPED
        ]
        await room.awaiting.expect_all(expected, room.now())
        return [
            private_letter(asked, room.bank, room.texts.in_language(learner.language), parcel.missed)
            if asked
            else Outcome.NOTHING
            for (parcel, learner), asked in zip(owned, questions, strict=True)
        ]

    async def _safely(self, writing: Awaitable[Letter | Outcome | None]) -> Letter | Outcome:
        try:
            return await writing or Outcome.NOTHING
        except Exception as error:
            log.error("delivery.not_written", error=type(error).__name__)
            return Outcome.LATER

    def _shared(self, parcel: Parcel) -> Awaitable[Letter | Outcome | None]:
        return begin(parcel, self._room.quizzes) if parcel.schedule.slot == QUIZ else self._group(parcel)

    async def _group(self, parcel: Parcel) -> Letter | None:
        address, order, room = parcel.schedule.address, parcel.schedule.order, self._room
        if order.learner is not None:
            return None  # its owner was forgotten a moment ago
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

    async def catch_up(self, address: Address) -> None:
        """Let what came due while a chat was closed come at once, as today's, whatever the hour: somebody is there."""
        known, now = await self._room.schedules.find(address, DAILY), self._room.now()
        if known and known.next_due and known.next_due <= now:
            await self._room.schedules.hasten(known, now)

    def courier(self, platform: Platform, mailbox: Mailbox[Letter]) -> Courier[Letter]:
        """The courier of a platform, not yet on its way."""

        async def told(ended: Ended) -> None:
            await self._letters.undeliverable(ended, mailbox.tell)

        claims = Claims(self._database, self._worker, self._lease)
        return Courier(platform, claims, self._letters.write, mailbox, told, self._room.now, lease=self._lease)
