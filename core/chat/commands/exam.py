"""`/exam`: a mock interview, question after question in one message."""

from dataclasses import replace

from core.bank.truth import Kind
from core.chat.answer import Answer, Way
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Turn
from core.chat.presenters import exam as presented
from core.chat.presenters.options import TYPED
from core.chat.presenters.remark import remark
from core.chat.request import Press
from core.document import Document, paragraph
from core.study.exam import Result, points
from core.study.examining import (
    EndedExamError,
    ExamError,
    ForeignExamError,
    PassedQuestionError,
    Put,
    Stage,
    UnknownExamError,
)

LEVELS = ("1", "2", "3")


async def exam(turn: Turn, arguments: str) -> Answer:
    """What comes, or where the running exam is; `arguments` may name a level."""
    level = arguments.strip() or str(turn.learner.level)
    if level not in LEVELS:
        return _said(turn, "exam-unknown-level")
    running = await turn.room.examining.running(turn.learner)
    if isinstance(running, Result):
        return await _shown(turn, running, Way.NEW)
    if running:
        return Answer(presented.running(running, turn.voice), personal=True)
    questions = await turn.room.examining.size(turn.learner, int(level))
    if not questions:
        return _said(turn, "exam-nothing")
    return Answer(presented.intro(int(level), turn.learner.python, questions, turn.voice), personal=True)


async def exam_button(turn: Turn, rest: str) -> Answer:
    """`start:<level>`, `continue:<exam>`, `stop:<exam>`, or `<exam>:<place of the question>:<what>`."""
    verb, _, value = rest.partition(":")
    try:
        match verb:
            case "start" if value in LEVELS:
                return await _start(turn, int(value))
            case "continue":
                return await _shown(turn, await turn.room.examining.look(turn.learner, _number(value)))
            case "stop":
                return await _shown(turn, await turn.room.examining.stop(turn.learner, _number(value)))
            case _:
                return await _tap(turn, _number(verb), value)
    except ExamError as error:
        return _refused(turn, error)


async def take_message(turn: Turn, subject: str, words: str) -> Answer | None:
    """A message that was awaited as an answer; None when the question has its answer and nothing is awaited."""
    number, _, place = subject.partition(":")
    try:
        stage = await turn.room.examining.open(turn.learner, _number(number), _number(place))
        if isinstance(stage, Put) and stage.question.truth.kind is Kind.RECALL:
            return Answer(presented.checklist(stage, turn.room.bank, turn.voice), personal=True)
        if isinstance(stage, Put):
            stage = await turn.room.examining.answer_typed(stage, turn.learner, words)
        return await _shown(turn, stage, Way.NEW)
    except ExamError:
        return None


async def _start(turn: Turn, level: int) -> Answer:
    request = turn.request
    stage = await turn.room.examining.start(turn.learner, request.person.platform, request.place.chat, level)
    return await _shown(turn, stage) if stage else _said(turn, "exam-nothing")


async def _tap(turn: Turn, number: int, rest: str) -> Answer:
    """`<place>:<what>`: a place among the options or points, `done`, `type`, or `show`."""
    place, _, what = rest.partition(":")
    try:
        stage = await turn.room.examining.open(turn.learner, number, _number(place))
    except EndedExamError:
        stage = await turn.room.examining.look(turn.learner, number)
    if isinstance(stage, Result):
        return await _shown(turn, stage)
    kind = stage.question.truth.kind
    match what:
        case "show" if kind is Kind.RECALL:
            return Answer(presented.checklist(stage, turn.room.bank, turn.voice), Way.EDIT, personal=True)
        case "type" if kind in TYPED:
            return await _type(turn, stage)
        case "done" if kind in (Kind.MULTIPLE, Kind.ORDER, Kind.RECALL):
            return await _done(turn, stage)
        case _ if what.isdecimal() and len(what) < 3:
            return await _pick(turn, stage, int(what))
        case _:
            return _said(turn, "sheet-option")


async def _type(turn: Turn, put: Put) -> Answer:
    """The dialog's text is the answer; where there is no dialog, the next message will be."""
    said = turn.request.said
    typed = said.text if isinstance(said, Press) else None
    if typed and typed.strip():
        return await _shown(turn, await turn.room.examining.answer_typed(put, turn.learner, typed))
    await _expect(turn, put)
    return Answer(Document((paragraph(turn.voice("ask-write")),)), personal=True)


async def _done(turn: Turn, put: Put) -> Answer:
    if put.question.truth.kind is Kind.RECALL:
        return await _shown(turn, await turn.room.examining.answer_told(put, turn.learner))
    picked = put.paper.item.picked
    if not picked:
        return _said(turn, "ask-pick-something")
    return await _shown(turn, await turn.room.examining.answer_keys(put, turn.learner, picked))


async def _pick(turn: Turn, put: Put, place: int) -> Answer:
    """An option: the answer itself, one tick of several, the next item of an order; or a point that was said."""
    examining, kind = turn.room.examining, put.question.truth.kind
    if kind is Kind.RECALL:
        if place >= len(points(put.question, turn.learner.language)):
            return _said(turn, "sheet-option")
        return Answer(
            presented.checklist(await examining.tick(put, str(place)), turn.room.bank, turn.voice),
            Way.EDIT,
            personal=True,
        )
    shown = put.paper.item.shown
    if place >= len(shown):
        return _said(turn, "sheet-option")
    if kind in (Kind.SINGLE, Kind.TRUTH):
        return await _shown(turn, await examining.answer_keys(put, turn.learner, (shown[place],)))
    put = await examining.tick(put, shown[place])
    picked = put.paper.item.picked
    if kind is Kind.ORDER and len(picked) == len(shown):
        return await _shown(turn, await examining.answer_keys(put, turn.learner, picked))
    return await _shown(turn, put)


async def _shown(turn: Turn, stage: Stage, way: Way = Way.EDIT) -> Answer:
    room = turn.room
    if isinstance(stage, Result):
        return Answer(presented.result(stage, room.bank, turn.voice), way, personal=True)
    if stage.question.truth.kind in (Kind.RECALL, *TYPED):
        await _expect(turn, stage)
    return Answer(presented.question(stage, room.bank, turn.voice), way, personal=True)


async def _expect(turn: Turn, put: Put) -> None:
    request = turn.request
    await turn.room.awaiting.expect(
        turn.learner.id,
        request.person.platform,
        request.place.chat,
        Expectation(Awaited.EXAM, f"{put.exam.id}:{put.paper.item.place}"),
        turn.room.now(),
    )


def _number(written: str) -> int:
    """A number of a token. Raises UnknownExamError for anything else."""
    if not written.isdecimal() or len(written) > 18:
        raise UnknownExamError(written)
    return int(written)


def _refused(turn: Turn, error: ExamError) -> Answer:
    reasons = {ForeignExamError: "exam-foreign", PassedQuestionError: "exam-answered"}
    return _said(turn, reasons.get(type(error), "exam-unknown"))


def _said(turn: Turn, said: str) -> Answer:
    """A notice at the button where one was tapped, a message otherwise."""
    return replace(remark(turn.request, turn.voice(said)), personal=True)
