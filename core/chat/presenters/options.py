"""A question's parts, as both the question and its verdict show them."""

from core.bank.markdown import blocks, spans
from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.chat.texts import Voice
from core.document import Block, CodeBlock, Heading, Inline, Mono, Paragraph, Spans, Text, bold, plain_spans, text
from core.study.asking import Asked

SHORT_LABEL = 24
"""Options at most this long share a row of buttons; longer ones stand in the text under a letter."""

TYPED = (Kind.NUMBER, Kind.WORD)


def stated(asked: Asked, bank: Bank, voice: Voice) -> list[Block]:
    """Where the question belongs, its prompt, its code."""
    question = asked.question
    competency = bank.competencies.get(question.competency)
    where = competency.name(voice.language) if competency else question.competency
    title = text(bold(where), f" · {voice('level-short', level=question.truth.level)} · Python {asked.sheet.python}")
    shown: list[Block] = [Heading(title), *blocks(filled(question.texts[voice.language].prompt, asked))]
    if question.truth.code:
        shown.append(CodeBlock(question.truth.code.strip("\n"), "python"))
    return shown


def filled(markdown: str, asked: Asked) -> str:
    """The learner's version where the author wrote `{python}`."""
    return markdown.replace("{python}", asked.sheet.python)


def label(question: Question, key: str, voice: Voice) -> Spans:
    """An option's text."""
    if question.truth.kind is Kind.TRUTH:
        return text(voice(f"ask-{key}"))
    option = question.texts[voice.language].options[key]
    return (Mono(option.label),) if option.literal else spans(option.label)


def letter(asked: Asked, key: str) -> str:
    """The letter an option stands under, in the order shown."""
    return "ABCDEFGH"[asked.sheet.shown.index(key)]


def has_letters(asked: Asked, voice: Voice) -> bool:
    """Whether the options stand in the text: too long for buttons, or several to be picked or put in order."""
    kind = asked.question.truth.kind
    if kind in (Kind.TRUTH, Kind.RECALL, *TYPED):
        return False
    lengths = [len(plain_spans(label(asked.question, key, voice))) for key in asked.sheet.shown]
    return kind in (Kind.ORDER, Kind.MULTIPLE) or max(lengths) > SHORT_LABEL


def lettered(asked: Asked, voice: Voice) -> list[Block]:
    """The options as lines under letters, where buttons could not hold them."""
    if not has_letters(asked, voice):
        return []
    lines: list[Inline] = []
    for key in asked.sheet.shown:
        if lines:
            lines.append(Text("\n"))
        lines += [bold(f"{letter(asked, key)}. "), *label(asked.question, key, voice)]
    return [Paragraph(tuple(lines))]


def named(asked: Asked, keys: tuple[str, ...], voice: Voice) -> Spans:
    """Options by their texts, joined as the question joins them."""
    between = " → " if asked.question.truth.kind is Kind.ORDER else "; "
    pieces: list[Inline] = []
    for key in keys:
        if pieces:
            pieces.append(Text(between))
        pieces += label(asked.question, key, voice)
    return tuple(pieces)
