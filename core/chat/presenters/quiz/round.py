"""A round: its question, how to answer, how many have."""

from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.letter import Letter
from core.chat.presenters.options import TYPED, has_letters, label, letter, lettered, stated, to_do
from core.chat.presenters.poll import poll
from core.chat.texts import Voice
from core.document import Block, Button, Document, Form, Heading, Paragraph, Text, bold, paragraph, plain_spans, text
from core.quiz.model import Put

ONE_TAP = (Kind.SINGLE, Kind.TRUTH)


def round_letter(put: Put, bank: Bank, voice: Voice) -> Letter:
    """A question for its chat; as a poll where one tap is the answer and stays it."""
    document = round_document(put, bank, voice)
    if put.question.truth.kind not in ONE_TAP or put.game.rules.may_change:
        return Letter(document)
    return Letter(document, poll(put.asked, voice, f"{numbered(put)} ·", explanation=_who_counts(put, voice)))


def _who_counts(put: Put, voice: Voice) -> str:
    """Whose votes count, told to those who vote; in a group a poll may come from and go anywhere."""
    return voice("quiz-poll-who") if put.game.lobby else ""


def numbered(put: Put) -> str:
    """Which of the rounds it is: `3/5`."""
    return f"{put.round.number}/{put.game.rules.rounds}"


def round_document(put: Put, bank: Bank, voice: Voice, answered: int = 0, players: int = 0) -> Document:
    """The question while it is open; the count comes with the first answer."""
    rules = put.game.rules
    clock = f"⏳ {voice('quiz-round-time', seconds=rules.seconds)}"
    if answered:
        clock += f" · {voice('quiz-answered', answered=answered, players=max(players, answered))}"
    body = (*_question(put, bank, voice), *_how(put, voice), paragraph(clock))
    return Document(body, _buttons(put, voice))


def closed_document(put: Put, bank: Bank, voice: Voice, answered: int) -> Document:
    """The question after its round: nothing to tap any more."""
    said = paragraph(voice("quiz-round-over", count=answered))
    return Document((*_question(put, bank, voice), said))


def _question(put: Put, bank: Bank, voice: Voice) -> tuple[Block, ...]:
    """The round, the question's place, its prompt and code, and its options where they do not fit on buttons."""
    number = voice("quiz-round", number=put.round.number, total=put.game.rules.rounds)
    known = bank.competencies.get(put.question.competency)
    where = known.name(voice.language) if known else put.question.competency
    heading = Heading(text(bold(number), f" · {where} · Python {put.asked.sheet.python}"))
    return (heading, *stated(put.asked, bank, voice)[1:], *lettered(put.asked, voice))


def _how(put: Put, voice: Voice) -> list[Block]:
    kind = put.question.truth.kind
    if kind is Kind.ORDER:
        return [Paragraph((Text(voice("quiz-order"), italic=True),))]
    if kind in TYPED:
        way = voice("quiz-write" if put.game.lobby else "quiz-write-alone")
        said = f"{voice(f'ask-{kind}')} {way}"
        return [Paragraph((Text(said, italic=True),))]
    return to_do(put.asked, voice)


def _buttons(put: Put, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    token, kind = f"tap:{put.game.id}:{put.round.number}", put.question.truth.kind
    if kind in TYPED:
        form = Form(voice("ask-form-title"), voice("ask-form-label"))
        return ((Button(voice("button-answer"), f"{token}:type", form),),)
    by_letter = has_letters(put.asked, voice)
    count = len(put.asked.sheet.shown)
    options = []
    for place, key in enumerate(put.asked.sheet.shown):
        caption = letter(put.asked, key) if by_letter else plain_spans(label(put.question, key, voice))
        options.append(Button(caption, f"{token}:{tapped(kind, place, count, by_letter)}"))
    width = 4 if by_letter else 2
    rows = [tuple(options[start : start + width]) for start in range(0, count, width)]
    if kind is Kind.MULTIPLE:
        rows.append((Button(voice("button-done"), f"{token}:done"),))
    return tuple(rows)


def tapped(kind: Kind, place: int, count: int, by_letter: bool) -> str:
    """What an option's token ends in: its place, and how a tap on it is taken.

    `p2` is an answer, `l2` one under a letter, `t2` ticks or unticks, `o2.5` is the next of an order of five.
    """
    match kind:
        case Kind.MULTIPLE:
            return f"t{place}"
        case Kind.ORDER:
            return f"o{place}.{count}"
        case _:
            return f"{'l' if by_letter else 'p'}{place}"
