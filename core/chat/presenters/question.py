"""Questions, as they are put."""

from core.bank.markdown import blocks
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.presenters.options import TYPED, has_letters, label, letter, lettered, stated
from core.chat.texts import Voice
from core.document import (
    Button,
    Document,
    Form,
    Paragraph,
    Text,
    bold,
    paragraph,
    plain_spans,
)
from core.study.asking import Asked
from core.study.memory import Grade


def question(asked: Asked, bank: Bank, voice: Voice) -> Document:
    """A question as it is put: its place, prompt, code, what to do, and the buttons."""
    how = {
        Kind.MULTIPLE: "ask-multiple",
        Kind.ORDER: "ask-order",
        Kind.NUMBER: "ask-number",
        Kind.WORD: "ask-word",
        Kind.RECALL: "ask-recall",
    }.get(asked.question.truth.kind)
    body = [*stated(asked, bank, voice), *lettered(asked, voice)]
    if how:
        body.append(Paragraph((Text(voice(how), italic=True),)))
    if asked.question.truth.kind is Kind.ORDER and asked.sheet.picked:
        chosen = " → ".join(letter(asked, key) for key in asked.sheet.picked)
        body.append(paragraph(voice("ask-picked", items=chosen)))
    return Document(tuple(body), _buttons(asked, voice))


def revealed(asked: Asked, bank: Bank, voice: Voice) -> Document:
    """A recall question with its answer, waiting for the learner's own grade."""
    wording = asked.question.texts[voice.language]
    body = (*stated(asked, bank, voice), Paragraph((bold(voice("verdict-answer")),)), *blocks(wording.answer))
    grades = tuple(Button(voice(f"grade-{grade}"), f"grade:{asked.sheet.id}:{grade}") for grade in Grade)
    return Document(body, (grades[:2], grades[2:]))


def _buttons(asked: Asked, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    sheet, kind = asked.sheet, asked.question.truth.kind
    if kind is Kind.RECALL:
        return ((Button(voice("button-reveal"), f"show:{sheet.id}"),),)
    if kind in TYPED:
        form = Form(voice("ask-form-title"), voice("ask-form-label"))
        return ((Button(voice("button-answer"), f"type:{sheet.id}", form),),)
    by_letter = has_letters(asked, voice)
    options = []
    for index, key in enumerate(sheet.shown):
        caption = letter(asked, key) if by_letter else plain_spans(label(asked.question, key, voice))
        ticked = "☑ " if key in sheet.picked and kind is Kind.MULTIPLE else ""
        if key not in sheet.picked or kind is not Kind.ORDER:
            options.append(Button(ticked + caption, f"pick:{sheet.id}:{index}"))
    width = 4 if by_letter else 2
    rows = [tuple(options[start : start + width]) for start in range(0, len(options), width)]
    if kind is Kind.MULTIPLE or (kind is Kind.ORDER and sheet.picked):
        rows.append((Button(voice("button-done"), f"done:{sheet.id}"),))
    return tuple(rows)
