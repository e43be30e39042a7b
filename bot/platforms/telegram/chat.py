"""The tutor on Telegram: one bot, long polling."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import GetMe
from aiogram.types import User
from aiogram.utils.token import TokenValidationError

from bot.platforms.telegram.connection import Connection, backoff
from bot.platforms.telegram.feed import Feed, TokenRefused, unless_stopped
from bot.platforms.telegram.inline import RESULTS, inline_answer
from bot.platforms.telegram.intake import Event, Lookup, Membership, Moved, Spoken, StaleTap, read
from bot.platforms.telegram.lanes import Lanes
from bot.platforms.telegram.menu import MenuStore, fill_menu
from bot.platforms.telegram.programs import fetch_program
from bot.platforms.telegram.sender import Sender
from core.chat.answer import Answer
from core.chat.request import Platform
from core.chat.tutor import Tutor
from core.document import Document, paragraph

log = structlog.get_logger()

API_URL = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take, in seconds, and how much is done at once."""

    poll: int = 30
    """One wait for updates."""
    tap: float = 3.0
    """The tutor's time to find the notice for a tapped button, before the spinner is stopped without one."""
    grace: float = 20.0
    """The time to finish what was begun after the stop."""
    thinking: int = 32
    """Requests that the tutor works on at the same time."""


class TelegramChat:
    """Serves one bot's learners until told to stop.

    Updates of one chat are handled in order, those of different chats side by side; a chat whose sends have to wait
    holds up nobody else. An update is handled at most once: what a stop interrupts is finished, what a crash interrupts
    is not repeated.
    """

    def __init__(
        self,
        token: str,
        tutor: Tutor,
        store: MenuStore,
        *,
        api_url: str = API_URL,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_url or API_URL))
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError as error:
            raise TokenRefused from error
        self._tutor = tutor
        self._store = store
        self._pace = pace or Pace()
        self._sleep = sleep
        self._connection = Connection(self._bot, sleep=sleep)
        self._sender = Sender(self._connection, tutor)
        self._thinking = asyncio.Semaphore(self._pace.thinking)
        self._lanes = Lanes[Event](self._answer)
        self._name = ""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what was begun. Raises TokenRefused."""
        try:
            me = await self._introduce(stop)
            if me:
                await self._serve(me, stop)
        finally:
            await self._bot.session.close()

    async def _introduce(self, stop: asyncio.Event) -> User | None:
        """Who the bot is, asked until the server answers."""
        attempt = 0
        while not stop.is_set():
            try:
                return await unless_stopped(stop, self._bot(GetMe()))
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise TokenRefused from error
            except (AiogramError, UnicodeDecodeError) as error:
                attempt += 1
                log.warning("telegram.server_unreachable", error=type(error).__name__, attempt=attempt)
                await unless_stopped(stop, self._sleep(backoff(attempt)))
        return None

    async def _serve(self, me: User, stop: asyncio.Event) -> None:
        self._name = me.username or ""
        await unless_stopped(stop, fill_menu(self._connection, self._tutor, self._store))
        feed = Feed(self._bot, stop, self._pace.poll, self._sleep)
        log.info("telegram.serving", bot=self._name)
        try:
            async for update in feed.updates():
                await self._lanes.room()
                event = read(update, me, self._tutor.catalogue)
                if event:
                    self._lanes.put(_lane(event), event, always=not isinstance(event, Spoken | Lookup))
            await feed.confirm()
        finally:
            log.info("telegram.stopping")
            if not await self._lanes.drain(self._pace.grace):
                log.error("telegram.given_up", reason="some answers took longer than the time to finish")

    async def _answer(self, event: Event) -> None:
        match event:
            case Spoken(origin=origin) if origin.query:
                await self._answer_tap(event, origin.query)
            case Spoken():
                await self._answer_words(event)
            case Lookup():
                await self._answer_lookup(event)
            case StaleTap(query):
                await self._sender.acknowledge(query)
            case Moved(old, new):
                await self._sender.chat_moved(old, new)
            case Membership(chat, reachable):
                await self._tutor.chat_reachable(Platform.TELEGRAM, str(chat), reachable)

    async def _answer_words(self, spoken: Spoken) -> None:
        answer = await self._think(spoken)
        if answer:
            await self._sender.deliver(spoken.origin, _with_notice_said(answer))

    async def _answer_tap(self, spoken: Spoken, query: str) -> None:
        """Stop the spinner first, with the notice if it is there in time; then change the chat."""
        thinking = asyncio.ensure_future(self._think(spoken))
        try:
            await asyncio.wait({thinking}, timeout=self._pace.tap)
            in_time = thinking.done() and not thinking.exception()
            answer = thinking.result() if in_time else None
            await self._sender.acknowledge(query, answer.notice if answer else None)
            if not in_time:
                answer = await thinking
                answer = _with_notice_said(answer) if answer else None
        finally:
            thinking.cancel()
        if answer:
            await self._sender.deliver(spoken.origin, answer)

    async def _answer_lookup(self, lookup: Lookup) -> None:
        async with self._thinking:
            hits = await self._tutor.suggest(lookup.query, lookup.person, RESULTS)
        try:
            await self._connection.request(inline_answer(lookup.id, hits, self._name), attempts=2)
        except (AiogramError, UnicodeDecodeError) as error:
            log.info("telegram.lookup_not_answered", error=type(error).__name__)

    async def _think(self, spoken: Spoken) -> Answer | None:
        async with self._thinking:
            request = spoken.request
            if spoken.program:
                program = await fetch_program(self._bot, spoken.program)
                request = replace(request, files=(program,) if program else ())
            return await self._tutor.handle(request)


def _lane(event: Event) -> Hashable:
    match event:
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


def _with_notice_said(answer: Answer) -> Answer:
    """The answer with its notice as a message, where there is no button to show it at and nothing else is said."""
    if answer.notice and not answer.document.blocks:
        return replace(answer, document=Document((paragraph(answer.notice),)))
    return answer
