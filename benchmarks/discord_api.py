"""A Discord whose channel plays, in a process of its own: `python -m benchmarks.discord_api`.

It prints its port. Below `/api/v10/`, `POST play` with JSON lets a crowd tap buttons or one person type a command, and
`GET told` gives what was posted and, in milliseconds, how long taps waited: for their acknowledgement, and for the word
that only who tapped sees.
"""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests.platforms.discord.local_discord import LocalDiscord, interaction, message

COMMAND, COMPONENT = 2, 3
LEADER = 1 << 5
"""The permission to manage the server."""
_SLICE = 0.005
"""Seconds between two moments at which somebody in the crowd acts."""


@dataclass(slots=True)
class PlayingDiscord(LocalDiscord):
    """`posts` are the messages of the channel; the tests' Discord does the rest."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=lambda: {"acknowledged": [], "answered": []})
    _tapped: dict[str, float] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(100))
    _playing: set[asyncio.Task[None]] = field(default_factory=set)

    async def _request(self, request: web.Request) -> web.StreamResponse:
        match request.match_info["path"]:
            case "told":
                return web.json_response({"posts": self.posts, **self.waits})
            case "play":
                task = asyncio.create_task(self._play(**await request.json()))
                self._playing.add(task)
                task.add_done_callback(self._playing.discard)
                return web.json_response({})
            case path:
                self._note(path)
                answered = await LocalDiscord._request(self, request)
                if path == "channels/5/messages":
                    self.posts.append(self.received[-1].body)
                self.received.clear()
                return answered

    def _note(self, path: str) -> None:
        number = path.partition("/token-")[2].partition("/")[0]
        if begun := self._tapped.get(number):
            kind = "acknowledged" if path.endswith("/callback") else "answered"
            self.waits[kind].append((time.perf_counter() - begun) * 1000)

    async def _play(self, people: int, seconds: float, first: int, **about: Any) -> None:
        """So many people, numbered from `first`, act evenly within so many seconds."""
        begun = time.perf_counter()
        for number in range(people):
            due = begun + seconds * number / people
            while time.perf_counter() < due:  # noqa: ASYNC110
                await asyncio.sleep(_SLICE)
            await self._act(first + number, about)

    async def _act(self, person: int, about: dict[str, Any]) -> None:
        number = str(next(self._numbers))
        if "command" in about:
            options = [{"name": name, "type": 3, "value": value} for name, value in about["options"].items()]
            data = {"id": "1", "name": about["command"], "type": 1, "options": options}
            event = interaction(COMMAND, data, "en-US", number, "9", str(person), LEADER)
        else:
            self._tapped[number] = time.perf_counter()
            data = {"custom_id": about["buttons"][person % len(about["buttons"])], "component_type": 2}
            event = interaction(COMPONENT, data, "en-US", number, "9", str(person), LEADER)
            event["message"] = message() | {"components": about["components"]}
        await self.dispatch("INTERACTION_CREATE", event)


async def main() -> None:
    """Serve until killed."""
    async with PlayingDiscord() as server:
        print(server.port, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
