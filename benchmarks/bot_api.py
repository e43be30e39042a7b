"""A Bot API server that answers at once, in a process of its own: `python -m benchmarks.bot_api [PER_SECOND]`.

With `PER_SECOND` it keeps Telegram's limits: that many messages in any second, one a second in a chat; beyond them it
answers 429. It prints its port, and on `GET /told` its counts as JSON; `POST /say` with a person's number as its body
lets them type `/ask`.
"""

import asyncio
import json
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from benchmarks.loopback import serve

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

    async def answer(self, path: str, body: bytes) -> tuple[int, str]:
        """The status and the body of an answer."""
        if path.endswith("/told"):
            twice = sum(count > 1 for count in self.sent.values())
            told = {"sent": self.sent.total(), "chats": len(self.sent), "twice": twice, "refused": self.refused}
            return 200, json.dumps(told | {"answered": self.answered})
        if path.endswith("/say"):
            self._hear(body.decode())
            return 200, "{}"
        if path.endswith("/getUpdates"):
            return 200, f'{{"ok":true,"result":[{await self.updates.get()}]}}'
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


if __name__ == "__main__":
    serve(lambda per_second: Server(per_second).answer)
