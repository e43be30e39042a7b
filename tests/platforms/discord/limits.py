"""Discord's published limits on what a bot sends."""

from collections.abc import Iterator
from typing import Any

BUTTON, SELECT = 2, 3


def violations(body: dict[str, Any]) -> list[str]:
    """What Discord would refuse in a message, an edit of one, or an interaction's response."""
    data = body.get("data") or {}
    return [*_message(body), *(_message(data) if isinstance(data, dict) else ()), *_dialog(data)]


def _message(body: dict[str, Any]) -> Iterator[str]:
    embeds = body.get("embeds") or []
    rows = [row for row in body.get("components") or [] if row["type"] == 1]
    if len(body.get("content") or "") > 2000:
        yield "content above 2000"
    if len(embeds) > 10:
        yield "more than 10 embeds"
    if sum(len(text) for embed in embeds for text in _texts(embed)) > 6000:
        yield "embeds above 6000 together"
    for embed in embeds:
        yield from _embed(embed)
    if len(rows) > 5:
        yield "more than 5 rows"
    for row in rows:
        if not 1 <= len(row["components"]) <= 5:
            yield "a row of no or more than 5 components"
        for component in row["components"]:
            yield from _component(component)
    ids = [component["custom_id"] for row in rows for component in row["components"] if "custom_id" in component]
    if len(ids) != len(set(ids)):
        yield "the same custom_id twice"
    if "allowed_mentions" in body and body["allowed_mentions"].get("parse") != []:
        yield "mentions that ping"
    if len(body.get("choices") or []) > 25:
        yield "more than 25 choices"
    for choice in body.get("choices") or []:
        if not 1 <= len(choice["name"]) <= 100 or len(choice["value"]) > 100:
            yield "a choice out of 1 to 100"


def _texts(embed: dict[str, Any]) -> Iterator[str]:
    yield from (embed.get("title") or "", embed.get("description") or "", (embed.get("footer") or {}).get("text") or "")


def _embed(embed: dict[str, Any]) -> Iterator[str]:
    if len(embed.get("title") or "") > 256:
        yield "title above 256"
    if len(embed.get("description") or "") > 4096:
        yield "description above 4096"
    if not embed.get("description"):
        yield "an empty embed"


def _component(component: dict[str, Any]) -> Iterator[str]:
    if len(component.get("custom_id", "")) > 100:
        yield "custom_id above 100"
    if component["type"] == BUTTON and not 1 <= len(component.get("label") or "") <= 80:
        yield "a label out of 1 to 80"
    if component["type"] == SELECT and not 1 <= len(component["options"]) <= 25:
        yield "a select out of 1 to 25"


def _dialog(data: Any) -> Iterator[str]:
    if not isinstance(data, dict) or "title" not in data:
        return
    if not 1 <= len(data["title"]) <= 45:
        yield "a dialog's title out of 1 to 45"
    if len(data["custom_id"]) > 100:
        yield "a dialog's custom_id above 100"
    for label in data["components"]:
        if not 1 <= len(label["label"]) <= 45:
            yield "a dialog's label out of 1 to 45"
