"""What a quiz shows is within every platform's limits, and names ping nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.discord.renderer import render as on_discord
from bot.platforms.telegram.outgoing import Passage
from bot.platforms.telegram.polls import fits
from bot.platforms.telegram.renderer import render as on_telegram
from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.bank.wording import Language
from core.chat.presenters.quiz.final import board, final_document
from core.chat.presenters.quiz.lobby import lobby
from core.chat.presenters.quiz.reveal import reveal_document
from core.chat.presenters.quiz.round import closed_document, round_document, round_letter
from core.chat.presenters.quiz.setup import FIELDS, choices, chosen, setup
from core.chat.texts import Texts, Voice
from core.delivery.schedules import Address
from core.document import Document
from core.quiz.drawing import KINDS
from core.quiz.model import Final, Gain, Game, Mode, Phase, Player, Put, Reveal, Round, Rules
from core.quiz.putting import asked_of
from core.quiz.scoring import ranked, team_scores
from tests.contract.telegram_limits import check_text, detected_links

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAMES = (
    "@everyone",
    "<@1> @here @durov",
    "t.me/spam",
    "**bold** `code` [x](https://evil.example)",
    "أحمد",
    "",
    "n" * 64,
)
CROWD = tuple(
    Player(number, name, 1 + number % 2, score=5000 - 100 * number, right=2, best_streak=4)
    for number, name in enumerate(NAMES * 20, 1)
)


@pytest.fixture(params=list(Language))
def voice(request: pytest.FixtureRequest) -> Voice:
    language: Language = request.param
    return Texts().in_language(language)


def game(voice: Voice, mode: Mode = Mode.ALL, phase: Phase = Phase.LOBBY) -> Game:
    address, rules = Address("telegram", "-1"), Rules("memory-profiling-basics", 2, 20, 120, mode)
    until = NOW + timedelta(seconds=40)
    return Game(10**9, address, 1, rules, voice.language, "3.14", phase, 20, until, NOW, lobby="5")


def put(voice: Voice, question: Question) -> Put:
    here = game(voice, phase=Phase.OPEN)
    round = Round(here.id, 20, question.id, question.keys(), "6", None, NOW)
    return Put(here, round, question, asked_of(here, round, question))


def asked(bank: Bank) -> list[Question]:
    python = Python.named("3.14")
    return [each for each in bank.questions.values() if each.truth.kind in KINDS and each.truth.asked_on(python)]


def revealed(put: Put) -> Reveal:
    question, python = put.question, put.asked.python
    picks = {key: place for place, key in enumerate(question.keys())} or {"@everyone https://evil.example": 3, "42": 1}
    gains = tuple((place, Gain(player, 800, True, True)) for place, player in ranked(Mode.ALL, CROWD))
    return Reveal(put, question.right_keys(python), question.truth.answer(python), picks, 90, 40, gains, False)


def alone(put: Put) -> Reveal:
    """A wrong answer of the only player."""
    keys = put.question.keys()
    given = " ".join(reversed(keys)) if put.question.truth.kind is Kind.ORDER else keys[-1] if keys else "@durov"
    reveal = revealed(put)
    gain = Gain(CROWD[0], 0, True, False)
    return replace(reveal, picks={given: 1}, answered=1, right=0, standing=((1, gain),))


def check(document: Document, in_one: bool = True) -> None:
    """Both platforms show it, in one message, without a mention or a link."""
    messages = on_telegram(document)
    assert not in_one or len(messages) == 1
    for message in messages:
        if isinstance(message, Passage):
            assert not in_one or len(message.texts) == 1
            for text in message.texts:
                entities = [entity.model_dump(exclude_none=True) for entity in text.entities()]
                check_text(text.text, entities)
                assert detected_links(text.text, entities) == []
    sent = on_discord(document)
    assert not in_one or len(sent) == 1
    for each in sent:
        assert each.content == ""


@pytest.mark.parametrize("mode", list(Mode))
def test_lobbies_and_ends_with_a_crowd(bank: Bank, voice: Voice, mode: Mode) -> None:
    for players in ((), CROWD[:1], CROWD):
        check(lobby(game(voice, mode), players, bank, voice, NOW))
        check(lobby(game(voice, mode, Phase.WAITING), players, bank, voice, NOW, "America/Argentina/Buenos_Aires"))
        teams = team_scores(players) if mode is Mode.TEAMS else ()
        titles = {player.learner: ("flawless", "streak") for player in players}
        missed = tuple((question, 0.9) for question in asked(bank)[:5])
        over = game(voice, mode, Phase.OVER)
        final = Final(over, tuple(ranked(mode, players)), teams, missed, titles, {1: (1000, 12)}, False)
        check(final_document(final, None, bank, voice))
        assert (board(final, bank, voice) is None) == (len(players) < 2)


def test_every_question_of_the_bank_can_be_played(bank: Bank, voice: Voice) -> None:
    polls = 0
    for question in asked(bank):
        one = put(voice, question)
        check(round_document(one, bank, voice, 3, 7))
        check(closed_document(one, bank, voice, 3))
        check(reveal_document(revealed(one), bank, voice, runs=True))
        check(reveal_document(alone(one), bank, voice, runs=True))
        letter = round_letter(one, bank, voice)
        assert (letter.poll is not None) == (question.truth.kind in (Kind.SINGLE, Kind.TRUTH))
        polls += letter.poll is not None and fits(letter.poll)
    assert polls > 100


def test_the_dialogue_fits_and_keeps_every_choice(bank: Bank, voice: Voice) -> None:
    rules = Rules("memory-profiling-basics", 3, 15, 60, Mode.LAST, True)
    for alone in (False, True):
        document = setup(rules, bank, voice, alone)
        check(document)
        tokens = [button.token for row in document.buttons for button in row]
        assert {chosen(token.rpartition(":")[2]) for token in tokens} == {rules}
    for field in FIELDS:
        document = choices(field, rules, bank, voice)
        check(document)
        states = [chosen(button.token.removeprefix("quiz:set:")) for row in document.buttons for button in row]
        assert rules in states
        assert len(set(states)) == len(states)


def test_the_longest_slug_fits_a_button(bank: Bank, voice: Voice) -> None:
    document = setup(Rules("s" * 40, 3, 20, 120, Mode.LAST, True), bank, voice, alone=False)
    assert max(len(button.token) for row in document.buttons for button in row) <= 64
