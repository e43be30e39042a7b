"""A Bot API server whose groups play, in a process of its own: `python -m benchmarks.quiz_api [PER_SECOND]`.

It prints its port. `POST /play` with JSON lets a crowd tap a button or vote in a poll; `GET /told` gives what was sent,
refused and acknowledged, as JSON. With `PER_SECOND` it keeps Telegram's limits: that many messages in any second,
twenty a minute in a group; beyond them it answers 429.
"""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.loopback import serve

_ME = {"id": 42, "is_bot": True, "first_name": "kucha", "username": "kucha_bot"}
_FLOOD = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
_BATCH = 100
_SLICE = 0.005
"""Seconds between two moments at which somebody in the crowd acts."""
Fields = dict[str, str]


@dataclass
class Server:
    """`sent` are (seconds, method, chat, poll or message, text) of everything accepted."""

    per_second: int = 0
    sent: list[tuple[float, str, str, str, str]] = field(default_factory=list)
    refused: int = 0
    waits: list[float] = field(default_factory=list)
    """Milliseconds from each tap to its acknowledgement."""
    _updates: deque[tuple[int, str]] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _tapped: dict[str, float] = field(default_factory=dict)
    _number: int = 0
    _last: deque[float] = field(default_factory=deque)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _playing: set[asyncio.Task[None]] = field(default_factory=set)

    async def answer(self, path: str, body: bytes) -> tuple[int, str]:
        """The status and the body of an answer."""
        status, words = await self._respond(path, body)
        return status, words if isinstance(words, str) else json.dumps(words)

    async def _respond(self, path: str, body: bytes) -> tuple[int, Any]:
        method = path.rpartition("/")[2]
        match method:
            case "told":
                return 200, {"sent": self.sent, "refused": self.refused, "waits": self.waits}
            case "play":
                task = asyncio.create_task(self._play(**json.loads(body)))
                self._playing.add(task)
                task.add_done_callback(self._playing.discard)
                return 200, {}
        fields = dict(parse_qsl(body.decode()))
        if method == "getUpdates":
            return 200, await self._updated(int(fields.get("offset", 0)), float(fields.get("timeout", 0)))
        if method == "answerCallbackQuery":
            tapped = self._tapped.pop(fields["callback_query_id"], None)
            if tapped is not None:
                self.waits.append((time.perf_counter() - tapped) * 1000)
            return 200, {"ok": True, "result": True}
        if method.startswith(("send", "edit", "stop")):
            return self._take(method, fields)
        return 200, {"ok": True, "result": _ME if method == "getMe" else True}

    async def _play(self, kind: str, people: int, seconds: float, first: int = 1, **about: Any) -> None:
        """So many people, numbered from `first`, act evenly within so many seconds."""
        begun = time.perf_counter()
        for number in range(people):
            due = begun + seconds * number / people
            while time.perf_counter() < due:  # noqa: ASYNC110
                await asyncio.sleep(_SLICE)
            self._act(kind, first + number, about)

    def _act(self, kind: str, person: int, about: dict[str, Any]) -> None:
        self._number += 1
        user = {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "en"}
        update: dict[str, Any] = {"update_id": self._number}
        if kind == "vote":
            places = [person % about["options"]]
            known = {"poll_id": about["poll"], "user": user, "option_ids": places}
            update["poll_answer"] = known | {"option_persistent_ids": [f"o{place}" for place in places]}
        elif kind == "say":
            update["message"] = _message(self._number, about["chat"], user) | {"text": about["text"]}
        else:
            query, data = f"q{self._number}", about["data"].replace("*", str(person % about.get("options", 1)))
            held = _message(int(about["message"]), about["chat"], _ME) | {"text": "?"}
            self._tapped[query] = time.perf_counter()
            update["callback_query"] = {
                "id": query, "from": user, "chat_instance": "c", "data": data, "message": held
            }  # fmt: skip
        self._updates.append((self._number, json.dumps(update)))
        self._news.set()

    async def _updated(self, offset: int, patience: float) -> str:
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if not self._updates and patience:
            self._news.clear()
            try:
                async with asyncio.timeout(patience):
                    await self._news.wait()
            except TimeoutError:
                pass
        batch = [self._updates[place][1] for place in range(min(_BATCH, len(self._updates)))]
        return f'{{"ok":true,"result":[{",".join(batch)}]}}'

    def _take(self, method: str, fields: Fields) -> tuple[int, Any]:
        chat = fields.get("chat_id", "0")
        if self.per_second and not self._admits(chat, time.monotonic()):
            self.refused += 1
            return 429, _FLOOD
        place = int(fields.get("message_id", len(self.sent) + 1))
        message = _message(place, int(chat), _ME) | {"text": "sent"}
        poll = f"poll-{place}" if method == "sendPoll" else ""
        words = fields.get("reply_markup", "") + fields.get("text", fields.get("question", ""))
        self.sent.append((time.time(), method, chat, poll or str(place), words))
        if method == "sendPoll":
            options = [{"persistent_id": "o", "text": "?", "voter_count": 0}] * 2
            message["poll"] = {
                "id": poll, "question": "?", "options": options, "total_voter_count": 0, "is_closed": False,
                "is_anonymous": False, "type": "quiz", "allows_multiple_answers": False, "allows_revoting": False,
                "members_only": False,
            }  # fmt: skip
        return 200, {"ok": True, "result": True if method == "stopPoll" else message}

    def _admits(self, chat: str, now: float) -> bool:
        group = self._groups.setdefault(chat, deque())
        for moments, span in ((self._last, 1), (group, 60)):
            while moments and moments[0] <= now - span:
                moments.popleft()
        if len(self._last) >= self.per_second or len(group) >= 20:
            return False
        self._last.append(now)
        group.append(now)
        return True


def _message(number: int, chat: int, sender: dict[str, Any]) -> dict[str, Any]:
    kind = {"id": chat, "type": "supergroup", "title": "G"} if chat < 0 else {"id": chat, "type": "private"}
    return {"message_id": number, "date": 1_790_000_000, "chat": kind, "from": sender}


if __name__ == "__main__":
    serve(lambda per_second: Server(per_second).answer)
