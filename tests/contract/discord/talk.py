"""A person on a local Discord: every interaction goes in by the gateway, every answer is what came out by HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.platforms.discord.chat import DiscordChat
from bot.platforms.games import Games
from bot.wiring import Kucha
from tests.platforms.discord.local_discord import LocalDiscord, Received, interaction, message

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
EPHEMERAL = 64


@dataclass
class Talk:
    """What one person does; `said` is the last message that the tutor showed, `whispered` if only to that person.

    `channel_of` is the server where the person writes; None is a direct message. `rights` are their permissions there.
    """

    server: LocalDiscord
    kucha: Kucha
    locale: str = "en-US"
    channel_of: str | None = "9"
    person: str = "8"
    rights: int = 0
    said: dict[str, Any] = field(default_factory=dict)
    whispered: bool = False
    _numbers: "count[int]" = field(default_factory=lambda: count(100))

    async def slash(self, name: str, **options: str) -> str:
        """Use a slash command; the answer's text."""
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        return await self._answered(COMMAND, {"id": "1", "name": name, "type": 1, "options": given})

    async def slash_with_file(self, name: str, option: str, file: str, content: bytes) -> str:
        """Use a slash command with an attached file; the answer's text."""
        given = [{"name": option, "type": 11, "value": "55"}]
        resolved = {"attachments": {"55": self._attachment(file, content)}}
        return await self._answered(
            COMMAND, {"id": "1", "name": name, "type": 1, "options": given, "resolved": resolved}
        )

    async def on_message(self, entry: str, content: str) -> str:
        """Choose an entry of somebody's message's menu; the answer's text."""
        resolved = {"messages": {"77": message() | {"content": content}}}
        return await self._answered(
            COMMAND, {"id": "1", "name": entry, "type": 3, "target_id": "77", "resolved": resolved}
        )

    def _attachment(self, name: str, content: bytes) -> dict[str, Any]:
        self.server.files[name] = content
        url = f"http://127.0.0.1:{self.server.port}/files/{name}"
        return {"id": "55", "filename": name, "size": len(content), "url": url, "proxy_url": url}

    async def press(self, label: str) -> str:
        """Tap the button whose label begins so; the answer's text."""
        return await self._answered(COMPONENT, {"custom_id": self.button(label), "component_type": 2}, shown=True)

    async def fill_in(self, label: str, words: str) -> str:
        """Tap a button that opens a dialog, and fill that in; the answer's text."""
        number = await self._dispatch(COMPONENT, {"custom_id": self.button(label), "component_type": 2}, shown=True)
        opened = await self.server.receives("POST", f"token-{number}/callback")
        dialog = opened.body["data"]
        entry = dialog["components"][0]["component"]
        filled = {"type": 18, "component": {"type": 4, "custom_id": entry["custom_id"], "value": words}}
        return await self._answered(MODAL, {"custom_id": dialog["custom_id"], "components": [filled]}, shown=True)

    async def complete(self, command: str, option: str, typed: str) -> list[dict[str, Any]]:
        """Type into an option; what is offered."""
        focused = {"name": option, "type": 3, "value": typed, "focused": True}
        number = await self._dispatch(AUTOCOMPLETE, {"id": "1", "name": command, "type": 1, "options": [focused]})
        offered = await self.server.receives("POST", f"token-{number}/callback")
        choices: list[dict[str, Any]] = offered.body["data"]["choices"]
        return choices

    def button(self, label: str) -> str:
        """The id of the shown button whose label begins so."""
        items = [item for row in self.said.get("components", []) for item in row["components"]]
        found = [item["custom_id"] for item in items if item.get("label", "").startswith(label)]
        assert found, f"no button {label!r} among {[item.get('label') for item in items]}"
        return str(found[0])

    @property
    def text(self) -> str:
        """Everything that is to be read in the last message."""
        embeds = self.said.get("embeds") or []
        parts = [self.said.get("content"), *(embed.get(part) for embed in embeds for part in ("title", "description"))]
        return "\n".join(part for part in parts if part)

    async def _answered(self, kind: int, data: dict[str, Any], shown: bool = False) -> str:
        number = await self._dispatch(kind, data, shown)
        answer = await self._answer_to(number)
        if kind == COMMAND:
            acknowledged = await self.server.receives("POST", f"token-{number}/callback")
            self.whispered = bool((acknowledged.body.get("data") or {}).get("flags", 0) & EPHEMERAL)
        if answer.method == "POST":
            self.whispered = bool(answer.body.get("flags", 0) & EPHEMERAL)
        self.said = answer.body
        return self.text

    async def _dispatch(self, kind: int, data: dict[str, Any], shown: bool = False) -> int:
        self.kucha.app._pacing._buckets.clear()
        number = next(self._numbers)
        event = interaction(kind, data, self.locale, str(number), self.channel_of, self.person, self.rights)
        if shown:
            event["message"] = message() | {
                "components": self.said.get("components", []),
                "flags": EPHEMERAL if self.whispered else 0,
            }
        await self.server.dispatch("INTERACTION_CREATE", event)
        return number

    async def _answer_to(self, number: int) -> Received:
        endings = (f"token-{number}/messages/@original", f"webhooks/1000/token-{number}")
        while True:
            for request in self.server.received:
                if request.method in ("PATCH", "POST") and request.path.endswith(endings):
                    return request
            await asyncio.sleep(0.01)


@asynccontextmanager
async def talking(
    kucha: Kucha, locale: str = "en-US", games: Games | None = None, server: LocalDiscord | None = None
) -> AsyncIterator[Talk]:
    """The real tutor behind a local Discord, which may be one that runs already."""
    async with nullcontext(server) if server else LocalDiscord() as server:
        chat = DiscordChat(
            "token",
            kucha.app,
            kucha.remembered,
            api_url=server.api_url,
            gateway_url=server.gateway_url,
            rounds=kucha.rounds,
            games=games,
            now=kucha.room.now,
        )
        stop = asyncio.Event()
        running = asyncio.create_task(chat.run(stop))
        await server.ready.wait()
        try:
            yield Talk(server, kucha, locale)
        finally:
            stop.set()
            await running
            assert not server.refused
