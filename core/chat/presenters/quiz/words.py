"""Words that the screens of a quiz share: what is played, who plays, points."""

from collections.abc import Iterable, Sequence

from core.bank.model import Bank
from core.chat.presenters.names import fitted
from core.chat.texts import Voice
from core.document import Heading, bold, text
from core.quiz.model import Mode, Player, Rules
from core.quiz.scoring import BASE, LONGEST_STREAK, SPEED, STREAK, WEIGHT

LISTED = 12
"""Names in a row; more are counted."""


def title(rules: Rules, bank: Bank, voice: Voice) -> Heading:
    """What is played: `Quiz: weak references · level 2`."""
    return Heading(
        text("🏁 ", bold(f"{voice('quiz-title')}: {subject(rules, bank, voice)}"), f" · {level(rules, voice)}")
    )


def subject(rules: Rules, bank: Bank, voice: Voice) -> str:
    """The topic's name."""
    known = bank.competencies.get(rules.subject)
    if known:
        return known.name(voice.language)
    return rules.subject or voice("quiz-everything")


def level(rules: Rules, voice: Voice) -> str:
    """The level, in short."""
    return voice("level-short", level=rules.level)


def frame(rules: Rules, voice: Voice) -> str:
    """How many rounds, and how long they are."""
    return voice("quiz-frame", rounds=rules.rounds, seconds=rules.seconds)


def scoring(rules: Rules, voice: Voice) -> str:
    """The rule in one sentence, or how a team wins in another."""
    if rules.mode is Mode.LAST:
        return voice("quiz-how-last")
    weight = WEIGHT[rules.level]
    least, most = round(weight * BASE), round(weight * (BASE + SPEED))
    said = voice("quiz-scoring", least=least, most=most, streak=STREAK * LONGEST_STREAK)
    return f"{said} {voice('quiz-how-teams')}" if rules.mode is Mode.TEAMS else said


def changes(rules: Rules, voice: Voice) -> str:
    """Whether an answer may be changed."""
    return voice("quiz-changes-yes" if rules.may_change else "quiz-changes-no")


def named(player: Player, voice: Voice) -> str:
    """A player's name."""
    return fitted(player.name) or voice("quiz-nameless")


def names(players: Iterable[Player], voice: Voice) -> str:
    """Players in a row, and how many more there are."""
    return listed([named(player, voice) for player in players], voice)


def listed(shown: Sequence[str], voice: Voice) -> str:
    """Names in a row, and how many more there are."""
    row, more = ", ".join(shown[:LISTED]), len(shown) - LISTED
    return f"{row} {voice('quiz-and-more', count=more)}" if more > 0 else row


def team(number: int, voice: Voice) -> str:
    """What a team is called."""
    return voice(f"quiz-team-{number}")


def points(score: float, voice: Voice) -> str:
    """A score as it is written in the language."""
    return voice("quiz-points", score=round(score))
