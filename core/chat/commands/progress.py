"""`/progress`: what the learner knows, today, the streak, and a picture of all of it."""

import asyncio

import structlog

from core.chat.answer import Answer
from core.chat.classroom import Turn
from core.chat.pictures.chart import Chart
from core.chat.pictures.progress import draw
from core.chat.presenters.progress import progress_chart, progress_document

log = structlog.get_logger()


async def show_progress(turn: Turn, _arguments: str) -> Answer:
    """What the learner knows, in a few lines and a picture."""
    progress = await turn.room.study.progress(turn.learner)
    today = turn.learner.local(turn.room.now()).date()
    chart = progress_chart(progress, today, turn.room.bank, turn.voice)
    return Answer(progress_document(progress, chart, await _drawn(chart), turn.voice), personal=True)


async def _drawn(chart: Chart) -> bytes | None:
    """The picture; None when it cannot be drawn, whatever the reason: the words say the same without it."""
    try:
        return await asyncio.to_thread(draw, chart)
    except Exception as error:
        log.warning("picture_failed", picture="progress", error=type(error).__name__)
        return None
