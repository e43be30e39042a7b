"""`/ask`: a question, its buttons, the verdict."""

from core.bank.lookup import Hit, HitKind
from core.bank.truth import Kind
from core.chat.answer import Answer, Way
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Turn
from core.chat.presenters.card import hit_buttons
from core.chat.presenters.hint import hint
from core.chat.presenters.options import TYPED
from core.chat.presenters.question import question, revealed
from core.chat.presenters.remark import message, remark
from core.chat.presenters.verdict import verdict
from core.document import Document, paragraph
from core.study.asking import (
    AnsweredSheetError,
    Asked,
    ForeignSheetError,
    SheetError,
    UnknownSheetError,
    Verdict,
)
from core.study.memory import Grade
from core.study.selection import Wish


async def ask(turn: Turn, arguments: str) -> Answer:
    """The next question; `arguments` may name a level (1 to 3) and a topic, in any order."""
    words = arguments.split()
    level = next((int(word) for word in words if word in ("1", "2", "3")), None)
    topic = " ".join(word for word in words if word not in ("1", "2", "3"))
    if not topic:
        return await _put(turn, Wish(level))
    found = turn.room.look_up.find(topic)
    slugs = [competency_of(turn, hit) for hit in found.hits]
    if slugs:
        return await _put(turn, Wish(level, slugs[0]))
    echoed = topic if len(topic) <= 60 else topic[:60] + "…"
    said = paragraph(turn.voice("ask-unknown-topic", words=echoed))
    return Answer(Document((said,), tuple(hit_buttons(found.nearest, turn.room.bank, turn.voice))))


def competency_of(turn: Turn, hit: Hit) -> str:
    """The slug of the competency that something found belongs to."""
    match hit.kind:
        case HitKind.TERM:
            return turn.room.bank.terms[hit.slug].competency
        case HitKind.QUESTION:
            return turn.room.bank.questions[hit.slug].competency
        case HitKind.COMPETENCY:
            return hit.slug


async def ask_button(turn: Turn, rest: str) -> Answer:
    """`next`, or `topic:<slug>`."""
    kind, _, slug = rest.partition(":")
    return await _put(turn, Wish(topic=slug) if kind == "topic" else Wish())


async def ask_question(turn: Turn, id: str) -> Answer:
    """That very question."""
    request = turn.request
    asked = await turn.room.study.ask_exactly(turn.learner, request.person.platform, request.place.chat, id)
    return await _shown(turn, asked) if asked else _said(turn, "sheet-unknown")


async def _put(turn: Turn, wish: Wish) -> Answer:
    request = turn.request
    asked = await turn.room.study.ask(turn.learner, request.person.platform, request.place.chat, wish)
    return await _shown(turn, asked) if asked else _said(turn, "ask-nothing")


async def _shown(turn: Turn, asked: Asked) -> Answer:
    if asked.question.truth.kind in TYPED:
        await _expect(turn, asked)
    return Answer(question(asked, turn.room.bank, turn.voice))


async def _expect(turn: Turn, asked: Asked) -> None:
    request = turn.request
    await turn.room.awaiting.expect(
        turn.learner.id,
        request.person.platform,
        request.place.chat,
        Expectation(Awaited.ANSWER, str(asked.sheet.id)),
        turn.room.now(),
    )


async def show_hint(turn: Turn, sheet: str) -> Answer:
    """Help with an open question, which is noted; it stays to be answered."""
    try:
        asked = await _opened(turn, sheet)
        document = hint(asked, turn.room.bank, turn.voice)
        if document is None:
            return _said(turn, "hint-none")
        await turn.room.study.help(asked)
        return Answer(document, personal=True)
    except SheetError as error:
        return _refused(turn, error)


async def pick(turn: Turn, rest: str) -> Answer:
    """`<sheet>:<place of the option>`: the answer itself, or one tick of several."""
    sheet, _, place = rest.partition(":")
    try:
        asked = await _opened(turn, sheet)
        if not (place.isdecimal() and int(place) < len(asked.sheet.shown)):
            return _said(turn, "sheet-option")
        key = asked.sheet.shown[int(place)]
        if asked.question.truth.kind in (Kind.SINGLE, Kind.TRUTH):
            return _judged(turn, await turn.room.study.answer_keys(asked, turn.learner, (key,)))
        asked = await turn.room.study.pick(asked, key)
        if asked.question.truth.kind is Kind.ORDER and len(asked.sheet.picked) == len(asked.sheet.shown):
            return _judged(turn, await turn.room.study.answer_keys(asked, turn.learner, asked.sheet.picked))
        return Answer(question(asked, turn.room.bank, turn.voice), Way.EDIT)
    except SheetError as error:
        return _refused(turn, error)


async def done(turn: Turn, sheet: str) -> Answer:
    """The picks so far are the answer."""
    try:
        asked = await _opened(turn, sheet)
        if not asked.sheet.picked:
            return _said(turn, "ask-pick-something")
        return _judged(turn, await turn.room.study.answer_keys(asked, turn.learner, asked.sheet.picked))
    except SheetError as error:
        return _refused(turn, error)


async def type_answer(turn: Turn, sheet: str) -> Answer:
    """The dialog's text is the answer; where there is no dialog, the next message will be."""
    press = turn.request.said
    typed = getattr(press, "text", None)
    try:
        asked = await _opened(turn, sheet)
        if typed is None or not typed.strip():
            await _expect(turn, asked)
            return message(turn.voice("ask-write"))
        return _judged(turn, await turn.room.study.answer_typed(asked, turn.learner, typed))
    except SheetError as error:
        return _refused(turn, error)


async def take_message(turn: Turn, sheet: str, words: str) -> Answer:
    """A message that was awaited as the answer."""
    try:
        asked = await _opened(turn, sheet)
        judged = _judged(turn, await turn.room.study.answer_typed(asked, turn.learner, words))
        return Answer(judged.document)
    except SheetError as error:
        return _refused(turn, error)


async def show(turn: Turn, sheet: str) -> Answer:
    """Reveal what was to be recalled."""
    try:
        return Answer(revealed(await _opened(turn, sheet), turn.room.bank, turn.voice), Way.EDIT)
    except SheetError as error:
        return _refused(turn, error)


async def grade(turn: Turn, rest: str) -> Answer:
    """`<sheet>:<grade>`: the learner's own grade."""
    sheet, _, given = rest.partition(":")
    if given not in {str(int(grade)) for grade in Grade}:
        return _said(turn, "sheet-option")
    try:
        asked = await _opened(turn, sheet)
        return _judged(turn, await turn.room.study.grade(asked, turn.learner, Grade(int(given))))
    except SheetError as error:
        return _refused(turn, error)


async def _opened(turn: Turn, sheet: str) -> Asked:
    if not sheet.isdecimal() or len(sheet) > 18:
        raise UnknownSheetError(sheet)
    return await turn.room.study.open(int(sheet), turn.learner)


def _judged(turn: Turn, judged: Verdict) -> Answer:
    document = verdict(judged, turn.room.bank, turn.voice, turn.learner, turn.room.now(), turn.room.runs)
    return Answer(document, Way.EDIT)


def _refused(turn: Turn, error: SheetError) -> Answer:
    reasons = {ForeignSheetError: "sheet-foreign", AnsweredSheetError: "sheet-answered"}
    return _said(turn, reasons.get(type(error), "sheet-unknown"))


def _said(turn: Turn, text: str) -> Answer:
    return remark(turn.request, turn.voice(text))
