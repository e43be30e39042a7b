"""What came of an answer."""

from datetime import datetime

from core.bank.markdown import blocks, spans
from core.bank.model import Bank, Misconception, OptionText, Question
from core.bank.truth import Kind
from core.bank.versions import TAUGHT, Python
from core.chat.presenters.dates import written
from core.chat.presenters.options import TYPED, filled, label, lettered, named, stated
from core.chat.texts import Voice
from core.document import (
    Block,
    Bullets,
    Button,
    Document,
    Form,
    Heading,
    Mono,
    Paragraph,
    Quote,
    Spans,
    Table,
    Text,
    bold,
    paragraph,
    plain_spans,
    text,
)
from core.study.asking import Asked, Verdict
from core.study.learner import Learner


def verdict(verdict: Verdict, bank: Bank, voice: Voice, learner: Learner, now: datetime, runs: bool) -> Document:
    """The question again, the verdict, why, the wrong idea behind a wrong answer, versions that differ."""
    asked, truth = verdict.asked, verdict.asked.question.truth
    wording = asked.question.texts[voice.language]
    body: list[Block] = [*stated(asked, bank, voice), *lettered(asked, voice)]
    if truth.kind is Kind.RECALL:
        body += [Paragraph((bold(voice("verdict-answer")),)), *blocks(wording.answer)]
        sign = voice("verdict-noted")
    else:
        sign = ("✅ " if verdict.right else "❌ ") + voice("verdict-right" if verdict.right else "verdict-wrong")
    body.append(Heading((bold(sign),)))
    if truth.kind is not Kind.RECALL:
        body.append(Paragraph((Text(voice("verdict-answer") + " "), *right_answer(asked, voice))))
    if verdict.picked and not verdict.right:
        body.append(Paragraph((Text(voice("verdict-yours") + " "), *named(asked, verdict.picked, voice))))
    if verdict.compared:
        body.append(paragraph(voice("verdict-compared", compared=verdict.compared)))
    if wording.why:
        body += blocks(filled(wording.why, asked))
    body += _refutations(verdict, bank, voice)
    table = versions_table(asked.question, voice)
    if table:
        body.append(table)
    again = voice("verdict-again", when=_when(verdict, learner, now, voice))
    if verdict.eased:
        again = f"{voice(f'verdict-eased-{verdict.eased}')} {again}"
    body.append(Paragraph((Text(again, italic=True),)))
    return Document(tuple(body), _afterwards(asked, voice, runs))


def versions_table(question: Question, voice: Voice) -> Table | None:
    """The right answer per version; None where all versions agree."""
    pythons = [Python.named(label) for label in TAUGHT]
    columns: list[tuple[list[str], str]] = []
    for python in (python for python in pythons if question.truth.asked_on(python)):
        answer = _answer_on(question, python, voice)
        if columns and columns[-1][1] == answer:
            columns[-1][0].append(python.label)
        else:
            columns.append(([python.label], answer))
    if len(columns) < 2:
        return None
    rows = tuple((text(_span_of(labels)), text(answer)) for labels, answer in columns)
    return Table((text("Python"), text(voice("ask-form-label"))), rows)


def _span_of(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"


def _answer_on(question: Question, python: Python, voice: Voice) -> str:
    truth = question.truth
    if truth.kind in TYPED:
        return truth.answer(python) or ""
    if truth.kind is Kind.TRUTH:
        return voice(f"ask-{truth.right_keys(python)[0]}")
    if truth.kind is Kind.RECALL:
        return ""
    labels = (plain_spans(label(question, key, voice)) for key in truth.right_keys(python))
    return "; ".join(labels) if truth.kind is Kind.MULTIPLE else " → ".join(labels)


def right_answer(asked: Asked, voice: Voice) -> Spans:
    """The right answer in short: the options by their texts, or what was to be typed."""
    truth = asked.question.truth
    if truth.kind in TYPED:
        return (Mono(truth.answer(asked.python) or ""),)
    return named(asked, asked.question.right_keys(asked.python), voice)


def _refutations(verdict: Verdict, bank: Bank, voice: Voice) -> list[Block]:
    """Why the wrong options are wrong: the one that was picked at once, the others in a list."""
    asked = verdict.asked
    if asked.question.truth.kind not in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUTH):
        return []
    right = asked.question.right_keys(asked.python)
    found: list[Block] = []
    others: list[Spans] = []
    for key in asked.sheet.shown:
        if key in right:
            continue
        why = why_wrong(asked.question, key, bank, voice)
        if not why:
            continue
        if key in verdict.picked:
            found.append(Quote((*quoted_belief(asked.question, key, bank, voice), *why)))
        elif asked.question.truth.kind is not Kind.TRUTH:
            others.append((*label(asked.question, key, voice), Text(": "), *why))
    if others and not verdict.right:
        found.append(Bullets(tuple(others)))
    return found


def why_wrong(question: Question, key: str, bank: Bank, voice: Voice) -> Spans:
    """What speaks against an option: the author's comment on it, else what refutes the wrong idea behind it."""
    option: OptionText | None = question.texts[voice.language].options.get(key)
    if option and option.comment:
        return spans(option.comment)
    misconception = _misconception(question, key, bank)
    return spans(misconception.texts[voice.language].refutation) if misconception else ()


def quoted_belief(question: Question, key: str, bank: Bank, voice: Voice) -> Spans:
    """What people believe who pick this option, in quotation marks."""
    misconception = _misconception(question, key, bank)
    if misconception is None:
        return ()
    belief = spans(misconception.texts[voice.language].belief.rstrip("."))
    marks = voice("quotation-marks")
    return (bold(voice("verdict-misconception") + " "), Text(marks[0]), *belief, Text(f"{marks[1]}. "))


def _misconception(question: Question, key: str, bank: Bank) -> Misconception | None:
    named = next((each.misconception for each in question.truth.option if each.key == key), None)
    return bank.misconceptions.get(named) if named else None


def _when(verdict: Verdict, learner: Learner, now: datetime, voice: Voice) -> str:
    due = learner.local(verdict.memory.due).date()
    days = (due - learner.local(now).date()).days
    if days <= 0:
        return voice("when-soon")
    if days == 1:
        return voice("when-tomorrow")
    if days < 7:
        return voice("when-day", day=due.weekday())
    return voice("when-date", date=written(due, voice))


def _afterwards(asked: Asked, voice: Voice, runs: bool) -> tuple[tuple[Button, ...], ...]:
    report = Button(
        voice("button-wrong"),
        f"report:{asked.question.id}",
        Form(voice("report-form-title"), voice("report-form-label"), long=True),
    )
    first = [Button(voice("button-next"), "ask:next")]
    if runs and asked.question.truth.code:
        first.append(Button(voice("button-run"), f"run:question:{asked.question.id}"))
    return (tuple(first), (report,))
