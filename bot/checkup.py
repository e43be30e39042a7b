"""Everything that `kucha check` looks at, as findings."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.wiring import executor_settings
from core.bank.checks import check
from core.bank.loading import BUILT_IN, load
from core.executor.diagnose import LayerName, diagnose
from core.executor.interpreters import find_interpreters
from core.executor.remote import RemoteExecutor
from core.storage.database import open_database
from core.storage.upgrade import HEAD, revision

TOKENS = {
    "telegram_token": re.compile(r"\d{5,16}:[A-Za-z0-9_-]{30,64}"),
    "discord_token": re.compile(r"[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{25,}"),
}
"""What the tokens of @BotFather and of Discord's developer portal look like."""


class State(StrEnum):
    """How a finding is meant."""

    OK = "ok"
    OFF = "off"
    """Not configured, which is fine."""
    REDUCED = "reduced"
    """Something is missing here; the rest works without."""
    BROKEN = "broken"
    """The operator wanted this, and it does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, how it is, and a line for the operator. Never a setting's value that is secret."""

    name: str
    state: State
    detail: str


async def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything; nothing is changed, made or sent."""
    return (
        Finding("version", State.OK, f"kucha {version('kucha')}, Python {sys.version.split()[0]}"),
        _settings(settings),
        *(_token(name, getattr(settings, name)) for name in TOKENS),
        _data(settings.kucha_data),
        await _database(settings.database_url),
        *await asyncio.to_thread(_content, settings),
        *await (_service(settings.kucha_executor) if settings.kucha_executor else _sandbox()),
        _graphviz(),
    )


def _settings(settings: Settings) -> Finding:
    names = sorted(name.upper() for name in settings.model_fields_set if getattr(settings, name) not in (None, ""))
    return Finding("settings", State.OK, ", ".join(names) or "none set, all defaults")


def _token(name: str, token: SecretStr | None) -> Finding:
    platform = name.removesuffix("_token")
    if token is None:
        return Finding(platform, State.OFF, f"{name.upper()} is not set")
    if TOKENS[name].fullmatch(token.get_secret_value().strip()):
        return Finding(platform, State.OK, "the token has the right shape")
    return Finding(platform, State.BROKEN, f"{name.upper()} does not look like a token: was all of it copied?")


def _data(folder: Path) -> Finding:
    there = next(each for each in (folder.resolve(), *folder.resolve().parents) if each.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding("data", State.OK, f"{folder} {'can be written' if folder.is_dir() else 'will be made'}")
    return Finding("data", State.BROKEN, f"{folder} cannot be written: let this user write there, or set KUCHA_DATA")


def _is_new(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


async def _database(url: str) -> Finding:
    parsed = make_url(url)
    shown = parsed.render_as_string(hide_password=True)
    if _is_new(parsed):
        return Finding("database", State.OK, f"{shown} is new; the first start makes it")
    database = open_database(url)
    try:
        async with database.read() as connection:
            found = await connection.run_sync(revision)
    except (SQLAlchemyError, OSError, ImportError) as error:
        return Finding("database", State.BROKEN, f"{shown} cannot be reached: {type(error).__name__}")
    finally:
        await database.close()
    if found == HEAD:
        return Finding("database", State.OK, f"{shown} has the newest layout, {HEAD}")
    if (found or "") < HEAD:
        return Finding("database", State.OK, f"{shown} is at {found or 'nothing'}; the next start brings it to {HEAD}")
    return Finding("database", State.BROKEN, f"{shown} is at {found}, newer than this kucha, which knows {HEAD}")


def _content(settings: Settings) -> Iterator[Finding]:
    loaded = load((BUILT_IN, *settings.packs))
    bank = loaded.bank
    state = State.OK if bank.competencies and bank.questions else State.BROKEN
    yield Finding("content", state, f"{len(bank.competencies)} competencies, {len(bank.questions)} questions")
    problems = len(check(loaded))
    if problems:
        yield Finding("content problems", State.REDUCED, f"{problems}, left out of the lessons: kucha content check")


async def _service(socket: Path) -> tuple[Finding, ...]:
    executor = RemoteExecutor(socket)
    if await executor.refresh():
        labels = [python.label for python in executor.pythons()]
        return _pythons(labels), Finding("executor", State.OK, "the service of KUCHA_EXECUTOR answers")
    return (Finding("executor", State.BROKEN, "KUCHA_EXECUTOR is set, and nothing answers there: kucha executor"),)


async def _sandbox() -> tuple[Finding, ...]:
    settings = executor_settings()
    interpreters = await asyncio.to_thread(find_interpreters, settings.roots, settings.default)
    layers = await diagnose(settings)
    findings = [_pythons([python.label for python in interpreters])]
    for layer in layers:
        lost = "/run is off: " if layer.name is LayerName.whole_wall else ""
        state, detail = (State.OK, layer.detail) if layer.available else (State.REDUCED, lost + layer.detail)
        findings.append(Finding(f"sandbox {layer.name.replace('_', ' ')}", state, detail))
    return tuple(findings)


def _pythons(labels: list[str]) -> Finding:
    if labels:
        return Finding("pythons", State.OK, ", ".join(labels))
    return Finding("pythons", State.REDUCED, "none found from 3.11 on, so /run is off: make pythons")


def _graphviz() -> Finding:
    if shutil.which("dot"):
        return Finding("graphviz", State.OK, "object graphs can be drawn")
    return Finding("graphviz", State.REDUCED, "not found, so /run draws no graphs: install the package graphviz")
