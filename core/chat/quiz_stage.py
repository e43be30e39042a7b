"""A game in its chat: what the director wants shown, in the words and pictures of that chat, on any platform."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog

from core.bank.wording import Language
from core.chat.classroom import Classroom
from core.chat.letter import Letter
from core.chat.pictures.board import Board
from core.chat.pictures.podium import draw
from core.chat.presenters.quiz.final import board, final_document
from core.chat.presenters.quiz.lobby import lobby, put_off
from core.chat.presenters.quiz.reveal import reveal_document
from core.chat.presenters.quiz.round import closed_document, round_document, round_letter
from core.chat.texts import Voice
from core.chat.venue import Venue
from core.document import Document, paragraph
from core.quiz.model import Final, Game, Notice, Phase, Player, Put, Reveal
from core.quiz.stage import Shown

log = structlog.get_logger()

ALONE = timedelta(seconds=3)
"""The moment to get ready for who plays alone; so short a lobby is not shown."""
WAITING = 8
"""Podiums that wait to be drawn, at most: later games end in words, but on time."""


class ChatStage:
    """Shows games through a platform's venue. Nonces name each letter, for platforms that drop what they have seen."""

    def __init__(self, room: Classroom, venue: Venue) -> None:
        self._room = room
        self._venue = venue
        self._press = asyncio.Semaphore(1)
        self._drawing = 0

    async def open_lobby(self, game: Game, players: tuple[Player, ...]) -> str | None:
        """Show the lobby; whoever plays alone has none."""
        if is_alone(game):
            return None
        arrived = await self._venue.show(
            game.address, Letter(await self._lobby(game, players)), nonce=f"quiz{game.id}:lobby"
        )
        return arrived.message

    async def refresh_lobby(self, game: Game, players: tuple[Player, ...]) -> None:
        """Show who has joined."""
        if game.lobby:
            await self._venue.mend(game.address, game.lobby, await self._lobby(game, players))

    async def ask(self, put: Put) -> Shown:
        """Show a round's question, as a poll where the platform has them and it fits."""
        game = put.game
        letter = round_letter(put, self._room.bank, self._voice(game))
        nonce = f"quiz{game.id}:{put.round.number}"
        arrived = await self._venue.show(game.address, letter, game.rules.seconds, nonce)
        if put.round.number == 1:
            await self.refresh_lobby(game, await self._room.quizzes.players(game.id))
        return Shown(arrived.at, arrived.message, arrived.poll)

    async def refresh_round(self, put: Put, answered: int, players: int) -> None:
        """Show how many have answered; a poll does so by itself."""
        if put.round.message and not put.round.poll:
            document = round_document(put, self._room.bank, self._voice(put.game), answered, players)
            await self._venue.mend(put.game.address, put.round.message, document)

    async def reveal(self, reveal: Reveal) -> None:
        """The answer first; then nothing is left to tap at the question."""
        put, voice = reveal.put, self._voice(reveal.put.game)
        document = reveal_document(reveal, self._room.bank, voice, self._room.runs)
        try:
            await self._venue.show(
                put.game.address, Letter(document), nonce=f"quiz{put.game.id}:{put.round.number}:answer"
            )
        finally:
            await self._close(put, reveal.answered, voice)

    async def _close(self, put: Put, answered: int, voice: Voice) -> None:
        message, address = put.round.message, put.game.address
        if message and put.round.poll:
            await self._venue.close(address, message)
        elif message:
            await self._venue.mend(address, message, closed_document(put, self._room.bank, voice, answered))

    async def finish(self, final: Final) -> None:
        """Show the podium, and take the lobby's buttons away."""
        game, voice = final.game, self._voice(final.game)
        drawn = board(final, self._room.bank, voice)
        picture = await self._drawn(drawn) if drawn else None
        await self._close_lobby(game, tuple(player for _, player in final.standing))
        document = final_document(final, picture, self._room.bank, voice)
        await self._venue.show(game.address, Letter(document), nonce=f"quiz{game.id}:end")

    async def say(self, game: Game, notice: Notice) -> None:
        """Tell the chat something; a lobby that leads to no game loses its buttons."""
        if notice in (Notice.STOPPED, Notice.NOBODY):
            await self._close_lobby(game, await self._room.quizzes.players(game.id))
        words = await self._words(game, notice)
        await self._venue.show(game.address, Letter(Document((paragraph(words),))))

    async def _words(self, game: Game, notice: Notice) -> str:
        if notice is Notice.PUT_OFF:
            return put_off(game, self._voice(game), self._room.now(), await self._zone(game))
        return self._voice(game)(f"quiz-notice-{notice.replace('_', '-')}")

    async def _close_lobby(self, game: Game, players: tuple[Player, ...]) -> None:
        await self.refresh_lobby(replace(game, phase=Phase.OVER), players)

    async def _drawn(self, drawn: Board) -> bytes | None:
        """The podium; None where it cannot be drawn, or too many others are: the words say the same without it."""
        if self._drawing >= WAITING:
            return None
        self._drawing += 1
        try:
            async with self._press:
                return await asyncio.to_thread(draw, drawn)
        except Exception as error:
            log.warning("picture_failed", picture="podium", error=type(error).__name__)
            return None
        finally:
            self._drawing -= 1

    async def _lobby(self, game: Game, players: tuple[Player, ...]) -> Document:
        zone = await self._zone(game) if game.phase is Phase.WAITING else None
        return lobby(game, players, self._room.bank, self._voice(game), self._room.now(), zone)

    async def _zone(self, game: Game) -> str | None:
        """The host's, by whose clock a chat is told of a later start."""
        known = await self._room.learners.of_ids([game.host] if game.host else [])
        return next((learner.zone for learner in known.values()), None)

    def _voice(self, game: Game) -> Voice:
        return self._room.texts.in_language(Language(game.language))


def is_alone(game: Game) -> bool:
    """Whether the game was opened for one: its lobby lasts but a moment."""
    return game.phase is Phase.LOBBY and game.until is not None and game.until - game.made_at <= ALONE
