"""From an event to the tutor and back to the chat."""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, replace

import structlog
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.methods import GetChatMember

from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.events import Event, Lookup, Membership, Moved, Spoken, StaleTap, Voted
from bot.platforms.telegram.inline import RESULTS, inline_answer
from bot.platforms.telegram.programs import fetch_program
from bot.platforms.telegram.sender import Sender
from core.chat.answer import Answer
from core.chat.request import Platform, Press, Request
from core.chat.tutor import Tutor
from core.document import Document, paragraph

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take, in seconds, and how much is done at once."""

    poll: int = 30
    """One wait for updates."""
    tap: float = 3.0
    """The tutor's time to find the notice for a tapped button, before the spinner is stopped without one."""
    grace: float = 20.0
    """The time to finish what was begun after the stop."""
    poll_known: float = 2.0
    """Until a poll that was just sent is known by its id."""
    vote_kept: float = 0.5
    """For a vote to be kept before Telegram is told that it has arrived."""
    catching_up: float = 5.0
    """The time to take in what waited for the bot at its start, before games go on."""
    thinking: int = 32
    """Requests that the tutor works on at the same time; waiting for Telegram is not counted."""
    playing: int = 2000
    """Answers to games that the tutor takes at the same time: it keeps them together."""


class Answering:
    """Hands events to the tutor, and the tutor's answers to the sender."""

    def __init__(self, tutor: Tutor, connection: Connection, name: str, pace: Pace) -> None:
        self._tutor = tutor
        self._connection = connection
        self._name = name
        self._pace = pace
        self.sender = Sender(connection, tutor)
        self._thinking = asyncio.Semaphore(pace.thinking)
        self._playing = asyncio.Semaphore(pace.playing)
        self._unkept: set[Voted] = set()
        self._all_kept = asyncio.Event()

    def expect(self, event: Event) -> None:
        """Hear of an event that is about to be answered."""
        if isinstance(event, Voted):
            self._unkept.add(event)
            self._all_kept.clear()

    async def votes_kept(self) -> None:
        """Wait for the votes that have arrived: who voted is told nothing, so nobody would notice that one was lost."""
        if not self._unkept:
            return
        try:
            async with asyncio.timeout(self._pace.vote_kept):
                await self._all_kept.wait()
        except TimeoutError:
            log.info("telegram.votes_not_kept_yet", votes=len(self._unkept))

    async def answer(self, event: Event) -> None:
        """Do what the event asks for; returns when the chat has its answer."""
        match event:
            case Spoken(origin=origin) if origin.query:
                await self._answer_tap(event, origin.query)
            case Spoken():
                await self._answer_words(event)
            case Lookup():
                await self._answer_lookup(event)
            case StaleTap(query):
                await self.sender.acknowledge(query)
            case Moved(old, new):
                await self.sender.chat_moved(old, new)
            case Membership(chat, reachable):
                await self._tutor.chat_reachable(Platform.TELEGRAM, str(chat), reachable)
            case Voted():
                await self._count(event)

    async def _answer_words(self, spoken: Spoken) -> None:
        answer = await self._think(spoken)
        if answer:
            await self.sender.deliver(spoken.origin, _with_notice_said(answer))

    async def _answer_tap(self, spoken: Spoken, query: str) -> None:
        """Stop the spinner first, with the notice if it is there in time; then change the chat."""
        thinking = asyncio.ensure_future(self._think(spoken))
        try:
            await asyncio.wait({thinking}, timeout=self._pace.tap)
            in_time = thinking.done() and not thinking.exception()
            answer = thinking.result() if in_time else None
            await self.sender.acknowledge(query, answer.notice if answer else None)
            if not in_time:
                answer = await thinking
                answer = _with_notice_said(answer) if answer else None
        finally:
            thinking.cancel()
        if answer:
            await self.sender.deliver(spoken.origin, answer)

    async def _answer_lookup(self, lookup: Lookup) -> None:
        async with self._thinking:
            hits = await self._tutor.suggest(lookup.query, lookup.person, RESULTS)
        try:
            await self._connection.request(inline_answer(lookup.id, hits, self._name), attempts=2)
        except (AiogramError, UnicodeDecodeError) as error:
            log.info("telegram.lookup_not_answered", error=type(error).__name__)

    async def _count(self, vote: Voted) -> None:
        """A vote may be here before the poll that was sent is known by its id: then it is counted a moment later."""
        try:
            known = await self._tutor.voted(vote.person, vote.poll, vote.places, vote.at)
        finally:
            self._unkept.discard(vote)
            if not self._unkept:
                self._all_kept.set()
        if not known:
            await asyncio.sleep(self._pace.poll_known)
            await self._tutor.voted(vote.person, vote.poll, vote.places, vote.at)

    async def _manages(self, spoken: Spoken) -> bool:
        """Whether the person may decide for the chat; an anonymous administrator speaks as the chat itself."""
        origin = spoken.origin
        if origin.person is None:
            return spoken.request.person.id == str(origin.chat)
        try:
            member = await self._connection.request(
                GetChatMember(chat_id=origin.chat, user_id=origin.person), attempts=2
            )
        except (AiogramError, UnicodeDecodeError) as error:
            log.info("telegram.rights_unknown", error=type(error).__name__)
            return False
        return member is not None and member.status in (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)

    async def _think(self, spoken: Spoken) -> Answer | None:
        request = spoken.request
        async with self._playing if _plays(request) else self._thinking:
            if spoken.program:
                program = await fetch_program(self._connection.bot, spoken.program)
                request = replace(request, files=(program,) if program else ())
            if not spoken.origin.private and self._tutor.catalogue.decides(request.said):
                request = replace(request, manages=await self._manages(spoken))
            return await self._tutor.handle(request)


def lane_of(event: Event) -> Hashable:
    """Events of one lane are answered in order: those of a chat, of a person at its buttons, or outside chats."""
    match event:
        case Spoken(origin=origin) if origin.query and not origin.private:
            return origin.chat, origin.person
        case Spoken(origin=origin):
            return origin.chat
        case Moved(old):
            return old
        case Membership(chat):
            return chat
        case Lookup(person=person):
            return "lookup", person.id
        case StaleTap(person=person):
            return "tap", person
        case Voted(person=person):
            return "vote", person.id


def _plays(request: Request) -> bool:
    return isinstance(request.said, Press) and request.said.plays


def _with_notice_said(answer: Answer) -> Answer:
    """The answer with its notice as a message, where there is no button to show it at and nothing else is said."""
    if answer.notice and not answer.document.blocks:
        return replace(answer, document=Document((paragraph(answer.notice),)))
    return answer
