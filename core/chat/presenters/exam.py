"""A mock interview, as it is shown: what comes, its questions, its result."""

from collections.abc import Sequence
from datetime import timedelta

from core.bank.markdown import blocks
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.presenters.options import TYPED, filled, lettered, option_buttons, stated, to_do
from core.chat.presenters.verdict import right_answer
from core.chat.texts import Voice
from core.document import (
    Block,
    Bullets,
    Button,
    CodeBlock,
    Details,
    Document,
    Form,
    Heading,
    Inline,
    Paragraph,
    Spans,
    Table,
    Text,
    bold,
    paragraph,
    text,
)
from core.study.exam import DURATION, HIGHEST_LEVEL, PASS, Exam, Paper, Result, Share, points
from core.study.examining import Put, asked_of

PASS_PERCENT = round(PASS * 100)

POINTS_IN_A_ROW = 4


def intro(level: int, python: str, questions: int, voice: Voice) -> Document:
    """What comes, and the button that starts the clock."""
    minutes = int(DURATION.total_seconds()) // 60
    body = (
        Heading(text(bold(voice("exam-title")), f" · {voice('level-short', level=level)} · Python {python}")),
        paragraph(voice("exam-frame", questions=questions, minutes=minutes, percent=PASS_PERCENT)),
        paragraph(voice("exam-rules")),
    )
    return Document(body, ((Button(voice("exam-start"), f"exam:start:{level}"),),))


def running(put: Put, voice: Voice) -> Document:
    """An exam is going on: where it is, and the choice to go on or to give up."""
    said = voice("exam-running", level=put.exam.level, number=put.paper.number, total=put.total, left=minutes(put.left))
    go_on = Button(voice("exam-continue"), f"exam:continue:{put.exam.id}")
    give_up = Button(voice("exam-stop"), f"exam:stop:{put.exam.id}")
    return Document((paragraph(said),), ((go_on, give_up),))


def question(put: Put, bank: Bank, voice: Voice) -> Document:
    """The question that waits, under the time left; nothing is said of the one before."""
    if put.question.truth.kind is Kind.RECALL:
        if put.paper.item.picked:
            return checklist(put, bank, voice)
        reveal = Button(voice("exam-reveal"), f"{_token(put)}:show")
        told = Paragraph((Text(voice("exam-tell"), italic=True),))
        return Document((_clock(put, voice), *stated(put.asked, bank, voice), told), ((reveal,),))
    asked = put.asked
    body = [*stated(asked, bank, voice), *lettered(asked, voice), *to_do(asked, voice)]
    return Document((_clock(put, voice), *body), _buttons(put, voice))


def checklist(put: Put, bank: Bank, voice: Voice) -> Document:
    """The points of a told answer, to tick what was said."""
    said = put.paper.item.picked
    body: list[Block] = [_clock(put, voice), *stated(put.asked, bank, voice)]
    body.append(Paragraph((Text(voice("exam-tick"), italic=True),)))
    boxes = []
    for place, point in enumerate(points(put.question, voice.language)):
        ticked = str(place) in said
        body.append(Paragraph((Text(f"{'☑' if ticked else '☐'} {place + 1}. "), *point)))
        boxes.append(Button(f"☑ {place + 1}" if ticked else str(place + 1), f"{_token(put)}:{place}"))
    rows = [tuple(boxes[start : start + POINTS_IN_A_ROW]) for start in range(0, len(boxes), POINTS_IN_A_ROW)]
    return Document(tuple(body), (*rows, (Button(voice("button-done"), f"{_token(put)}:done"),)))


def _buttons(put: Put, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    kind = put.question.truth.kind
    if kind in TYPED:
        form = Form(voice("ask-form-title"), voice("ask-form-label"))
        return ((Button(voice("button-answer"), f"{_token(put)}:type", form),),)
    rows = option_buttons(put.asked, voice, _token(put))
    if kind is Kind.MULTIPLE or (kind is Kind.ORDER and put.paper.item.picked):
        rows.append((Button(voice("button-done"), f"{_token(put)}:done"),))
    return tuple(rows)


def _token(put: Put) -> str:
    return f"exam:{put.exam.id}:{put.paper.item.place}"


def _clock(put: Put, voice: Voice) -> Paragraph:
    left = voice("exam-left", left=minutes(put.left))
    return paragraph(bold(f"{put.paper.number}/{put.total}"), f" · {left}")


def minutes(span: timedelta) -> str:
    """A span as minutes and seconds: `14:20`."""
    seconds = int(span.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"


def result(result: Result, bank: Bank, voice: Voice) -> Document:
    """The score and what it is made of, what was missed, and a plan for the weak spots."""
    exam = result.exam
    passed = bool(exam.passed)
    verdict = voice("exam-passed" if passed else "exam-failed", percent=result.percent, needed=PASS_PERCENT)
    body: list[Block] = [Heading((bold(("✅ " if passed else "❌ ") + verdict),))]
    spent = (exam.ended_at or exam.deadline) - exam.started_at
    time = voice("exam-time", spent=minutes(spent), given=minutes(exam.deadline - exam.started_at))
    body.append(paragraph(f"{voice('level-short', level=exam.level)} · {time}"))
    if passed:
        body.append(paragraph(_congratulation(result, voice)))
    if result.unanswered < result.total:
        rows = tuple((text(voice(f"exam-part-{part.of}")), text(_fraction(part, voice))) for part in result.parts)
        body.append(Table((text(voice("exam-part")), text(voice("exam-credit"))), rows))
    if result.unanswered:
        body.append(paragraph(voice("exam-unanswered", count=result.unanswered)))
    if result.missed:
        missed = tuple(block for paper in result.missed for block in _missed(exam, paper, voice))
        body.append(Details(voice("exam-missed", count=len(result.missed)), missed))
    body += _plan(result, bank, voice)
    return Document(tuple(body), _afterwards(result, voice))


def _congratulation(result: Result, voice: Voice) -> str:
    level = result.exam.level
    if level == result.level == HIGHEST_LEVEL:
        return voice("exam-highest")
    return voice("exam-level", passed=level, level=result.level)


def _fraction(share: Share, voice: Voice) -> str:
    return voice("exam-of", credit=round(share.credit, 1), total=share.total)


def _missed(exam: Exam, paper: Paper, voice: Voice) -> Sequence[Block]:
    """The question in short, and what would have been right."""
    truth, asked = paper.question.truth, asked_of(exam, paper)
    prompt = blocks(filled(paper.question.texts[voice.language].prompt, asked))
    first = prompt[0].spans if isinstance(prompt[0], Paragraph) else ()
    shown: list[Block] = [paragraph(bold(f"{paper.number}. "), *first), *prompt[1 if first else 0 :]]
    if truth.code:
        shown.append(CodeBlock(truth.code.strip("\n"), "python"))
    if truth.kind is Kind.RECALL:
        shown += [paragraph(voice("exam-unsaid")), Bullets(_unsaid(paper, voice))]
    else:
        shown.append(Paragraph((Text(voice("verdict-answer") + " "), *right_answer(asked, voice))))
    return shown


def _unsaid(paper: Paper, voice: Voice) -> tuple[Spans, ...]:
    checklist = points(paper.question, voice.language)
    return tuple(point for place, point in enumerate(checklist) if str(place) not in paper.item.picked)


def _plan(result: Result, bank: Bank, voice: Voice) -> Sequence[Block]:
    if not result.weak:
        return ()
    lines: list[tuple[Inline, ...]] = [
        text(bold(_name(spot.of, bank, voice)), f": {_fraction(spot, voice)}") for spot in result.weak
    ]
    return (
        Heading((bold(voice("exam-plan")),)),
        Bullets(tuple(lines), ordered=True),
        paragraph(voice("exam-plan-how")),
    )


def _afterwards(result: Result, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    plan = tuple(
        (
            Button(voice("exam-plan-card", number=number), f"card:{spot.of}"),
            Button(voice("exam-plan-ask", number=number), f"ask:topic:{spot.of}"),
        )
        for number, spot in enumerate(result.weak, 1)
    )
    return plan or ((Button(voice("button-ask"), "ask:next"),),)


def _name(competency: str, bank: Bank, voice: Voice) -> str:
    known = bank.competencies.get(competency)
    return known.name(voice.language) if known else competency
