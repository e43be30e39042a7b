"""Any document fits Discord, and reads well there."""

import json
from collections.abc import Iterator
from typing import Any

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.controls import pressed, view
from bot.platforms.discord.markdown import ZERO_WIDTH, clean, length
from bot.platforms.discord.renderer import Outgoing, in_words, render
from core.document import (
    Attachment,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Heading,
    Mono,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    bold,
    paragraph,
    text,
)
from tests.platforms.discord.documents import documents, long, nasty


def components(message: Outgoing) -> list[list[dict[str, Any]]]:
    return [row["components"] for row in view(message.rows).to_components()]


def ids(message: Outgoing) -> Iterator[str]:
    for row in components(message):
        for item in row:
            if item["type"] == discord.ComponentType.button.value:
                yield from ([item["custom_id"]] if "custom_id" in item else [])
            else:
                yield from (option["value"] for option in item["options"])


def keeps_the_limits(message: Outgoing) -> None:
    assert 0 < len(message.embeds) <= 10 or message.content
    assert length(message.content) <= 2000
    together = 0
    for embed in message.embeds:
        parts = embed.to_dict()
        assert length(parts.get("title", "")) <= 256
        assert 0 < length(parts["description"]) <= 4096
        footer = parts.get("footer", {}).get("text", "")
        assert length(footer) <= 2048
        together += length(parts.get("title", "")) + length(parts["description"]) + length(footer)
        json.dumps(parts, ensure_ascii=False).encode()
    assert together <= 6000
    assert len(message.uploads) <= 10
    names = [upload.name for upload in message.uploads]
    assert len(set(names)) == len(names)
    pictures = [embed.image.url for embed in message.embeds if embed.image.url]
    assert {url.removeprefix("attachment://") for url in pictures} <= set(names)
    rows = components(message)
    assert len(rows) <= 5
    for row in rows:
        assert 0 < len(row) <= 5
        for item in row:
            assert length(item.get("custom_id", "")) <= 100
            assert 0 < length(item.get("label", "…")) <= 80
            assert len(item.get("options", ())) <= 25
            for option in item.get("options", ()):
                assert 0 < length(option["label"]) <= 100
                assert length(option["value"]) <= 100
    every_id = list(ids(message))
    assert len(set(every_id)) == len(every_id)


@settings(deadline=None, max_examples=30)
@given(documents, st.none() | nasty)
def test_every_message_keeps_the_limits(document: Document, notice: str | None) -> None:
    for message in render(document, notice):
        keeps_the_limits(message)
        keeps_the_limits(in_words(message))


@settings(deadline=None, max_examples=30)
@given(documents)
def test_every_button_and_file_arrives(document: Document) -> None:
    messages = render(document)

    sent = sorted(pressed(component_id).token for message in messages for component_id in ids(message))
    assert sent == sorted(button.token for row in document.buttons for button in row if button.token)
    assert sum(len(message.uploads) for message in messages) == len(list(files(document.blocks)))


def files(blocks: tuple[object, ...]) -> Iterator[object]:
    for block in blocks:
        if isinstance(block, Details):
            yield from files(block.blocks)
        elif isinstance(block, Picture | Attachment):
            yield block


@settings(deadline=None)
@given(st.lists(st.builds(lambda words: CodeBlock(words), long), max_size=4).map(tuple))
def test_no_line_of_code_is_lost(blocks: tuple[CodeBlock, ...]) -> None:
    shown = "".join(embed.description or "" for message in render(Document(blocks)) for embed in message.embeds)

    written = "".join(sign for block in blocks for sign in clean(block.code) if sign.isalnum())
    assert "".join(sign for sign in shown if sign.isalnum()) == written


def description(*blocks: Heading | Paragraph | CodeBlock | Bullets | Table | Quote) -> str:
    [message] = render(Document(blocks))
    [embed] = message.embeds
    return embed.description or ""


def test_a_card_reads_like_a_card() -> None:
    written = description(
        Heading(text(Mono("__slots__"))),
        paragraph("Меньше ", bold("памяти"), "."),
        CodeBlock("class P:\n    __slots__ = ('x',)", "python"),
        Bullets((text("быстро"), text("строго"))),
        Quote(text("Часто говорят:\nнельзя.")),
    )

    assert written == (
        "### `__slots__`\n"
        "Меньше **памяти**.\n"
        "```python\nclass P:\n    __slots__ = ('x',)\n```\n"
        "- быстро\n- строго\n\n"
        "> Часто говорят:\n> нельзя."
    )


def test_a_narrow_table_is_aligned() -> None:
    table = Table((text("Python"), text("байт")), ((text("3.10"), text("152")), (text("3.14"), text("88"))))

    assert description(table) == "```\nPython  байт\n──────  ────\n3.10    152\n3.14    88\n```"


def test_a_wide_table_becomes_a_list() -> None:
    table = Table((text("имя"), text("значение"), text("ссылок")), ((text("a"), (Mono("x" * 60),), text("4")),))

    assert description(table) == f"- **a** · значение: `{'x' * 60}` · ссылок: 4"


def test_details_stand_apart_under_their_title() -> None:
    [message] = render(Document((paragraph("Коротко"), Details("Подробнее", (paragraph("Длинно"),)))))

    assert [(embed.title, embed.description) for embed in message.embeds] == [
        (None, "Коротко"),
        ("Подробнее", "Длинно"),
    ]


def test_a_picture_is_shown_below_what_came_before_it() -> None:
    picture = Picture(b"png", "graph.png", "граф объектов")

    [message] = render(Document((paragraph("Граф"), picture, paragraph("Дальше"))))

    assert [(embed.description, embed.image.url) for embed in message.embeds] == [
        ("Граф", "attachment://graph.png"),
        ("Дальше", None),
    ]
    assert message.uploads[0].file().description == "граф объектов"


def test_a_file_too_big_for_discord_is_named_instead() -> None:
    [message] = render(Document((Attachment(b"x" * 10_000_001, "all.json"),)))

    assert not message.uploads
    assert message.embeds[0].description == "all.json"


def test_buttons_are_laid_out_as_the_tutor_did() -> None:
    buttons = ((Button("True", "a"), Button("False", "b")), (Button("Docs", url="https://docs.python.org"),))

    [message] = render(Document((paragraph("?"),), buttons))

    assert [[item["label"] for item in row] for row in components(message)] == [["True", "False"], ["Docs"]]


def test_an_empty_document_says_nothing() -> None:
    assert render(Document()) == []
    assert render(Document((paragraph(" "),))) == []
    assert ZERO_WIDTH not in description(paragraph("x"), Paragraph((Text(""),)))
