"""`/report`, `/export`, `/forget`: what is kept of a learner, and what they say of us."""

import json
from datetime import date, datetime

from core.chat.answer import Answer, Way
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Turn
from core.chat.commands import run
from core.chat.snippets import FENCE, NoProgramError, TooLongError, written
from core.document import Attachment, Button, Document, Form, paragraph
from core.study.evidence import Evidence, gather


async def report(turn: Turn, words: str) -> Answer:
    """Keep the words with the question asked last; without words, wait for them."""
    subject = await turn.room.study.last_question(turn.learner)
    return await _report(turn, subject, words)


async def report_button(turn: Turn, question: str) -> Answer:
    """«This is wrong» under a question: the dialog's text, or the next message."""
    subject = question if turn.room.study.knows(question) else ""
    return await _report(turn, subject, getattr(turn.request.said, "text", None) or "")


async def _report(turn: Turn, subject: str, words: str) -> Answer:
    if words.strip():
        return await keep_report(turn, subject, words)
    request = turn.request
    await turn.room.awaiting.expect(
        turn.learner.id,
        request.person.platform,
        request.place.chat,
        Expectation(Awaited.REPORT, subject),
        turn.room.now(),
    )
    form = Form(turn.voice("report-form-title"), turn.voice("report-form-label"), long=True)
    write = Button(turn.voice("button-write"), f"report:{subject}", form)
    return Answer(Document((paragraph(turn.voice("report-ask")),), ((write,),)), personal=True)


async def keep_report(turn: Turn, subject: str, words: str) -> Answer:
    """Keep a report and thank for it; a fenced program in it is run first, and its output goes along."""
    evidence = await _evidence(turn, words)
    learner = turn.learner
    number = await turn.room.reports.add(learner.id, subject, learner.python, words, turn.room.now(), evidence)
    thanks = [paragraph(turn.voice("report-thanks", number=number))]
    if evidence and evidence.output is not None:
        thanks.append(paragraph(turn.voice("report-ran")))
    return Answer(Document(tuple(thanks)), personal=True)


async def _evidence(turn: Turn, words: str) -> Evidence | None:
    if FENCE not in words:
        return None
    try:
        program = written(words, None, ())
    except (NoProgramError, TooLongError):
        return None
    return await gather(run.snippet_of(turn, program), turn.room.executor)


async def export(turn: Turn, _arguments: str) -> Answer:
    """Everything stored of the learner as a JSON file."""
    everything = await turn.room.learners.everything(turn.learner)
    content = json.dumps(everything, ensure_ascii=False, indent=2, default=_written).encode()
    file = Attachment(content, "kucha.json", "application/json")
    return Answer(Document((paragraph(turn.voice("export-done")), file)), personal=True)


def _written(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong into an export")


async def forget(turn: Turn, _arguments: str) -> Answer:
    """Ask whether to erase everything."""
    yes, no = (Button(turn.voice(f"forget-{word}"), f"forget:{word}") for word in ("yes", "no"))
    return Answer(Document((paragraph(turn.voice("forget-confirm")),), ((yes, no),)), personal=True)


async def forget_button(turn: Turn, word: str) -> Answer:
    """Erase everything, or nothing."""
    if word == "yes":
        await turn.room.learners.forget(turn.learner)
        return Answer(Document((paragraph(turn.voice("forget-done")),)), Way.EDIT, personal=True)
    return Answer(Document((paragraph(turn.voice("forget-kept")),)), Way.EDIT, personal=True)
