"""A question's parts, as both the question and its verdict show them."""

from core.bank.markdown import blocks, spans
from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.chat.texts import Voice
from core.document import (
    Block,
    Button,
    CodeBlock,
    Heading,
    Inline,
    Mono,
    Paragraph,
    Spans,
    Text,
    bold,
    paragraph,
    plain_spans,
    text,
)
from core.study.asking import Asked

SHORT_LABEL = 24
"""Options at most this long share a row of buttons; longer ones stand in the text under a letter."""

TYPED = (Kind.NUMBER, Kind.WORD)

TO_DO = {
    Kind.MULTIPLE: "ask-multiple",
    Kind.ORDER: "ask-order",
    Kind.NUMBER: "ask-number",
    Kind.WORD: "ask-word",
    Kind.RECALL: "ask-recall",
}
"""The texts that say how to answer; a single choice goes without saying."""


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


def to_do(asked: Asked, voice: Voice) -> list[Block]:
    """How to answer, and what is picked of an order so far."""
    kind = asked.question.truth.kind
    said: list[Block] = [Paragraph((Text(voice(TO_DO[kind]), italic=True),))] if kind in TO_DO else []
    if kind is Kind.ORDER and asked.sheet.picked:
        chosen = " → ".join(letter(asked, key) for key in asked.sheet.picked)
        said.append(paragraph(voice("ask-picked", items=chosen)))
    return said


def option_buttons(asked: Asked, voice: Voice, token: str) -> list[tuple[Button, ...]]:
    """Rows of buttons, one an option: each sends the token with the option's place in the order shown."""
    kind, by_letter = asked.question.truth.kind, has_letters(asked, voice)
    options = []
    for index, key in enumerate(asked.sheet.shown):
        caption = letter(asked, key) if by_letter else plain_spans(label(asked.question, key, voice))
        ticked = "☑ " if key in asked.sheet.picked and kind is Kind.MULTIPLE else ""
        if key not in asked.sheet.picked or kind is not Kind.ORDER:
            options.append(Button(ticked + caption, f"{token}:{index}"))
    width = 4 if by_letter else 2
    return [tuple(options[start : start + width]) for start in range(0, len(options), width)]


def named(asked: Asked, keys: tuple[str, ...], voice: Voice) -> Spans:
    """Options by their texts, joined as the question joins them."""
    between = " → " if asked.question.truth.kind is Kind.ORDER else "; "
    pieces: list[Inline] = []
    for key in keys:
        if pieces:
            pieces.append(Text(between))
        pieces += label(asked.question, key, voice)
    return tuple(pieces)
