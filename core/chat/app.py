"""The tutor: from a request to an answer."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import PurePath
from time import monotonic
from traceback import extract_tb
from uuid import uuid4

import structlog

from core.bank.lookup import Hit, HitKind
from core.chat.answer import Answer
from core.chat.awaiting import Awaited
from core.chat.catalogue import CATALOGUE, Catalogue
from core.chat.classroom import Classroom, Handler, Turn
from core.chat.commands import (
    ask,
    daily,
    data,
    exam,
    explain,
    pause,
    progress,
    quiz,
    quiz_taps,
    run,
    settings,
    start,
    top,
)
from core.chat.presenters.card import hit_title
from core.chat.presenters.found import card_document, short_text
from core.chat.presenters.remark import message, remark
from core.chat.request import Command, Person, Platform, Press, Request, Words
from core.chat.texts import Voice
from core.chat.tutor import Suggestion
from core.delivery.chats import Chats
from core.delivery.pacing import Pace, Pacing
from core.study.group_asking import RepliedError, UnknownPostingError
from core.study.learner import language_of

log = structlog.get_logger()

COMMANDS: Mapping[str, Handler] = {
    "start": start.start,
    "help": start.help_,
    "explain": explain.explain,
    "ask": ask.ask,
    "daily": daily.daily,
    "run": run.run,
    "quiz": quiz.quiz,
    "exam": exam.exam,
    "progress": progress.show_progress,
    "top": top.top,
    "pause": pause.pause,
    "settings": settings.show_settings,
    "report": data.report,
    "export": data.export,
    "forget": data.forget,
}
"""What each command of the catalogue does."""

PRESSES: Mapping[str, Handler] = {
    "start": start.wizard,
    "card": explain.open_card,
    "question": explain.open_question,
    "ask": ask.ask_button,
    "daily": daily.daily_button,
    "vote": daily.vote,
    "hint": ask.show_hint,
    "pick": ask.pick,
    "done": ask.done,
    "type": ask.type_answer,
    "show": ask.show,
    "grade": ask.grade,
    "pause": pause.pause_button,
    "settings": settings.open_setting,
    "set": settings.set_setting,
    "run": run.run_button,
    "view": run.view_button,
    "compare": run.compare_button,
    "quiz": quiz.quiz_button,
    "tap": quiz_taps.tap,
    "exam": exam.exam_button,
    "top": top.top_button,
    "report": data.report_button,
    "forget": data.forget_button,
}
"""What each verb of a button's token does; what follows the first colon is handed over."""


class App:
    """The tutor behind every chat."""

    def __init__(self, room: Classroom, chats: Chats, pacing: Pacing) -> None:
        self._room = room
        self._chats = chats
        self._pacing = pacing
        self._playing = pacing.in_games()

    @property
    def catalogue(self) -> Catalogue:
        """The commands."""
        return CATALOGUE

    def description(self, message: str, language: str | None) -> str:
        """The interface text of that Fluent id."""
        return self._room.texts.say(language_of(language), message)

    async def handle(self, request: Request) -> Answer | None:
        """Answer a request; None where silence is right."""
        if request.edited and not _is_run(request):
            return None
        plays = isinstance(request.said, Press) and request.said.plays
        pacing = self._playing if plays else self._pacing
        match pacing.judge(request.person.platform, request.person.id, monotonic()):
            case Pace.SILENCE:
                return None
            case Pace.WARN:
                return remark(request, self._voice(request.person)("slow-down"))
        try:
            return await self._answered(request)
        except Exception as error:
            incident = uuid4().hex[:8]
            log.error("request_failed", incident=incident, said=_kind(request), **_trace(error))
            return message(self._voice(request.person)("broken", incident=incident))

    async def _answered(self, request: Request) -> Answer | None:
        person = request.person
        learner = await self._room.learners.meet(person.platform, person.id, person.language, self._room.now())
        turn = Turn(self._room, learner, request)
        match request.said:
            case Command(name, arguments):
                command = CATALOGUE.find(name)
                if command is None:
                    return (
                        message(turn.voice("unknown-command", name=_printable(name))) if request.place.private else None
                    )
                if request.edited:
                    return await run.rerun(turn, arguments)
                await self._room.awaiting.interrupt(learner.id, person.platform, request.place.chat)
                return await COMMANDS[command.name](turn, arguments)
            case Press(token):
                verb, _, rest = token.partition(":")
                handler = PRESSES.get(verb)
                return await handler(turn, rest) if handler else remark(request, turn.voice("unknown-button"))
            case Words(words):
                return await self._heard(turn, words)

    async def _heard(self, turn: Turn, words: str) -> Answer | None:
        """Plain words: an answer to a game, what was awaited, else in private a look-up, else somebody's chatter."""
        request = turn.request
        played = await quiz_taps.take_words(turn, words)
        if played is not None:
            return played
        awaited = await self._room.awaiting.take(
            turn.learner.id, request.person.platform, request.place.chat, self._room.now()
        )
        if awaited and awaited.kind is Awaited.ANSWER:
            return await ask.take_message(turn, awaited.subject, words)
        if awaited and awaited.kind is Awaited.REPORT:
            return await data.keep_report(turn, awaited.subject, words)
        if awaited and awaited.kind is Awaited.PROGRAM:
            return await run.run(turn, words)
        if awaited and awaited.kind is Awaited.EXAM:
            answered = await exam.take_message(turn, awaited.subject, words)
            if answered is not None:
                return answered
        if not request.place.private:
            return None
        if "```" in words:
            return await run.run(turn, words)
        if not words.strip():
            return message(turn.voice("unknown-words"))
        return await explain.explain(turn, words)

    async def suggest(self, query: str, person: Person, limit: int) -> tuple[Suggestion, ...]:
        """The best cards for what is typed so far; for nothing, the curriculum from its start."""
        voice = await self._known_voice(person)
        bank = self._room.bank
        if query.strip():
            found = self._room.look_up.complete(query, limit * 2)
            hits = [hit for hit in (*found.hits, *found.nearest) if hit.kind is not HitKind.QUESTION]
        else:
            hits = [Hit(HitKind.COMPETENCY, slug, 1.0) for slug in bank.competencies]
        suggestions = []
        for hit in hits[:limit]:
            card = card_document(hit.slug, bank, voice, self._room.runs)
            if card is not None:
                title, summary = hit_title(hit, bank, voice), short_text(hit, bank, voice)
                suggestions.append(Suggestion(hit.slug, title, summary, card))
        return tuple(suggestions)

    async def chat_moved(self, platform: Platform, old: str, new: str) -> None:
        """A chat got another id: everything kept under the old one follows it."""
        await self._chats.move(platform, old, new)
        log.info("chat_moved", platform=platform)

    async def chat_reachable(self, platform: Platform, chat: str, reachable: bool) -> None:
        """The tutor was blocked in, removed from, or let back into a chat."""
        now = self._room.now()
        await self._chats.mark(platform, chat, reachable, now)
        if reachable:
            await self._room.schedules.wake(platform, chat, now)
        else:
            await self._room.schedules.sleep(platform, chat)
            await self._room.quizzes.gone(platform, chat)

    async def poll_opened(self, posting: int, poll: str) -> None:
        """A platform's poll stands for a posting from now on."""
        await self._room.group_study.opened(posting, poll)

    async def voted(self, person: Person, poll: str, places: Sequence[int], at: datetime | None = None) -> bool:
        """A person has answered a poll; False where neither a game nor a posting is known behind it."""
        now = self._room.now()
        known = await self._room.learners.find(person.platform, person.id)
        quizzes = self._room.quizzes
        if known and await quizzes.answer_poll(person.platform, poll, known, places, at or now) is not None:
            return True
        try:
            posted = await self._room.group_study.of_poll(person.platform, poll)
        except UnknownPostingError:
            return False
        learner = await self._room.learners.meet(person.platform, person.id, person.language, now)
        with suppress(RepliedError):
            await self._room.group_study.reply(posted, learner, places)
        return True

    async def _known_voice(self, person: Person) -> Voice:
        learner = await self._room.learners.find(person.platform, person.id)
        return self._room.texts.in_language(learner.language) if learner else self._voice(person)

    def _voice(self, person: Person) -> Voice:
        return self._room.texts.in_language(language_of(person.language))


def _is_run(request: Request) -> bool:
    return isinstance(request.said, Command) and request.said.name.casefold() == "run"


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[:32]


def _trace(error: Exception) -> dict[str, object]:
    """What an operator needs of an error: its type and the way to it; never its message, which may quote a learner."""
    steps = [f"{PurePath(step.filename).name}:{step.lineno}" for step in extract_tb(error.__traceback__)]
    return {"error": type(error).__name__, "steps": steps}


def _kind(request: Request) -> str:
    """What kind of request it was, for the log: never its text."""
    match request.said:
        case Command(name):
            return f"/{name}" if CATALOGUE.find(name) else "unknown command"
        case Press(token):
            return f"press {token.partition(':')[0]}" if token.partition(":")[0] in PRESSES else "unknown press"
        case Words():
            return "words"
