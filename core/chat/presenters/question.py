"""Questions, as they are put."""

from core.bank.markdown import blocks
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.presenters.options import TYPED, lettered, option_buttons, stated, to_do
from core.chat.texts import Voice
from core.document import Button, Document, Form, Paragraph, bold
from core.study.asking import Asked
from core.study.memory import Grade


def question(asked: Asked, bank: Bank, voice: Voice) -> Document:
    """A question as it is put: its place, prompt, code, what to do, and the buttons."""
    body = [*stated(asked, bank, voice), *lettered(asked, voice), *to_do(asked, voice)]
    return Document(tuple(body), (*answer_buttons(asked, voice), *_help(asked, bank, voice)))


def revealed(asked: Asked, bank: Bank, voice: Voice) -> Document:
    """A recall question with its answer, waiting for the learner's own grade."""
    wording = asked.question.texts[voice.language]
    body = (*stated(asked, bank, voice), Paragraph((bold(voice("verdict-answer")),)), *blocks(wording.answer))
    grades = tuple(Button(voice(f"grade-{grade}"), f"grade:{asked.sheet.id}:{grade}") for grade in Grade)
    return Document(body, (grades[:2], grades[2:]))


def answer_buttons(asked: Asked, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """The buttons that answer a question."""
    sheet, kind = asked.sheet, asked.question.truth.kind
    if kind is Kind.RECALL:
        return ((Button(voice("button-reveal"), f"show:{sheet.id}"),),)
    if kind in TYPED:
        form = Form(voice("ask-form-title"), voice("ask-form-label"))
        return ((Button(voice("button-answer"), f"type:{sheet.id}", form),),)
    rows = option_buttons(asked, voice, f"pick:{sheet.id}")
    if kind is Kind.MULTIPLE or (kind is Kind.ORDER and sheet.picked):
        rows.append((Button(voice("button-done"), f"done:{sheet.id}"),))
    return tuple(rows)


def _help(asked: Asked, bank: Bank, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """The way to a hint, once."""
    if asked.sheet.helped or asked.question.competency not in bank.competencies:
        return ()
    return ((Button(voice("button-hint"), f"hint:{asked.sheet.id}"),),)
