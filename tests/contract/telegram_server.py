"""A Bot API server on a real socket that keeps Telegram's rules and remembers what it was asked."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.contract.telegram_limits import Refusal, check_keyboard, check_poll, check_rich, check_text

TOKEN = "42:TEST-TOKEN-of-the-bot"
BOT = {"id": 42, "is_bot": True, "first_name": "kucha", "username": "kucha_bot", "supports_inline_queries": True}
FIRST_MESSAGE = 5001
"""The id that the bot's first message gets."""
PATIENCE = 100.0
"""Seconds after which an awaited request is not coming any more."""
STRUCTURED = {
    "entities",
    "caption_entities",
    "reply_markup",
    "rich_message",
    "reply_parameters",
    "link_preview_options",
    "allowed_updates",
    "commands",
    "results",
    "options",
    "correct_option_ids",
    "description_entities",
}
NUMBERS = {
    "chat_id",
    "user_id",
    "message_id",
    "message_thread_id",
    "offset",
    "limit",
    "timeout",
    "receiver_user_id",
    "open_period",
}
Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived; `refusal` is what the server found wrong with it."""

    method: str
    params: Params
    refusal: str | None = None

    @property
    def shown(self) -> str:
        """The text that a reader sees, of a message or a caption."""
        return str(self.params.get("text") or self.params.get("caption") or "")

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons."""
        return [key["text"] for row in self.params.get("reply_markup", {}).get("inline_keyboard", []) for key in row]

    @property
    def tokens(self) -> list[str]:
        """The callback data of the buttons."""
        rows = self.params.get("reply_markup", {}).get("inline_keyboard", [])
        return [key["callback_data"] for row in rows for key in row if "callback_data" in key]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong once instead of an answer; `cut` breaks the body off in the middle."""

    status: int
    body: bytes
    cut: bool = False
    content_type: str = "application/json"


def api_error(status: int, description: str, **parameters: int) -> Fault:
    """An error in the Bot API's own words."""
    answer: Params = {"ok": False, "error_code": status, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return Fault(status, json.dumps(answer).encode())


def flood(seconds: int) -> Fault:
    """429 with the pause to make."""
    return api_error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


BAD_GATEWAY = Fault(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", content_type="text/html")
CUT_OFF = Fault(200, b'{"ok":true,"result":{"message_id":1,"da', cut=True)
RESET = Fault(200, b"", cut=True)
HALF_JSON = Fault(200, b'{"ok":true,"result":{"message_id":1,"da')


@dataclass
class TelegramServer:
    """Start it with `async with`; `push` updates, then `wait_for` requests."""

    blocked: set[int] = field(default_factory=set)
    mute: set[int] = field(default_factory=set)
    """Groups in which the bot may not write."""
    refusing: dict[int, str] = field(default_factory=dict)
    knows_descriptions: bool = True
    """Chats to which nothing can be sent, and the reason that is given."""
    managers: set[int] = field(default_factory=set)
    """People who administer every group."""
    closed_topics: set[int] = field(default_factory=set)
    """Threads in which nobody may write any more."""
    closed_polls: set[str] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    unknown_methods: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    confirmed: int = 0
    _faults: dict[str, list[Fault]] = field(default_factory=dict)
    _updates: list[Params] = field(default_factory=list)
    _messages: dict[tuple[int, int], Params] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _poll: int = 0
    _next_update: int = 1000
    _next_message: int = FIRST_MESSAGE - 1
    _runner: web.AppRunner | None = None
    url: str = ""

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=60 * 1024 * 1024)
        application.router.add_route("*", "/file/bot{token}/{path:.+}", self._file)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        assert self._runner.addresses
        self.url = "http://{}:{}".format(*self._runner.addresses[0][:2])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        async with self._changed:
            self._poll += 1
            self._changed.notify_all()
        await self._runner.cleanup()

    @property
    def newest_update(self) -> int:
        """The id of the update that was pushed last."""
        return self._next_update

    async def push(self, **update: Any) -> int:
        """Queue an update, such as `message={...}`; returns its id."""
        async with self._changed:
            self._next_update += 1
            self._updates.append({"update_id": self._next_update, **update})
            self._changed.notify_all()
            return self._next_update

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next requests of this method end in these faults, one after the other."""
        self._faults.setdefault(method, []).extend(faults)

    def made(self, *methods: str) -> list[Call]:
        """The requests of these methods so far, refused ones included."""
        return [call for call in self.calls if call.method in methods]

    async def wait_for(self, *methods: str, count: int = 1) -> list[Call]:
        """The requests of these methods, as soon as there are so many that the server accepted."""

        def accepted() -> list[Call]:
            return [call for call in self.made(*methods) if call.refusal is None]

        await self.wait_until(lambda: len(accepted()) >= count)
        return accepted()

    async def wait_taken(self, update: int) -> None:
        """Wait until the bot has confirmed that it received this update."""
        await self.wait_until(lambda: self.confirmed >= update)

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until the requests so far fulfil the condition."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(condition)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return _respond(api_error(401, "Unauthorized"))
        params = await _params(request)
        if method == "getUpdates":
            return await self._get_updates(params)
        faults = self._faults.get(method)
        fault = faults.pop(0) if faults else self._trouble(method, params)
        refusal: str | None = json.dumps(fault.body.decode()) if fault else None
        result: Any = None
        if fault is None:
            try:
                result = self._do(method, params)
            except Refusal as error:
                refusal = f"Bad Request: {error}"
                fault = api_error(400, refusal)
        async with self._changed:
            self.calls.append(Call(method, params, refusal))
            self._changed.notify_all()
        if fault and fault.cut:
            return await _break_off(request, fault)
        return _respond(fault) if fault else web.json_response({"ok": True, "result": result})

    def _trouble(self, method: str, params: Params) -> Fault | None:
        chat = params.get("chat_id")
        if method in self.unknown_methods:
            return api_error(404, "Not Found")
        if chat in self.blocked:
            return api_error(403, "Forbidden: bot was blocked by the user")
        if chat in self.mute and method.startswith("send"):
            return api_error(400, "Bad Request: not enough rights to send text messages to the chat")
        if params.get("message_thread_id") in self.closed_topics:
            return api_error(400, "Bad Request: TOPIC_CLOSED")
        if chat in self.refusing and method.startswith("send"):
            return api_error(400, f"Bad Request: {self.refusing[chat]}")
        if chat in self.moved:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            return api_error(400, reason, migrate_to_chat_id=self.moved[chat])
        return None

    async def _get_updates(self, params: Params) -> web.StreamResponse:
        if self._faults.get("getUpdates"):
            fault = self._faults["getUpdates"].pop(0)
            async with self._changed:
                self.calls.append(Call("getUpdates", params, fault.body.decode(errors="replace")))
                self._changed.notify_all()
            return _respond(fault)
        async with self._changed:
            self.calls.append(Call("getUpdates", params))
            offset = params.get("offset", 0)
            self.confirmed = max(self.confirmed, offset - 1)
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self._poll += 1
            mine = self._poll
            self._changed.notify_all()
            try:
                async with asyncio.timeout(params.get("timeout", 0)):
                    await self._changed.wait_for(lambda: self._updates or self._poll != mine)
            except TimeoutError:
                return web.json_response({"ok": True, "result": []})
            if self._poll != mine:
                reason = "Conflict: terminated by other getUpdates request; make sure that only one bot is running"
                return _respond(api_error(409, reason))
            return web.json_response({"ok": True, "result": self._updates[: params.get("limit", 100)]})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["path"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    def _do(self, method: str, params: Params) -> Any:
        if markup := params.get("reply_markup"):
            check_keyboard(markup)
        match method:
            case "getMe":
                return BOT
            case "sendMessage":
                check_text(params.get("text", ""), params.get("entities", []))
                return self._keep(params)
            case "sendRichMessage":
                check_rich(params["rich_message"])
                return self._keep(params)
            case "sendPhoto" | "sendDocument":
                if params.get("caption"):
                    check_text(params["caption"], params.get("caption_entities", []), longest=1024)
                if not params.get("photo") and not params.get("document"):
                    raise Refusal("there is no file in the request")
                return self._keep(params)
            case "sendPoll":
                check_poll(params)
                described = {"description": params.get("description")} if self.knows_descriptions else {}
                return {**self._keep(params), "poll": _poll_object(f"poll-{self._next_message}", params) | described}
            case "stopPoll":
                return self._stop_poll(params)
            case "getChatMember":
                status = "administrator" if params["user_id"] in self.managers else "member"
                return _member_object(params["user_id"], status)
            case "editMessageText":
                return self._edit(params)
            case "editEphemeralMessageText":
                check_text(params["text"], params.get("entities", []))
                return True
            case "answerCallbackQuery":
                if len(params.get("text", "")) > 200:
                    raise Refusal("MESSAGE_TOO_LONG")
                return True
            case "answerInlineQuery":
                _check_results(params["results"])
                return True
            case "setMyCommands":
                _check_commands(params["commands"])
                return True
            case "getFile":
                return {"file_id": params["file_id"], "file_unique_id": "u", "file_path": params["file_id"]}
            case "deleteWebhook":
                return True
        raise Refusal(f"method {method} is not served here")

    def _keep(self, params: Params) -> Params:
        self._next_message += 1
        chat = params["chat_id"]
        if params.get("message_thread_id") == 1:
            raise Refusal("message thread not found")
        self._messages[chat, self._next_message] = params
        return _message_object(chat, self._next_message, params)

    def _edit(self, params: Params) -> Params:
        place = params["chat_id"], params["message_id"]
        before = self._messages.get(place)
        if before is None:
            raise Refusal("message to edit not found")
        if "question" in before:
            raise Refusal("message can't be edited")
        if "photo" in before or "document" in before:
            raise Refusal("there is no text in the message to edit")
        if "rich_message" in params:
            check_rich(params["rich_message"])
        else:
            check_text(params.get("text", ""), params.get("entities", []))
        content = ("text", "entities", "rich_message", "reply_markup")
        if all(before.get(key) == params.get(key) for key in content):
            raise Refusal(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        self._messages[place] = params
        return _message_object(*place, params)

    def _stop_poll(self, params: Params) -> Params:
        message = self._messages.get((params["chat_id"], params["message_id"]))
        if message is None or "question" not in message:
            raise Refusal("message with poll to stop not found")
        poll = f"poll-{params['message_id']}"
        if poll in self.closed_polls:
            raise Refusal("poll has already been closed")
        self.closed_polls.add(poll)
        return {**_poll_object(poll, message), "is_closed": True}


def _check_results(results: list[Params]) -> None:
    if len(results) > 50 or len({result["id"] for result in results}) != len(results):
        raise Refusal("RESULTS_TOO_MUCH or RESULT_ID_DUPLICATE")
    for result in results:
        if not 1 <= len(result["id"].encode()) <= 64 or not result["title"]:
            raise Refusal("RESULT_ID_INVALID")
        content = result["input_message_content"]
        check_text(content["message_text"], content.get("entities", []))
        if "reply_markup" in result:
            check_keyboard(result["reply_markup"])


def _check_commands(commands: list[Params]) -> None:
    for command in commands:
        name = command["command"]
        if not 1 <= len(name) <= 32 or not name.replace("_", "a").isalnum() or name != name.lower():
            raise Refusal("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")


def _poll_object(id: str, params: Params) -> Params:
    options = [
        {"persistent_id": f"o{place}", "text": option["text"], "voter_count": 0}
        for place, option in enumerate(params["options"])
    ]
    return {
        "id": id,
        "question": params["question"],
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": False,
        "type": params["type"],
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }


def _member_object(user: int, status: str) -> Params:
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories "
        "can_send_welcome_messages"
    )
    named = dict.fromkeys(rights.split(), True) if status == "administrator" else {}
    return {"user": {"id": user, "is_bot": False, "first_name": "Somebody"}, "status": status, **named}


def _message_object(chat: int, message: int, params: Params) -> Params:
    kind = "private" if chat > 0 else "supergroup"
    return {
        "message_id": message,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": kind},
        "from": BOT,
        "text": params.get("text", ""),
    }


async def _params(request: web.Request) -> Params:
    form = await request.post()
    params: Params = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            params[name] = {"name": value.filename, "content": value.file.read()}
        elif isinstance(value, str) and name in STRUCTURED:
            params[name] = json.loads(value)
        elif isinstance(value, str) and name in NUMBERS:
            params[name] = int(value)
        else:
            params[name] = value
    return params


def _respond(fault: Fault) -> web.Response:
    return web.Response(status=fault.status, body=fault.body, content_type=fault.content_type)


async def _break_off(request: web.Request, fault: Fault) -> web.StreamResponse:
    if not fault.body:
        assert request.transport
        request.transport.abort()
        return web.Response()
    response = web.StreamResponse(status=fault.status, headers={"Content-Length": str(len(fault.body) * 2)})
    await response.prepare(request)
    await response.write(fault.body)
    assert request.transport
    request.transport.close()
    return response
