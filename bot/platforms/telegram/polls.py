"""A question as a native quiz poll."""

import re

from aiogram import types
from aiogram.enums import MessageEntityType, PollType
from aiogram.methods import SendPoll
from aiogram.types import InputPollOption, MessageEntity

from bot.platforms.telegram.forms import Target
from bot.platforms.telegram.limits import (
    POLL_DESCRIPTION,
    POLL_EXPLANATION,
    POLL_LONGEST,
    POLL_OPTION,
    POLL_OPTIONS,
    POLL_QUESTION,
    POLL_SHORTEST,
)
from bot.platforms.telegram.marked_text import clean
from core.chat.letter import Poll
from core.document import CodeBlock, Document

_SENTENCE = re.compile(r"(?<=[.!?…])\s")


def fits(poll: Poll) -> bool:
    """Whether the question and its options can be told within a poll's limits."""
    options = [_plain(option) for option in poll.options]
    return (
        0 < _units(_plain(poll.question)) <= POLL_QUESTION
        and 2 <= len(options) <= POLL_OPTIONS
        and all(0 < _units(option) <= POLL_OPTION for option in options)
        and len(set(options)) == len(options)
    )


def holds_code(poll: Poll) -> bool:
    """Whether the program can stand in the poll itself; a longer one goes before it."""
    return _units(clean(poll.code)) <= POLL_DESCRIPTION


def foreword(opening: Document, poll: Poll) -> Document:
    """What goes before the poll: its letter's opening, and a program that is too long for the poll itself."""
    return opening if holds_code(poll) else Document((*opening.blocks, _program(poll)))


def afterword(poll: Poll, sent: types.Poll) -> Document:
    """What goes after it: the program, where a server older than descriptions has left it out without a word."""
    return Document((_program(poll),)) if poll.code and holds_code(poll) and not sent.description else Document()


def closes_itself(seconds: int | None) -> bool:
    """Whether Telegram closes a poll after so many seconds."""
    return seconds is not None and POLL_SHORTEST <= seconds <= POLL_LONGEST


def poll_form(target: Target, poll: Poll, seconds: int | None = None) -> SendPoll:
    """The request that sends the poll, to be answered once and by name, so that answers can be counted.

    One that is open for so many `seconds` shows its results only then.
    """
    code = clean(poll.code) if holds_code(poll) else ""
    program = MessageEntity(type=MessageEntityType.PRE, offset=0, length=_units(code), language="python")
    return SendPoll(
        chat_id=target.chat,
        message_thread_id=target.thread,
        question=_plain(poll.question),
        question_parse_mode=None,
        options=[InputPollOption(text=_plain(option), text_parse_mode=None) for option in poll.options],
        is_anonymous=False,
        type=PollType.QUIZ,
        allows_multiple_answers=len(poll.right) > 1,
        correct_option_ids=sorted(poll.right),
        open_period=seconds if closes_itself(seconds) else None,
        hide_results_until_closes=True if seconds is not None else None,
        explanation=_shortened(_plain(poll.explanation)) or None,
        explanation_parse_mode=None,
        description=code or None,
        description_parse_mode=None,
        description_entities=[program] if code else None,
    )


def _program(poll: Poll) -> CodeBlock:
    return CodeBlock(poll.code, "python")


def _plain(words: str) -> str:
    return " ".join(clean(words).split())


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _shortened(words: str) -> str:
    """As many whole sentences as fit, else as many words."""
    kept = ""
    for sentence in _SENTENCE.split(words):
        if _units(f"{kept} {sentence}".strip()) > POLL_EXPLANATION:
            break
        kept = f"{kept} {sentence}".strip()
    if kept or not words:
        return kept
    while _units(words) > POLL_EXPLANATION - 1:
        words = words.rpartition(" ")[0] or words[: len(words) // 2]
    return words + "…"
