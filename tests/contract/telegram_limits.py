"""What a Bot API server refuses (Bot API 10.2), written down a second time and independently of the bot."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")
EXCLUSIVE = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
KNOWN_ENTITIES = EXCLUSIVE | QUOTES | {"bold", "italic", "underline", "strikethrough", "spoiler", "text_link"}
MENTION = re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}")
ADDRESS = re.compile(r"\b[a-z]{2,10}://\S")


class Refusal(Exception):
    """The request is not acceptable; the message is the server's description."""


def check_text(text: str, entities: list[dict[str, Any]], longest: int = 4096) -> None:
    """A message's text, or a caption with `longest` 1024."""
    if utf16_length(text) > longest:
        raise Refusal("message is too long")
    if not any(is_ink(letter) for letter in text):
        raise Refusal("message text is empty")
    if len(entities) > 100:
        raise Refusal("too many entities")
    check_entities(text, entities)


def check_poll(params: dict[str, Any]) -> None:
    """A quiz: its question, options, explanation and description within their limits, the right answer among them."""
    texts = [option["text"] for option in params["options"]]
    if not 1 <= utf16_length(params["question"]) <= 300:
        raise Refusal("poll question length must not exceed 300")
    if not 2 <= len(texts) <= 12 or any(not 1 <= utf16_length(text) <= 100 for text in texts):
        raise Refusal("poll options length must not exceed 100")
    if not params["correct_option_ids"] or not all(0 <= place < len(texts) for place in params["correct_option_ids"]):
        raise Refusal("poll has no right answer")
    places = params["correct_option_ids"]
    if places != sorted(set(places)) or (len(places) > 1 and params.get("allows_multiple_answers") != "true"):
        raise Refusal("poll's right answers are out of order, or more than may be chosen")
    if not 5 <= params.get("open_period", 5) <= 2_628_000:
        raise Refusal("poll can't be open for so long")
    explanation = params.get("explanation", "")
    if utf16_length(explanation) > 200 or explanation.count("\n") > 2:
        raise Refusal("poll explanation is too long")
    description = params.get("description", "")
    if utf16_length(description) > 1024:
        raise Refusal("poll description is too long")
    check_entities(description, params.get("description_entities", []))


def check_entities(text: str, entities: list[dict[str, Any]]) -> None:
    """Every entity is known, lies within the text, on whole characters, and is properly nested."""
    boundaries = set(utf16_boundaries(text))
    spans = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in KNOWN_ENTITIES:
            raise Refusal(f"unsupported entity {entity['type']}")
        if entity["length"] <= 0 or start not in boundaries or end not in boundaries:
            raise Refusal("entity beyond the text or inside a character")
        if entity["type"] == "text_link":
            check_url(entity["url"])
        spans.append((start, end, entity["type"]))
    for index, (start, end, kind) in enumerate(spans):
        for other_start, other_end, other in spans[index + 1 :]:
            if other_start >= end or other_end <= start:
                continue
            if not (start <= other_start and other_end <= end) and not (other_start <= start and end <= other_end):
                raise Refusal("entities overlap")
            if {kind, other} <= QUOTES or (kind in EXCLUSIVE and other in EXCLUSIVE):
                raise Refusal("entities of these types cannot be nested")
            inner, outer = (other, kind) if other_start >= start and other_end <= end else (kind, other)
            if EXCLUSIVE & {inner, outer} and outer not in QUOTES:
                raise Refusal("monospaced text carries another entity")


def check_keyboard(markup: dict[str, Any]) -> None:
    """An inline keyboard: at most 100 buttons and 10 KB, each with a label and exactly one action."""
    rows = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if not buttons or any(not row for row in rows):
        raise Refusal("empty keyboard")
    if len(buttons) > 100 or len(json.dumps(markup)) > 10 * 1024 or any(len(row) > 8 for row in rows):
        raise Refusal("reply markup is too long")
    for button in buttons:
        if not any(is_ink(letter) for letter in button["text"]):
            raise Refusal("text buttons are unallowed to be empty")
        if ("callback_data" in button) == ("url" in button):
            raise Refusal("a button needs one action")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refusal("BUTTON_DATA_INVALID")
        if "url" in button:
            check_url(button["url"])


def check_rich(message: dict[str, Any]) -> None:
    """A rich message: 32,768 characters, 500 blocks, 20 columns, 16 levels."""
    if sum(key in message for key in ("html", "markdown", "blocks")) != 1:
        raise Refusal("exactly one of html, markdown and blocks must be used")
    blocks = list(walk_blocks(message.get("blocks", []), 1))
    if not blocks or len(blocks) > 500:
        raise Refusal("RICH_MESSAGE_BLOCKS_INVALID")
    if utf16_length("".join(rich_words(message["blocks"]))) > 32_768:
        raise Refusal("message is too long")


def walk_blocks(blocks: list[dict[str, Any]], depth: int) -> Iterator[dict[str, Any]]:
    """The blocks and all inside them."""
    if depth > 16:
        raise Refusal("blocks are nested too deeply")
    for block in blocks:
        kind = block["type"]
        if kind not in {"paragraph", "heading", "pre", "list", "blockquote", "details", "table"}:
            raise Refusal(f"unexpected block {kind}")
        if kind in {"blockquote", "details"} and not block["blocks"]:
            raise Refusal("empty block")
        if kind == "heading" and not 1 <= block["size"] <= 6:
            raise Refusal("heading size must be from 1 to 6")
        yield block
        yield from walk_blocks(block.get("blocks", []), depth + 1)
        for item in block.get("items", []):
            yield from walk_blocks(item["blocks"], depth + 1)
        for row in block.get("cells", []):
            if not 1 <= len(row) <= 20:
                raise Refusal("a table has 1-20 columns")
            if any(cell["align"] not in {"left", "center", "right"} for cell in row):
                raise Refusal("unknown alignment")


def rich_words(node: object) -> Iterator[str]:
    """All the words of a rich message in reading order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for inner in node:
            yield from rich_words(inner)
    elif isinstance(node, dict):
        for key in ("summary", "text", "blocks", "items", "cells"):
            if key in node:
                yield from rich_words(node[key])


def check_url(url: str) -> None:
    """http or https with a host, no blanks."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter.isspace() for letter in url):
        raise Refusal("URL is invalid")


def detected_links(text: str, entities: list[dict[str, Any]]) -> list[str]:
    """What Telegram would turn into a mention or a link by itself: everything alike outside monospaced text."""
    letters = list(text)
    boundaries = {unit: index for index, unit in enumerate(utf16_boundaries(text))}
    for entity in entities:
        if entity["type"] in EXCLUSIVE | {"text_link"}:
            start = boundaries[entity["offset"]]
            end = boundaries[entity["offset"] + entity["length"]]
            letters[start:end] = " " * (end - start)
    prose = "".join(letters)
    return MENTION.findall(prose) + ADDRESS.findall(prose)


def is_ink(letter: str) -> bool:
    """Whether the letter can be seen."""
    return letter not in INVISIBLE and unicodedata.category(letter) not in {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp", "Cs"}


def utf16_length(text: str) -> int:
    """Length as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def utf16_boundaries(text: str) -> Iterator[int]:
    """The offsets between characters, both ends included."""
    position = 0
    yield position
    for letter in text:
        position += utf16_length(letter)
        yield position
