"""The question of the day as a quiz poll: within Telegram's limits, or not as one at all."""

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from bot.platforms.telegram.forms import Target
from bot.platforms.telegram.polls import fits, holds_code, poll_form
from core.bank.model import Bank, Question
from core.bank.versions import Python
from core.bank.wording import Language
from core.chat.letter import Poll
from core.chat.presenters.daily import group_letter
from core.chat.presenters.options import label
from core.chat.texts import Texts
from core.document import plain_spans
from core.study.group_asking import KINDS, Posted
from core.study.posting_store import Posting
from tests.contract.telegram_limits import check_poll

PYTHON = "3.14"
GROUP = Target(-100)
SNAKE = "🐍"
"""One character, two UTF-16 units."""


def poll(question: str = "?", options: tuple[str, ...] = ("yes", "no"), code: str = "", explanation: str = "") -> Poll:
    return Poll(1, question, options, (1,), code, explanation)


def sent(given: Poll) -> dict[str, Any]:
    """The fields of the request, as they go out."""
    return poll_form(GROUP, given).model_dump(exclude_none=True, exclude_defaults=True)


@pytest.mark.parametrize(
    ("given", "fitting"),
    [
        (poll("q" * 300), True),
        (poll("q" * 301), False),
        (poll(SNAKE * 150), True),
        (poll(SNAKE * 151), False),
        (poll(" \n"), False),
        (poll(options=("o" * 100, "no")), True),
        (poll(options=("o" * 101, "no")), False),
        (poll(options=("", "no")), False),
        (poll(options=("alone",)), False),
        (poll(options=tuple(map(str, range(12)))), True),
        (poll(options=tuple(map(str, range(13)))), False),
        (poll(options=("1 2", "1\n2")), False),
    ],
)
def test_a_question_fits_or_is_asked_with_buttons(given: Poll, fitting: bool) -> None:
    assert fits(given) is fitting
    if fitting:
        check_poll(sent(given))


@pytest.mark.parametrize(("size", "held"), [(1024, True), (1025, False)])
def test_code_stands_in_the_poll_or_goes_before_it(size: int, held: bool) -> None:
    given = poll(code="x" * size)
    assert holds_code(given) is held
    request = sent(given)
    check_poll(request)
    assert request.get("description", "") == (given.code if held else "")


def test_code_keeps_its_lines_and_is_marked_as_python() -> None:
    request = sent(poll(code=f"if a:\n    b = '{SNAKE}'\n"))
    check_poll(request)
    (mark,) = request["description_entities"]
    assert (mark["type"], mark["language"], mark["offset"]) == ("pre", "python", 0)
    assert request["description"] == f"if a:\n    b = '{SNAKE}'\n"
    assert mark["length"] == len(request["description"]) + 1


def test_nothing_is_read_as_markup_and_nothing_is_kept_secret() -> None:
    request = sent(poll("Is <b>__slots__</b> *one*?", ("<i>a</i>", "`b`")))
    assert request["question"] == "Is <b>__slots__</b> *one*?"
    assert [option["text"] for option in request["options"]] == ["<i>a</i>", "`b`"]
    assert request["is_anonymous"] is False
    assert request["type"] == "quiz"
    form = poll_form(GROUP, poll(explanation="_a_", code="*b*"))
    modes = (form.question_parse_mode, form.explanation_parse_mode, form.description_parse_mode)
    assert {*modes, *(getattr(option, "text_parse_mode", "?") for option in form.options)} == {None}


def test_a_topic_gets_its_poll_itself() -> None:
    assert poll_form(Target(-100, thread=77), poll()).message_thread_id == 77


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", None),
        ("One. Two.", "One. Two."),
        ("One.\n\nTwo.", "One. Two."),
        ("One. " + "t" * 200 + ". Three.", "One."),
        ("w" * 90 + " " + "w" * 90 + " " + "w" * 90, "w" * 90 + " " + "w" * 90 + "…"),
        ("e" * 200, "e" * 200),
    ],
)
def test_an_explanation_is_cut_after_a_sentence_else_after_a_word(given: str, kept: str | None) -> None:
    request = sent(poll(explanation=given))
    check_poll(request)
    assert request.get("explanation") == kept


def test_a_word_that_never_ends_is_cut_too() -> None:
    request = sent(poll(explanation=SNAKE * 300))
    check_poll(request)
    assert request["explanation"].endswith("…")


def test_several_right_answers_are_all_named() -> None:
    given = Poll(1, "?", ("a", "b", "c"), (0, 2))
    assert sent(given)["correct_option_ids"] == [0, 2]


def posted(question: Question, language: Language, shown: tuple[str, ...]) -> Posted:
    day = date(2026, 11, 20)
    at = datetime(2026, 11, 20, 6, tzinfo=UTC)
    return Posted(
        Posting(1, "telegram", "-100", "", day, question.id, PYTHON, language, shown, poll=None, posted_at=at), question
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_question_of_the_bank_is_a_poll_that_names_the_right_option(bank: Bank, language: Language) -> None:
    voice, chance = Texts().in_language(language), Random(language)
    target = Python.named(PYTHON)
    for question in bank.questions.values():
        if question.truth.kind not in KINDS or not question.truth.asked_on(target):
            continue
        shown = list(question.keys())
        chance.shuffle(shown)
        given = group_letter(posted(question, language, tuple(shown)), None, bank, voice, 0).poll
        assert given is not None
        assert fits(given), question.id
        request = sent(given)
        check_poll(request)
        right = [request["options"][place]["text"] for place in request["correct_option_ids"]]
        named = [plain_spans(label(question, key, voice)) for key in question.right_keys(target)]
        assert right == [" ".join(name.split()) for name in named], question.id
