"""The daily question: its schedule, and what arrives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.bank.markdown import spans
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.letter import Letter, Stencil
from core.chat.presenters.dates import clock, days_named, moment, zone_named
from core.chat.presenters.options import has_letters, label, letter, lettered, named, stated
from core.chat.presenters.poll import poll
from core.chat.presenters.question import question
from core.chat.texts import Voice
from core.delivery.schedules import Schedule
from core.delivery.timetable import Occurrence
from core.document import (
    Block,
    Bullets,
    Button,
    Document,
    Heading,
    Paragraph,
    Text,
    bold,
    paragraph,
    plain_spans,
    text,
)
from core.study.asking import Asked
from core.study.group_asking import Looking, Posted

OFFERED = ("8:00", "9:00", "13:00", "19:00", "21:00")
"""Hours offered as buttons where there is no schedule yet."""


def offer(voice: Voice, private: bool) -> Document:
    """No schedule yet: hours to tap, and what can be typed."""
    buttons = tuple(Button(hour, f"daily:at:{hour}") for hour in OFFERED)
    said = paragraph(voice("daily-offer" if private else "daily-offer-group"))
    return Document((said, paragraph(voice("daily-example" if private else "daily-example-group"))), (buttons,))


def schedule(known: Schedule, coming: Sequence[Occurrence], voice: Voice, private: bool) -> Document:
    """When it comes, the next three, and what can be done about it."""
    timetable = known.order.timetable
    days, zone = days_named(timetable.days, voice), zone_named(timetable.zone, voice)
    when = voice("daily-when", days=days, time=clock(timetable.minute), zone=zone)
    body: list[Block] = [Heading(text(bold(voice("daily-title")))), paragraph(when)]
    if not private:
        body.append(paragraph(voice("daily-group-level", level=known.order.level, python=known.order.python)))
    moments = tuple(text(moment(each, voice, timetable.zone)) for each in coming)
    body += [paragraph(voice("daily-next")), Bullets(moments), paragraph(voice("daily-change"))]
    return Document(tuple(body), ((Button(voice("daily-now"), "daily:now"), Button(voice("daily-off"), "daily:off")),))


def private_letter(asked: Asked, bank: Bank, voice: Voice, missed: int) -> Letter:
    """A learner's own question of the day."""

    def draw(number: int) -> Document:
        numbered = replace(asked, sheet=replace(asked.sheet, id=number))
        put = question(numbered, bank, voice)
        return Document((_greeting(voice, missed), *put.blocks), put.buttons)

    key = (asked.sheet.question, asked.sheet.python, asked.sheet.shown, voice.language, missed)
    return Letter(Stencil(key, asked.sheet.id, draw))


def _greeting(voice: Voice, missed: int) -> Paragraph:
    words = [Text(voice("daily-hello"))]
    if missed:
        words += [Text("\n"), _excuse(voice, missed)]
    return Paragraph(tuple(words))


def _excuse(voice: Voice, missed: int) -> Text:
    return Text(voice("daily-missed", count=missed), italic=True)


def group_letter(posted: Posted, back: Looking | None, bank: Bank, voice: Voice, missed: int) -> Letter:
    """A chat's question of the day, opening with yesterday's answer."""
    asked = posted.asked
    looking_back = _look_back(back, voice, bank)
    body = (*looking_back, _greeting(voice, missed), *stated(asked, bank, voice), *lettered(asked, voice))
    opening = (*looking_back, *([Paragraph((_excuse(voice, missed),))] if missed else ()))
    return Letter(
        Document(body, _votes(asked, posted, voice)), poll(asked, voice, "🕘", posted.posting.id), Document(opening)
    )


def _votes(asked: Asked, posted: Posted, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    by_letter = has_letters(asked, voice)
    buttons = [
        Button(
            letter(asked, key) if by_letter else plain_spans(label(asked.question, key, voice)),
            f"vote:{posted.posting.id}:{place}",
        )
        for place, key in enumerate(asked.sheet.shown)
    ]
    width = 4 if by_letter else 2
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _look_back(back: Looking | None, voice: Voice, bank: Bank) -> tuple[Block, ...]:
    """How many knew yesterday's answer, what it was, and what most of the others believe."""
    if back is None or not back.tally.people:
        return ()
    answer = plain_spans(named(back.posted.asked, back.right_keys, voice))
    said = voice("daily-yesterday", right=back.tally.right, people=back.tally.people, answer=answer)
    return (paragraph(" ".join((said, *_common_mistake(back, bank, voice)))),)


def _common_mistake(back: Looking, bank: Bank, voice: Voice) -> Iterator[str]:
    """The wrong idea behind the option that misled most, else the option; of two, the other one says nothing."""
    question, key = back.posted.question, back.common_mistake
    if key is None:
        return
    marks = voice("quotation-marks")
    believed = next((option.misconception for option in question.truth.option if option.key == key), None)
    if believed and believed in bank.misconceptions:
        belief = plain_spans(spans(bank.misconceptions[believed].texts[voice.language].belief)).rstrip(".")
        yield voice("daily-mistake", belief=f"{marks[0]}{belief}{marks[1]}")
    elif question.truth.kind is not Kind.TRUTH:
        yield voice("daily-wrong-pick", option=f"{marks[0]}{plain_spans(label(question, key, voice))}{marks[1]}")
