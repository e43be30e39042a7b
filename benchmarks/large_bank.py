"""A bank many times as large: the real one with its copies, which share half of their words with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from zlib import crc32

from core.bank.model import Bank, CardText, Competency, Question, Term
from core.bank.truth import Names, TermTruth
from core.bank.wording import Language

_WORD = re.compile(r"[a-z]{4,}|[а-яё]{4,}", re.IGNORECASE)


def enlarged(bank: Bank, times: int) -> Bank:
    """The bank and `times - 1` copies of its competencies, terms and questions, each under its own slugs.

    In a copy every second word (by its checksum) is another word, so that the vocabulary grows with the content as it
    does in new subjects, while the words in between become `times` as frequent.
    """
    competencies: dict[str, Competency] = dict(bank.competencies)
    questions: dict[str, Question] = dict(bank.questions)
    terms: dict[str, Term] = dict(bank.terms)
    for number in range(1, times):
        change = partial(_changed, number)
        for competency in bank.competencies.values():
            copied = _competency(competency, number, change)
            competencies[copied.slug] = copied
        for term in bank.terms.values():
            copy = _term(term, number, change)
            terms[copy.truth.slug] = copy
        for question in bank.questions.values():
            asked = _question(question, number, change)
            questions[asked.id] = asked
    return Bank(competencies, questions, bank.claims, bank.misconceptions, terms)


def _competency(original: Competency, number: int, change: Callable[[str], str]) -> Competency:
    truth = original.truth
    aliases = tuple(change(alias) for alias in truth.aliases)
    cards = {language: CardText(change(card.short), change(card.details)) for language, card in original.cards.items()}
    changed = truth.model_copy(update={"names": _names(truth.names, change), "aliases": aliases})
    return replace(original, slug=_slug(original.slug, number), truth=changed, cards=cards)


def _term(original: Term, number: int, change: Callable[[str], str]) -> Term:
    truth: TermTruth = original.truth.model_copy(
        update={
            "slug": _slug(original.truth.slug, number),
            "names": _names(original.truth.names, change),
            "aliases": tuple(change(alias) for alias in original.truth.aliases),
        }
    )
    texts: Mapping[Language, str] = {language: change(text) for language, text in original.texts.items()}
    return Term(truth, _slug(original.competency, number), texts)


def _question(original: Question, number: int, change: Callable[[str], str]) -> Question:
    truth = original.truth.model_copy(update={"id": _slug(original.truth.id, number)})
    texts = {language: replace(text, prompt=change(text.prompt)) for language, text in original.texts.items()}
    return Question(truth, _slug(original.competency, number), texts)


def _names(names: Names, change: Callable[[str], str]) -> Names:
    return names.model_copy(update={"ru": change(names.ru), "en": change(names.en)})


def _slug(slug: str, number: int) -> str:
    return f"{slug}-{number}"


def _changed(number: int, text: str) -> str:
    return _WORD.sub(lambda word: _other_word(word[0], number), text)


def _other_word(word: str, number: int) -> str:
    if crc32(word.lower().encode()) % 2:
        return word
    letters = "bdfgklmnprstvz" if word[0].isascii() else "бвгдзклмнпрстф"
    return word[:2] + letters[number % 14] + word[2:4] + letters[number // 14] + word[4:]
