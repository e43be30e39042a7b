"""A Discord on this machine's loopback: an HTTP API and a gateway, both over real sockets, both able to misbehave."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord.limits import violations

APPLICATION = "1000"
FIRST_MESSAGE = 7001
"""The id of the bot's first message in a channel."""
BOT = {"id": APPLICATION, "username": "kucha", "discriminator": "0", "avatar": None, "bot": True}


@dataclass(frozen=True, slots=True)
class Received:
    """A request of the bot, as it arrived."""

    method: str
    path: str
    body: Any = None


@dataclass(slots=True)
class LocalDiscord:
    """`troubles` are HTTP statuses that the next logins get; 0 cuts the connection instead.

    `cuts` names endings of paths whose next request is carried out, but cut before it is answered. `refused` lists the
    limits that the bot's requests broke. `refusals` are, by the ending of a path, the statuses and codes that the next
    requests there get, with `patience` as their `Retry-After` in seconds.
    """

    troubles: deque[int] = field(default_factory=deque)
    cuts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refusals: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    patience: int = 0
    received: list[Received] = field(default_factory=list)
    posted: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """The ids of the bot's messages in channels, by their nonces."""
    logins: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def __aenter__(self) -> "LocalDiscord":
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/api/v10/users/@me", self._login)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_route("*", "/api/v10/{path:.*}", self._request)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for socket in self._sockets:
            await socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event to the connected bot."""
        await self._sockets[-1].send_json({"op": 0, "s": 9, "t": event, "d": data})

    async def hang_up(self, code: int) -> None:
        """Close the gateway's connection with that code."""
        self.ready.clear()
        await self._sockets[-1].close(code=code)

    async def receives(self, method: str, ending: str) -> Received:
        """The first request with that method and path ending, as soon as it is there."""
        while True:
            for request in self.received:
                if request.method == method and request.path.endswith(ending):
                    return request
            await asyncio.sleep(0.01)

    async def _login(self, request: web.Request) -> web.StreamResponse:
        self.logins += 1
        if self.troubles:
            status = self.troubles.popleft()
            if status == 0:
                return _cut(request)
            return _json({"message": "trouble", "code": 0}, status=status)
        return _json(BOT)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self.files[request.match_info["name"]])

    async def _request(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        body = await _body(request)
        self.received.append(Received(request.method, path, body))
        if request.method == "POST" and path.endswith("/messages") and body.get("enforce_nonce"):
            self.posted.setdefault(body["nonce"], body)
        if isinstance(body, dict) and (broken := violations(body)):
            self.refused += broken
            return _json({"message": "Invalid Form Body", "code": 50035}, status=400)
        for ending, answers in self.refusals.items():
            if path.endswith(ending) and answers:
                status, code = answers.pop(0)
                return _json({"message": "refused", "code": code}, status, {"Retry-After": str(self.patience)})
        for ending in self.cuts:
            if path.endswith(ending):
                self.cuts.remove(ending)
                return _cut(request)
        if path == "oauth2/applications/@me":
            return _json(_application())
        if path.endswith("/callback"):
            acknowledged = [each for each in self.received if each.path == path]
            if len(acknowledged) > 1:
                return _json({"message": "already acknowledged", "code": 40060}, status=400)
            return _json({"interaction": {"id": "1", "type": 2}})
        if path == "users/@me/channels":
            return _json({"id": f"5{body['recipient_id']}", "type": 1, "recipients": [user(body["recipient_id"])]})
        if path.startswith("users/"):
            return _json(user(path.rpartition("/")[2]))
        if request.method == "PUT":
            return _json([])
        if request.method == "DELETE":
            return web.Response(status=204)
        if request.method == "POST" and path.startswith("channels/"):
            return _json(message() | {"id": self._number(body)})
        return _json(message())

    def _number(self, posted: dict[str, Any]) -> str:
        """The id of a new message; of the same one where its nonce was seen already."""
        name = str(posted.get("nonce") or len(self.numbers))
        return str(self.numbers.setdefault(name, FIRST_MESSAGE + len(self.numbers)))

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45000}})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = json.loads(frame.data)
            if said["op"] == 1:
                await socket.send_json({"op": 11})
            if said["op"] == 2:
                self.received.append(Received("IDENTIFY", "gateway", said["d"]))
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": self._hello()})
                self.ready.set()
            if said["op"] == 6:
                self.received.append(Received("RESUME", "gateway", said["d"]))
                await socket.send_json({"op": 0, "s": 2, "t": "RESUMED", "d": {}})
                self.ready.set()
        return socket

    def _hello(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": BOT,
            "guilds": [],
            "session_id": "s",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": APPLICATION, "flags": 0},
        }


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON under the only content type that discord.py reads as such."""
    known = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=known)


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _body(request: web.Request) -> Any:
    if request.content_type.startswith("multipart/"):
        return json.loads(str((await request.post())["payload_json"]))
    return await request.json() if request.can_read_body else None


def _application() -> dict[str, Any]:
    return {
        "id": APPLICATION, "name": "kucha", "description": "", "icon": None, "bot_public": True, "verify_key": "",
        "bot_require_code_grant": False, "summary": "", "flags": 0, "team": None, "owner": BOT,
    }  # fmt: skip


def message() -> dict[str, Any]:
    """A message of the bot, as Discord tells it."""
    return {
        "id": "77", "channel_id": "5", "author": BOT, "content": "", "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, "type": 0, "components": [],
    }  # fmt: skip


def user(id: str) -> dict[str, Any]:
    """A person."""
    return {"id": id, "username": "alice", "discriminator": "0", "avatar": None}


def interaction(
    kind: int,
    data: dict[str, Any],
    locale: str = "ru",
    number: str = "31",
    server: str | None = None,
    person: str = "8",
    rights: int = 0,
) -> dict[str, Any]:
    """An INTERACTION_CREATE as the gateway sends it: in a direct message, or in a channel of that server.

    `rights` are the person's permissions in the channel.
    """
    event = {
        "id": number, "application_id": APPLICATION, "type": kind, "token": f"token-{number}", "version": 1,
        "data": data, "channel_id": "5", "locale": locale, "entitlements": [], "authorizing_integration_owners": {},
        "attachment_size_limit": 10485760, "app_permissions": "0",
    }  # fmt: skip
    if server is None:
        return event | {"context": 1, "channel": {"id": "5", "type": 1, "recipients": []}, "user": user(person)}
    member: dict[str, Any] = {
        "user": user(person), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "premium_since": None,
        "deaf": False, "mute": False, "permissions": str(rights), "flags": 0,
    }  # fmt: skip
    channel = {"id": "5", "type": 0, "name": "python", "guild_id": server, "permissions": "0", "position": 0}
    return event | {"context": 0, "channel": channel, "guild_id": server, "member": member, "guild_locale": "en-US"}
