"""Inline mode: cards to drop into any chat."""

import re
from hashlib import sha256

from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultUnion,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.platforms.telegram.limits import ENTITIES, MESSAGE_UNITS, RESULT_ID_BYTES, START_PAYLOAD
from bot.platforms.telegram.marked_text import clean
from bot.platforms.telegram.renderer import marked
from core.chat.tutor import Suggestion

RESULTS = 10
"""How many cards are offered; Telegram shows about five at once."""
CACHE_SECONDS = 10
"""How long Telegram may repeat an answer; short, because a learner's language and version may change."""
_TITLE_CHARACTERS = 100
_SUMMARY_CHARACTERS = 200
_NOT_IN_PAYLOAD = re.compile(r"[^A-Za-z0-9_-]")


def inline_answer(query: str, suggestions: tuple[Suggestion, ...], bot_name: str) -> AnswerInlineQuery:
    """The answer to an inline query: each card's first message, and a link to the rest of it in the tutor's own chat.

    Cards in other chats carry no buttons of the tutor: it is no member there and could not answer.
    """
    articles: dict[str, InlineQueryResultUnion] = {}
    for hit in suggestions[:RESULTS]:
        if article := _article(hit, bot_name):
            articles[article.id] = article
    results = list(articles.values())
    return AnswerInlineQuery(inline_query_id=query, results=results, cache_time=CACHE_SECONDS, is_personal=True)


def _article(hit: Suggestion, bot_name: str) -> InlineQueryResultArticle | None:
    card = next(marked(hit.card.blocks).pieces(MESSAGE_UNITS, ENTITIES), None)
    if card is None:
        return None
    return InlineQueryResultArticle(
        id=_result_id(hit.slug),
        title=clean(hit.title)[:_TITLE_CHARACTERS] or "…",
        description=clean(hit.summary)[:_SUMMARY_CHARACTERS] or None,
        input_message_content=InputTextMessageContent(
            message_text=card.text,
            entities=card.entities(),
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=_link_to(bot_name, hit.slug),
    )


def _link_to(bot_name: str, slug: str) -> InlineKeyboardMarkup:
    payload = "explain_" + _NOT_IN_PAYLOAD.sub("_", slug)
    link = f"https://t.me/{bot_name}?start={payload[:START_PAYLOAD]}"
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=f"@{bot_name}", url=link)]])


def _result_id(slug: str) -> str:
    return slug if 0 < len(slug.encode(errors="replace")) <= RESULT_ID_BYTES else sha256(slug.encode()).hexdigest()
