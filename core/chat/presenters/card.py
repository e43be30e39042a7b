"""Cards of competencies and terms, and lists of what was found."""

from collections.abc import Iterable, Sequence

from core.bank.lookup import Hit, HitKind
from core.bank.markdown import blocks, spans
from core.bank.model import Bank, Competency, Term
from core.chat.texts import Voice
from core.document import (
    Block,
    Button,
    Details,
    Document,
    Heading,
    Link,
    Paragraph,
    Quote,
    Table,
    Text,
    bold,
    paragraph,
    plain_spans,
    text,
)

RELATED = 2
"""Related cards offered as buttons; more would crowd out what to do next."""


def card(competency: Competency, bank: Bank, voice: Voice, runs: bool) -> Document:
    """A competency's card: name and level, the short answer, details, sources; what to do next as buttons."""
    said = competency.cards[voice.language]
    title = text(bold(competency.name(voice.language)), " · ", voice("card-level", level=competency.truth.level))
    body: list[Block] = [Heading(title), Paragraph(spans(said.short))]
    first, folded = _split(blocks(said.details))
    body += first
    if folded:
        body.append(Details(voice("card-details"), folded))
    if competency.truth.sources:
        body.append(Details(voice("card-sources"), (Paragraph(_links(competency.truth.sources)),)))
    doing = [Button(voice("button-ask-about"), f"ask:topic:{competency.slug}")]
    if runs and competency.example:
        doing.insert(0, Button(voice("button-run"), f"run:example:{competency.slug}"))
    related = [bank.competencies[slug] for slug in competency.truth.related if slug in bank.competencies]
    nearby = tuple(Button(other.name(voice.language), f"card:{other.slug}") for other in related[:RELATED])
    return Document(tuple(body), (tuple(doing), nearby) if nearby else (tuple(doing),))


def _split(details: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What is shown at once, and what is folded: tables (with the line that names them) and wrong ideas come first."""
    at_once: set[int] = set()
    for place, block in enumerate(details):
        if isinstance(block, Table | Quote):
            at_once.add(place)
        if isinstance(block, Table) and place and isinstance(details[place - 1], Paragraph):
            at_once.add(place - 1)
    first = tuple(block for place, block in enumerate(details) if place in at_once)
    rest = [block for place, block in enumerate(details) if place not in at_once]
    return first, tuple(
        block
        for block, after in zip(rest, [*rest[1:], None], strict=True)
        if not (isinstance(block, Heading) and (after is None or isinstance(after, Heading)))
    )


def term_card(term: Term, bank: Bank, voice: Voice) -> Document:
    """A term's short text, with the way to the competency it belongs to."""
    body = (Heading(text(bold(term.name(voice.language)))), *blocks(term.texts[voice.language]))
    owner = bank.competencies.get(term.competency)
    if owner is None:
        return Document(body)
    button = Button(voice("button-card", name=owner.name(voice.language)), f"card:{owner.slug}")
    return Document(body, ((button,), (Button(voice("button-ask-about"), f"ask:topic:{owner.slug}"),)))


def choice(hits: Sequence[Hit], bank: Bank, voice: Voice) -> Document:
    """Several good hits: one button each."""
    return Document((paragraph(voice("explain-several")),), tuple(hit_buttons(hits, bank, voice)))


def nothing_found(words: str, nearest: Sequence[Hit], bank: Bank, voice: Voice) -> Document:
    """No hit: say so, name what is nearest, and how to propose a topic."""
    lines = [paragraph(voice("explain-nothing", words=words))]
    if nearest:
        lines.append(paragraph(voice("explain-nearest")))
    lines.append(paragraph(voice("explain-propose")))
    return Document(tuple(lines), tuple(hit_buttons(nearest, bank, voice)))


def hit_buttons(hits: Iterable[Hit], bank: Bank, voice: Voice) -> Iterable[tuple[Button]]:
    """One row a hit: a card, a term, or a question."""
    for hit in hits:
        title = hit_title(hit, bank, voice)
        token = f"question:{hit.slug}" if hit.kind is HitKind.QUESTION else f"card:{hit.slug}"
        if len(token.encode()) <= 64:
            yield (Button(title, token),)


def hit_title(hit: Hit, bank: Bank, voice: Voice) -> str:
    """What a hit is called in the learner's language."""
    match hit.kind:
        case HitKind.COMPETENCY:
            return bank.competencies[hit.slug].name(voice.language)
        case HitKind.TERM:
            return bank.terms[hit.slug].name(voice.language)
        case HitKind.QUESTION:
            prompt = plain_spans(spans(bank.questions[hit.slug].texts[voice.language].prompt))
            return voice("card-question", prompt=prompt if len(prompt) <= 60 else prompt[:57] + "…")


def _links(sources: Iterable[str]) -> tuple[Text | Link, ...]:
    pieces: list[Text | Link] = []
    for source in sources:
        if pieces:
            pieces.append(Text("\n"))
        pieces.append(Link(source.removeprefix("https://").removeprefix("http://"), source))
    return tuple(pieces)
