"""A Bot API server that answers at once, in a process of its own: `python -m benchmarks.bot_api [PER_SECOND]`.

It speaks just enough HTTP to be no bottleneck. With `PER_SECOND` it keeps Telegram's limits: that many messages in any
second, one a second in a chat; beyond them it answers 429. It prints its port, and on `GET /told` its counts as JSON;
`POST /say` with a person's number as its body lets them type `/ask`.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field

_SENT = (
    '{"ok":true,"result":{"message_id":%d,"date":1790000000,"chat":{"id":%s,"type":"private"},'
    '"from":{"id":42,"is_bot":true,"first_name":"kucha"},"text":"sent"}}'
)
_ME = '{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"kucha","username":"kucha_bot"}}'
_ASK = (
    '{"update_id":%d,"message":{"message_id":%d,"date":1790000000,"text":"/ask",'
    '"entities":[{"type":"bot_command","offset":0,"length":4}],'
    '"chat":{"id":%s,"type":"private","first_name":"A"},'
    '"from":{"id":%s,"is_bot":false,"first_name":"A","language_code":"ru"}}}'
)
_FLOOD = '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}'


@dataclass
class Server:
    """What arrived: messages by chat, refusals, the moments of the last second; what was said, and how long the answer
    took in milliseconds."""

    per_second: int = 0
    updates: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    said: int = 0
    asked: dict[str, float] = field(default_factory=dict)
    answered: list[float] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    last: deque[float] = field(default_factory=deque)
    chats: dict[str, float] = field(default_factory=dict)

    def answer(self, path: str, body: bytes) -> tuple[int, str] | None:
        """The status and the body of an answer; None for a request that waits for updates."""
        if path.endswith("/told"):
            twice = sum(count > 1 for count in self.sent.values())
            told = {"sent": self.sent.total(), "chats": len(self.sent), "twice": twice, "refused": self.refused}
            return 200, json.dumps(told | {"answered": self.answered})
        if path.endswith("/say"):
            self._hear(body.decode())
            return 200, "{}"
        if path.endswith("/getUpdates"):
            return None
        if "/send" not in path:
            return 200, _ME
        chat = _chat(body)
        if chat in self.asked:
            self.answered.append((time.perf_counter() - self.asked.pop(chat)) * 1000)
        if self.per_second and not self._admits(chat, time.monotonic()):
            self.refused += 1
            return 429, _FLOOD
        self.sent[chat] += 1
        return 200, _SENT % (self.sent.total(), chat or "0")

    def _hear(self, person: str) -> None:
        self.said += 1
        self.asked[person] = time.perf_counter()
        self.updates.put_nowait(_ASK % (self.said, self.said, person, person))

    def _admits(self, chat: str, now: float) -> bool:
        while self.last and self.last[0] <= now - 1:
            self.last.popleft()
        if len(self.last) >= self.per_second or now - self.chats.get(chat, 0.0) < 1:
            return False
        self.last.append(now)
        self.chats[chat] = now
        return True


def _chat(body: bytes) -> str:
    """The chat's id in a form, whichever encoding it has."""
    if body.startswith(b"--"):
        part = body.partition(b'name="chat_id"')[2]
        return part.partition(b"\r\n\r\n")[2].partition(b"\r\n")[0].decode()
    fields = dict(pair.split(b"=", 1) for pair in body.split(b"&") if b"=" in pair)
    return fields.get(b"chat_id", b"").decode()


class _Connection(asyncio.Protocol):
    def __init__(self, server: Server) -> None:
        self._server = server
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, rest = self._received[:end], self._received[end + 4 :]
            length = _length(head)
            if len(rest) < length:
                return
            self._received = rest[length:]
            self._answer(head.split(b" ", 2)[1].decode(), rest[:length])

    def _answer(self, path: str, body: bytes) -> None:
        answer = self._server.answer(path, body)
        if answer:
            self._write(*answer)
        else:
            self._waiting = asyncio.create_task(self._update())

    async def _update(self) -> None:
        update = await self._server.updates.get()
        self._write(200, f'{{"ok":true,"result":[{update}]}}')

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting:
            self._waiting.cancel()

    def _write(self, status: int, words: str) -> None:
        assert self._transport is not None
        content = words.encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        self._transport.write(head.encode() + content)


def _length(head: bytes) -> int:
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return int(lengths[0]) if lengths else 0


async def main() -> None:
    """Serve until killed."""
    server = Server(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    serving = await asyncio.get_running_loop().create_server(lambda: _Connection(server), "127.0.0.1", 0)
    print(serving.sockets[0].getsockname()[1], flush=True)
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
