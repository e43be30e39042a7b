"""Documents become messages that a Bot API server accepts, whatever is in them."""

from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.telegram.marked_text import MarkedText, clean
from bot.platforms.telegram.outgoing import MediaFile, Outgoing, Passage
from bot.platforms.telegram.renderer import render
from core.document import (
    Attachment,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Heading,
    Link,
    Mono,
    Picture,
    Quote,
    Table,
    Text,
    paragraph,
    plain_spans,
    text,
)
from tests.contract.telegram_limits import check_keyboard, check_rich, check_text, detected_links, rich_words
from tests.platforms.telegram.documents import documents, words

SIZES = Table((text("Python"), text("bytes")), ((text("3.12"), text("80")), (text("3.14"), text("88"))))


def entities_of(marked: MarkedText) -> list[dict[str, object]]:
    return [entity.model_dump(exclude_none=True, mode="json") for entity in marked.entities()]


def texts_of(messages: tuple[Outgoing, ...]) -> list[MarkedText]:
    return list(chain.from_iterable(message.texts for message in messages if isinstance(message, Passage)))


def only_text(document: Document) -> MarkedText:
    (message,) = texts_of(render(document))
    return message


def kinds(marked: MarkedText) -> list[tuple[str, str]]:
    return [(mark.kind.value, marked.text[mark.start : mark.end]) for mark in marked.marks]


@given(documents)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_document_fits_the_limits(document: Document) -> None:
    messages = render(document)
    assert bool(messages) == bool(document.blocks)
    for message in messages:
        if message.keyboard:
            check_keyboard(message.keyboard.model_dump(exclude_none=True))
        if isinstance(message, MediaFile):
            assert message.content
            if message.caption.text:
                check_text(message.caption.text, entities_of(message.caption), longest=1024)
            continue
        for marked in message.texts:
            check_text(marked.text, entities_of(marked))
        if message.rich:
            check_rich(message.rich.model_dump(exclude_none=True, mode="json"))


@given(st.lists(words, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_words_of_a_learner_never_become_a_mention_or_a_link(typed: list[str]) -> None:
    spans = tuple(Text(word, bold=index % 2 == 0) for index, word in enumerate(typed))
    for marked in texts_of(render(Document((paragraph(*spans), Bullets((spans,)), Quote(spans))))):
        entities = entities_of(marked)
        assert detected_links(marked.text, entities) == []
        assert {entity["type"] for entity in entities} <= {"bold", "blockquote"}


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_code_arrives_letter_by_letter(code: str) -> None:
    document = Document((paragraph("."), CodeBlock(code, "python"), paragraph(".")))
    shown = only_text(document).text
    assert shown == f".\n\n{clean(code).strip(chr(10))}\n\n."


def test_a_mention_split_over_two_spans_stays_text() -> None:
    marked = only_text(Document((paragraph(Text("@", bold=True), "durov"),)))
    assert detected_links(marked.text, entities_of(marked)) == []


def test_every_kind_of_block_has_its_entity() -> None:
    marked = only_text(
        Document(
            (
                Heading(text("Slots")),
                paragraph("see ", Mono("__slots__"), " in ", Link("the docs", "https://docs.python.org/3/")),
                CodeBlock("print(1)", "python"),
                Quote(text("a common wrong idea")),
                Details("More", (paragraph("the rest"), CodeBlock("x"))),
                Bullets((text("one"), text("two")), ordered=True),
            )
        )
    )
    assert kinds(marked) == [
        ("bold", "Slots"),
        ("code", "__slots__"),
        ("text_link", "the docs"),
        ("pre", "print(1)"),
        ("blockquote", "a common wrong idea"),
        ("expandable_blockquote", "More\nthe rest\n\nx"),
        ("bold", "More"),
        ("pre", "x"),
    ]
    assert [entity.language for entity in marked.entities() if entity.type == "pre"] == ["python", None]
    assert marked.text.endswith("1. one\n2. two")


def test_a_quotation_is_outside_what_it_quotes() -> None:
    assert kinds(only_text(Document((Quote((Mono("id()"),)),)))) == [("blockquote", "id()"), ("code", "id()")]


def test_offsets_count_utf16_units() -> None:
    (entity,) = only_text(Document((paragraph("👍й ", Mono("id()")),))).entities()
    assert (entity.offset, entity.length) == (4, 4)


def test_a_long_answer_is_cut_between_paragraphs_and_code_goes_on_as_code() -> None:
    first, second = texts_of(render(Document((paragraph("a" * 3000), CodeBlock("b = 1\n" * 500, "python")))))
    assert first.text == "a" * 3000
    assert kinds(second) == [("pre", second.text)]


def test_a_hundred_and_more_entities_go_into_several_messages() -> None:
    messages = texts_of(render(Document((Bullets(tuple((Mono(f"name{number}"),) for number in range(250))),))))
    assert [len(message.entities()) for message in messages] == [100, 100, 50]


def test_a_table_is_rich_and_aligned_text_at_the_same_time() -> None:
    (message,) = render(Document((SIZES,)))
    assert isinstance(message, Passage)
    assert message.rich is not None
    assert message.rich.skip_entity_detection is True
    rich = message.rich.model_dump(exclude_none=True, mode="json")
    assert list(rich_words(rich["blocks"])) == ["Python", "bytes", "3.12", "80", "3.14", "88"]
    assert message.texts[0].text == "Python  bytes\n──────  ─────\n3.12    80\n3.14    88"
    assert kinds(message.texts[0]) == [("pre", message.texts[0].text)]


def test_a_table_too_wide_for_a_phone_becomes_a_list() -> None:
    wide = Table(
        (text("Python"), text("what happens")),
        ((text("3.14"), text("tracked from the very start, always, in every case")),),
    )
    marked = only_text(Document((wide,)))
    assert marked.text == "• 3.14\n   what happens: tracked from the very start, always, in every case"


def test_answers_without_a_table_are_not_rich() -> None:
    (message,) = render(Document((paragraph("short"),)))
    assert isinstance(message, Passage)
    assert message.rich is None


def test_pictures_and_files_are_messages_of_their_own_and_the_text_has_the_buttons() -> None:
    picture = Picture(b"png", "graph.png", "the graph")
    messages = render(
        Document((paragraph("look"), picture, Attachment(b"{}", "me.json")), ((Button("Next", "ask:next"),),))
    )
    assert [type(message).__name__ for message in messages] == ["Passage", "MediaFile", "MediaFile"]
    photo, file = messages[1:]
    assert isinstance(photo, MediaFile)
    assert isinstance(file, MediaFile)
    assert (photo.photo, photo.caption.text, file.photo, file.name) == (True, "the graph", False, "me.json")
    assert [message.keyboard is not None for message in messages] == [True, False, False]


def test_a_picture_without_a_text_has_the_buttons_itself() -> None:
    (message,) = render(Document((Picture(b"png", "graph.png", "the graph"),), ((Button("Next", "n"),),)))
    assert message.keyboard is not None


def test_nothing_to_say_is_nothing_to_send() -> None:
    assert render(Document()) == ()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "http://", "https://a b"])
def test_a_link_that_telegram_would_refuse_is_plain_text(url: str) -> None:
    marked = only_text(Document((paragraph(Link("here", url)),), ((Button("go", url=url),),)))
    assert marked == MarkedText("here")


def test_a_command_in_a_text_can_be_tapped() -> None:
    marked = only_text(Document((paragraph(Mono("/ask"), " or ", Mono("/ask 2")),)))
    assert kinds(marked) == [("code", "/ask 2")]


def test_plain_spans_survive_as_they_are() -> None:
    spans = text("see ", Mono("a.b"), "?")
    assert only_text(Document((paragraph(*spans),))).text == plain_spans(spans)
