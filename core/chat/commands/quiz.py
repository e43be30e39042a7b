"""`/quiz`: a game in a group, or alone against the clock."""

from dataclasses import replace

from core.chat.answer import Answer, Way
from core.chat.classroom import Turn
from core.chat.commands.ask import competency_of
from core.chat.commands.ordering import address_of
from core.chat.commands.quiz_lead import called, here, lead, number, refused
from core.chat.commands.quiz_league import every, off
from core.chat.presenters.card import hit_buttons
from core.chat.presenters.quiz.alone import get_ready
from core.chat.presenters.quiz.setup import FIELDS, choices, chosen, setup
from core.chat.presenters.remark import message, remark
from core.chat.quiz_stage import ALONE
from core.chat.quiz_words import LEVELS, ROUNDS, SECONDS, GameWish, OutOfRangeError, game_wish, verb_of
from core.document import Button, Document, paragraph
from core.quiz.model import Mode, Rules
from core.quiz.quizzes import BusyError, NoQuestionsError


async def quiz(turn: Turn, arguments: str) -> Answer:
    """A new game in any words, a short dialogue for none, or what to do with the game that runs."""
    words = arguments.strip(" .!")
    match verb_of(words):
        case None:
            return await _asked_for(turn, words) if words else await _offered(turn)
        case "every":
            return await every(turn, words)
        case "off":
            return await off(turn)
        case verb:
            return await _lead_here(turn, verb)


async def quiz_button(turn: Turn, rest: str) -> Answer:
    """`go`, `set` or `c:<field>` with a choice of rules; `rematch:<game>`, or another verb with a game."""
    verb, _, value = rest.partition(":")
    match verb:
        case "go" | "set":
            rules = _known(turn, value)
            if rules is None:
                return remark(turn.request, turn.voice("unknown-button"))
            return await _open(turn, rules) if verb == "go" else Answer(_dialogue(turn, rules), Way.EDIT)
        case "c":
            letter, _, state = value.partition(":")
            rules, field = _known(turn, state), next((each for each in FIELDS if each[0] == letter), None)
            if rules is None or field is None:
                return remark(turn.request, turn.voice("unknown-button"))
            return Answer(choices(field, rules, turn.room.bank, turn.voice), Way.EDIT)
        case "rematch":
            return await _rematch(turn, value)
        case _:
            return await lead(turn, verb, value)


def _known(turn: Turn, state: str) -> Rules | None:
    """The rules that a button carries, if there can be such a game."""
    rules = chosen(state)
    if rules is None or (rules.subject and rules.subject not in turn.room.bank.competencies):
        return None
    in_range = rules.level in LEVELS and rules.rounds in ROUNDS and rules.seconds in SECONDS
    return rules if in_range else None


def _dialogue(turn: Turn, rules: Rules) -> Document:
    return setup(rules, turn.room.bank, turn.voice, turn.request.place.private)


async def _offered(turn: Turn) -> Answer:
    """The dialogue; where a game runs already, the way into it."""
    running = await turn.room.quizzes.find(address_of(turn))
    if running is None:
        return Answer(_dialogue(turn, Rules(level=turn.learner.level)))
    join = Button(turn.voice("quiz-button-join"), f"quiz:join:{running.id}")
    return Answer(Document((paragraph(turn.voice("quiz-busy")),), () if turn.request.place.private else ((join,),)))


async def _asked_for(turn: Turn, words: str) -> Answer:
    try:
        wish = game_wish(words)
    except OutOfRangeError:
        return message(
            turn.voice("quiz-out-of-range", fewest=ROUNDS[0], most=ROUNDS[-1], shortest=SECONDS[0], longest=SECONDS[-1])
        )
    if turn.request.place.private and wish.mode in (Mode.TEAMS, Mode.LAST):
        return message(turn.voice("quiz-alone-only"))
    if not wish.topic:
        return await _open(turn, _rules(turn, wish, ""))
    found = turn.room.look_up.find(wish.topic)
    if found.hits:
        return await _open(turn, _rules(turn, wish, competency_of(turn, found.hits[0])))
    said = paragraph(turn.voice("quiz-unknown-topic", words=wish.topic[:60]))
    return Answer(Document((said,), tuple(hit_buttons(found.nearest, turn.room.bank, turn.voice))))


def _rules(turn: Turn, wish: GameWish, subject: str) -> Rules:
    usual = Rules()
    return Rules(
        subject,
        wish.level or turn.learner.level,
        wish.rounds or usual.rounds,
        wish.seconds or usual.seconds,
        wish.mode or usual.mode,
        usual.may_change if wish.may_change is None else wish.may_change,
    )


async def _open(turn: Turn, rules: Rules) -> Answer:
    """A lobby, which the chat is shown; alone, a moment to get ready."""
    address, name, language = address_of(turn), called(turn), turn.learner.language
    try:
        if turn.request.place.private:
            alone = replace(rules, mode=Mode.ALL)
            game = await turn.room.quizzes.open(address, turn.learner, name, alone, language, ALONE)
            return Answer(get_ready(game, turn.room.bank, turn.voice), Way.EDIT)
        await turn.room.quizzes.open(address, turn.learner, name, rules, language)
    except (BusyError, NoQuestionsError) as error:
        return refused(turn, error)
    return Answer(Document((paragraph(turn.voice("quiz-opened")),)), Way.EDIT, personal=True)


async def _rematch(turn: Turn, value: str) -> Answer:
    game = await here(turn, number(value))
    if game is None:
        return remark(turn.request, turn.voice("quiz-gone"))
    if turn.request.place.private:
        return replace(await _open(turn, game.rules), way=Way.NEW)
    try:
        await turn.room.quizzes.rematch(game.id, turn.learner, called(turn))
    except (BusyError, NoQuestionsError) as error:
        return refused(turn, error)
    return remark(turn.request, turn.voice("quiz-opened"))


async def _lead_here(turn: Turn, verb: str) -> Answer:
    """A verb that was typed: it is about the game that runs in this place."""
    running = await turn.room.quizzes.find(address_of(turn))
    if running is None:
        return message(turn.voice("quiz-none"))
    return replace(await lead(turn, verb, str(running.id)), personal=True)
