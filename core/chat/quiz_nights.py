"""Starting what leads the games of a platform."""

import asyncio

from core.chat.classroom import Classroom
from core.chat.quiz_stage import ChatStage
from core.chat.request import Platform
from core.chat.venue import Venue
from core.quiz.conducting import Wait
from core.quiz.director import Director, wait_for


class QuizNights:
    """Starts a platform's director. `worker` names this process among all that share the database."""

    def __init__(self, room: Classroom, worker: str) -> None:
        self._room = room
        self._worker = worker

    async def __call__(self, platform: Platform, venue: Venue, stop: asyncio.Event) -> None:
        """Lead a platform's games until told to stop."""
        await self.director(platform, venue).run(stop)

    def director(self, platform: Platform, venue: Venue, wait: Wait = wait_for) -> Director:
        """The director of a platform, not yet at work. `wait` is for tests with a clock of their own."""
        stage = ChatStage(self._room, venue)
        return Director(platform, self._room.quizzes, stage, self._room.now, self._worker, wait=wait)
