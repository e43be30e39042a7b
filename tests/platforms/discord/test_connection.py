"""Where Discord is, and when to ask it again."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord.connection import PATIENTLY, QUICKLY, asked_to_wait, persist, point_at


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/v10"),
        ("https://proxy.example/discord/api/v10/", "https://proxy.example/discord/api/v10"),
    ],
)
def test_another_discord_is_named_with_or_without_a_path(
    given: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)

    point_at(given, "ws://127.0.0.1:8081")

    assert Route("GET", "/gateway").url == base + "/gateway"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:8081"


def test_discord_itself_is_where_the_library_says() -> None:
    before = Route.BASE

    point_at(None, None)

    assert before == Route.BASE


class Attempts:
    """Fails with each fault in turn, then works; `slept` are the pauses between."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.slept: list[float] = []

    async def __call__(self) -> str:
        if self.faults:
            raise self.faults.pop(0)
        return "done"

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def refusal(status: int, **headers: str) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="", headers=headers)
    return discord.HTTPException(response, {"code": 0, "message": ""})


@pytest.mark.parametrize(
    "fault", [ConnectionResetError(104, "reset"), aiohttp.ServerDisconnectedError(), TimeoutError()]
)
async def test_a_cut_connection_is_tried_again(fault: Exception) -> None:
    attempts = Attempts(fault, fault)

    assert await persist(attempts, PATIENTLY, attempts.sleep) == "done"
    assert attempts.slept == [0.5, 1.0]


async def test_a_429_waits_as_long_as_it_asks() -> None:
    attempts = Attempts(refusal(429, **{"Retry-After": "7"}), refusal(429), refusal(429, **{"Retry-After": "soon"}))

    assert await persist(attempts, PATIENTLY, attempts.sleep) == "done"
    assert attempts.slept == [7.0, 1.0, 2.0]


async def test_a_ban_is_not_lengthened_by_asking() -> None:
    attempts = Attempts(refusal(429, **{"Retry-After": "61"}))

    with pytest.raises(discord.HTTPException):
        await persist(attempts, PATIENTLY, attempts.sleep)
    assert not attempts.slept


@pytest.mark.parametrize(("said", "seconds"), [("90", 90.0), ("86400", 3600.0), ("inf", 3600.0), ("nan", 3600.0)])
def test_nobody_asks_for_more_than_an_hour(said: str, seconds: float) -> None:
    assert asked_to_wait(refusal(429, **{"Retry-After": said})) == seconds


async def test_what_discord_refuses_is_not_asked_again() -> None:
    attempts = Attempts(refusal(403))

    with pytest.raises(discord.HTTPException):
        await persist(attempts, PATIENTLY, attempts.sleep)
    assert not attempts.slept


async def test_patience_ends() -> None:
    attempts = Attempts(*[ConnectionResetError()] * 9)

    with pytest.raises(ConnectionResetError):
        await persist(attempts, QUICKLY, attempts.sleep)
    assert sum(attempts.slept) < 3
