"""The tutor on Telegram: one bot, long polling."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import GetMe
from aiogram.types import User
from aiogram.utils.token import TokenValidationError

from bot.platforms.games import Games
from bot.platforms.telegram.answering import Answering, Pace, lane_of
from bot.platforms.telegram.connection import Connection, backoff
from bot.platforms.telegram.errors import ApiUrlRefused, TokenRefused, trace_of
from bot.platforms.telegram.events import Event, Lookup, Spoken
from bot.platforms.telegram.feed import Feed, unless_stopped
from bot.platforms.telegram.intake import read
from bot.platforms.telegram.keyboard import is_web_address
from bot.platforms.telegram.lanes import Lanes
from bot.platforms.telegram.mailbox import TelegramMailbox
from bot.platforms.telegram.menu import MenuStore, fill_menu
from bot.platforms.telegram.stencils import PrintingSession
from bot.platforms.telegram.venue import TelegramVenue
from bot.wiring import utc_now
from core.chat.daily_letters import Rounds
from core.chat.request import Platform
from core.chat.tutor import Tutor
from core.delivery.flow import Flow, Limits

log = structlog.get_logger()

API_URL = "https://api.telegram.org"
CONNECTIONS = 500
"""Requests at once: a crowd's taps are acknowledged side by side, and never before new updates are fetched."""


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
        rounds: Rounds | None = None,
        games: Games | None = None,
        per_second: float = Limits().per_second,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._token = token
        self._tutor = tutor
        self._store = store
        self._api_url = api_url
        self._rounds = rounds
        self._games = games
        self._per_second = per_second
        self._pace = pace or Pace()
        self._sleep = sleep
        self._now = now

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what was begun. Raises OperatorError."""
        bot = self._connected()
        try:
            me = await self._introduced(bot, stop)
            if me:
                await self._serve(bot, me, stop)
        finally:
            await bot.session.close()

    def _connected(self) -> Bot:
        if not is_web_address(self._api_url):
            raise ApiUrlRefused
        try:
            session = PrintingSession(api=TelegramAPIServer.from_base(self._api_url), limit=CONNECTIONS)
            return Bot(self._token, session=session)
        except TokenValidationError as error:
            raise TokenRefused from error

    async def _introduced(self, bot: Bot, stop: asyncio.Event) -> User | None:
        """Who the bot is, asked until the server answers."""
        attempt = 0
        while not stop.is_set():
            try:
                return await unless_stopped(stop, bot(GetMe()))
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise TokenRefused from error
            except (AiogramError, UnicodeDecodeError) as error:
                attempt += 1
                log.warning("telegram.server_unreachable", error=type(error).__name__, attempt=attempt)
                await unless_stopped(stop, self._sleep(backoff(attempt)))
        return None

    async def _serve(self, bot: Bot, me: User, stop: asyncio.Event) -> None:
        connection = Connection(bot, flow=Flow(Limits(self._per_second)), sleep=self._sleep)
        await unless_stopped(stop, fill_menu(connection, self._tutor, self._store))
        answering = Answering(self._tutor, connection, me.username or "", self._pace)
        lanes = Lanes[Event](answering.answer)
        feed = Feed(bot, stop, self._pace.poll, self._sleep, self._now, answering.votes_kept)
        log.info("telegram.serving", bot=me.username)
        mailbox = TelegramMailbox(connection, self._tutor, answering.sender)
        venue = TelegramVenue(connection, answering.sender, self._now, self._sleep)
        unasked = [
            *([asyncio.create_task(self._rounds(Platform.TELEGRAM, mailbox, stop))] if self._rounds else ()),
            *([asyncio.create_task(self._play(self._games, venue, feed, lanes, stop))] if self._games else ()),
        ]
        try:
            async for update, at in feed.updates():
                await lanes.room()
                try:
                    event = read(update, me, self._tutor.catalogue, at)
                except Exception as error:
                    log.error("telegram.update_not_understood", **trace_of(error))
                    continue
                if event:
                    answering.expect(event)
                    lanes.put(lane_of(event), event, always=not isinstance(event, Spoken | Lookup))
            await feed.confirm()
        finally:
            log.info("telegram.stopping")
            for task in unasked:
                if not stop.is_set():
                    task.cancel()
            await asyncio.gather(*unasked, return_exceptions=True)
            if not await lanes.drain(self._pace.grace):
                log.error("telegram.given_up", reason="some answers took longer than the time to finish")

    async def _play(
        self, games: Games, venue: TelegramVenue, feed: Feed, lanes: Lanes[Event], stop: asyncio.Event
    ) -> None:
        """Direct the games, once the answers that waited at Telegram are with the tutor: they were given in time."""
        await unless_stopped(stop, feed.caught_up.wait())
        await lanes.pass_on(self._pace.catching_up)
        await games(Platform.TELEGRAM, venue, stop)
        await venue.drain(self._pace.grace)
