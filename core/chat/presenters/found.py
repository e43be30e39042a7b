"""What a look-up led to: a card, a choice, or the nearest; and the same for programs."""

from dataclasses import dataclass

from core.bank.lookup import Findings, Hit, HitKind
from core.bank.markdown import blocks, spans
from core.bank.model import Bank
from core.chat.presenters.card import card, choice, hit_title, nothing_found, term_card
from core.chat.texts import Voice
from core.document import Document, plain_block, plain_spans


@dataclass(frozen=True, slots=True)
class FoundText:
    """A hit for another program: what it is, its title, its short answer, and a score from 0 to 1."""

    kind: str
    slug: str
    title: str
    text: str
    score: float


def found_document(found: Findings, query: str, bank: Bank, voice: Voice, runs: bool = False) -> Document:
    """The card that clearly was meant; else a choice; else what is nearest."""
    if found.best:
        opened = card_document(found.best.slug, bank, voice, runs)
        if opened:
            return opened
    if found.hits:
        return choice(found.hits, bank, voice)
    return nothing_found(query, found.nearest, bank, voice)


def card_document(slug: str, bank: Bank, voice: Voice, runs: bool) -> Document | None:
    """The card of a competency or a term; None when the bank has no such slug."""
    if slug in bank.competencies:
        return card(bank.competencies[slug], bank, voice, runs)
    if slug in bank.terms:
        return term_card(bank.terms[slug], bank, voice)
    return None


def found_text(hit: Hit, bank: Bank, voice: Voice) -> FoundText:
    """A hit with its short answer in plain words."""
    return FoundText(hit.kind.value, hit.slug, hit_title(hit, bank, voice), short_text(hit, bank, voice), hit.score)


def short_text(hit: Hit, bank: Bank, voice: Voice) -> str:
    """A hit's short answer (a question's prompt) as plain words."""
    match hit.kind:
        case HitKind.COMPETENCY:
            return plain_spans(spans(bank.competencies[hit.slug].cards[voice.language].short))
        case HitKind.TERM:
            return "\n".join(plain_block(block) for block in blocks(bank.terms[hit.slug].texts[voice.language]))
        case HitKind.QUESTION:
            return "\n".join(
                plain_block(block) for block in blocks(bank.questions[hit.slug].texts[voice.language].prompt)
            )
