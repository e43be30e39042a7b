"""`/run`: a learner's program, its output, and what its memory looks like."""

import asyncio
from dataclasses import replace

from core.chat.answer import Answer, Way
from core.chat.awaiting import Awaited, Expectation
from core.chat.classroom import Turn
from core.chat.presenters.remark import remark
from core.chat.presenters.run import comparison, run_document
from core.chat.snippet_store import Kept
from core.chat.snippets import LONGEST_CODE, NoProgramError, TooLongError, Written, written
from core.document import Button, Document, Form, paragraph
from core.executor.model import Outcome, Run, Snippet, View
from core.executor.report.graph import NoPictureError, picture


async def run(turn: Turn, arguments: str) -> Answer:
    """Run the program in the message, its file or the message it answers; without one, ask for it."""
    try:
        program = written(arguments, turn.request.quoted, turn.request.files)
    except NoProgramError:
        return await _ask_for_program(turn)
    except TooLongError:
        return Answer(Document((paragraph(turn.voice("run-too-long", limit=LONGEST_CODE // 1024)),)))
    return await _kept_and_run(turn, program)


async def rerun(turn: Turn, arguments: str) -> Answer | None:
    """An edited message: run it again in place of its answer; None when nothing changed or it is too late."""
    try:
        program = written(arguments, turn.request.quoted, turn.request.files)
    except (NoProgramError, TooLongError):
        return None
    kept = await turn.room.snippets.replace(turn.learner.id, turn.request, program, turn.room.now())
    return replace(await _shown(turn, kept), way=Way.EDIT) if kept else None


async def _ask_for_program(turn: Turn) -> Answer:
    request = turn.request
    await turn.room.awaiting.expect(
        turn.learner.id,
        request.person.platform,
        request.place.chat,
        Expectation(Awaited.PROGRAM, ""),
        turn.room.now(),
    )
    form = Form(turn.voice("run-form-title"), turn.voice("run-form-label"), long=True)
    return Answer(Document((paragraph(turn.voice("run-ask")),), ((Button(turn.voice("run-write"), "run:new", form),),)))


async def run_button(turn: Turn, rest: str) -> Answer:
    """`new` with a dialog's text, `example:<competency>`, or `question:<id>`."""
    kind, _, name = rest.partition(":")
    if kind == "new":
        return await run(turn, getattr(turn.request.said, "text", None) or "")
    competency = turn.room.bank.competencies.get(name)
    if kind == "example" and competency and competency.example:
        return await _kept_and_run(turn, Written(competency.example))
    question = turn.room.study.question(name)
    if kind == "question" and question and question.truth.code:
        return await _kept_and_run(turn, Written(question.truth.code.strip("\n")))
    return remark(turn.request, turn.voice("unknown-button"))


async def view_button(turn: Turn, rest: str) -> Answer:
    """`<program>:<view>`: the same program, shown another way, in the same message."""
    number, _, view = rest.partition(":")
    kept = await _found(turn, number)
    if kept is None or view not in list(View):
        return remark(turn.request, turn.voice("run-gone"))
    shown = replace(kept.written, view=frozenset((View.memory, View(view))))
    return replace(await _shown(turn, Kept(kept.id, shown)), way=Way.EDIT)


async def compare_button(turn: Turn, number: str) -> Answer:
    """The same program on every interpreter found, differences marked."""
    kept = await _found(turn, number)
    if kept is None:
        return remark(turn.request, turn.voice("run-gone"))
    return replace(await _compared(turn, kept), way=Way.EDIT)


async def _found(turn: Turn, number: str) -> Kept | None:
    if not number.isdecimal() or len(number) > 18:
        return None
    return await turn.room.snippets.find(int(number), turn.learner.id)


async def _kept_and_run(turn: Turn, program: Written) -> Answer:
    keeping = turn.room.snippets.keep(turn.learner.id, turn.request, program, turn.room.now())
    if program.compare:
        return await _compared(turn, await keeping)
    kept, ran = await asyncio.gather(keeping, _run(turn, program, _wanted(turn, program)))
    return await _told(turn, kept, ran)


async def _shown(turn: Turn, kept: Kept) -> Answer:
    return await _told(turn, kept, await _run(turn, kept.written, _wanted(turn, kept.written)))


async def _told(turn: Turn, kept: Kept, ran: Run) -> Answer:
    return Answer(run_document(ran, kept, turn.voice, await _drawn(ran, kept.written)))


async def _drawn(ran: Run, program: Written) -> bytes | None:
    """The graph, where it was asked for and can be drawn."""
    if View.graph not in program.view or ran.report is None:
        return None
    try:
        return await asyncio.to_thread(picture, ran.report)
    except NoPictureError:
        return None


async def _compared(turn: Turn, kept: Kept) -> Answer:
    executor = turn.room.executor
    labels = sorted(({python.label for python in executor.pythons()} if executor else ()), key=_age)
    runs = [await _run(turn, kept.written, label) for label in labels]
    if not runs:
        return Answer(run_document(await _run(turn, kept.written, None), kept, turn.voice))
    return Answer(comparison(runs, kept, turn.voice))


def _age(label: str) -> tuple[int, bool]:
    return int(label.removesuffix("t").partition(".")[2]), label.endswith("t")


def _wanted(turn: Turn, program: Written) -> str | None:
    """The Python asked for, else the learner's own where it is here, else whatever is the default."""
    here = {python.label for python in turn.room.executor.pythons()} if turn.room.executor else set()
    return program.python or (turn.learner.python if turn.learner.python in here else None)


async def _run(turn: Turn, program: Written, python: str | None) -> Run:
    if turn.room.executor is None:
        return Run(outcome=Outcome.unavailable, reason="no_executor")
    return await turn.room.executor.run(_snippet(turn, program, python))


def snippet_of(turn: Turn, program: Written) -> Snippet:
    """A learner's program as the executor takes it, on their own Python where it is here."""
    return _snippet(turn, program, _wanted(turn, program))


def _snippet(turn: Turn, program: Written, python: str | None) -> Snippet:
    chat = f"{turn.request.person.platform}:{turn.request.place.chat}"
    return Snippet(program.code, python, program.stdin, program.view, str(turn.learner.id), chat)
