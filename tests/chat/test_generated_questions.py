"""Generated questions in a conversation: asked, answered wrongly, refuted, reported."""

import pytest

from bot.wiring import Kucha
from core.bank.generators.registry import FAMILIES
from core.bank.generators.supply import Supply
from core.bank.markdown import spans
from core.bank.model import Question
from core.bank.wording import Language
from core.chat.request import Press
from core.document import plain_spans
from tests.chat.conversation import Conversation


def first_question(supply: Supply, slug: str) -> Question:
    """The first question of a family that is not skipped."""
    return next(question for seed in range(20) if (question := supply.question(f"gen-{slug}-{seed}")))


@pytest.mark.parametrize("language", list(Language))
async def test_a_wrong_tap_is_answered_with_the_belief_behind_it(kucha: Kucha, language: Language) -> None:
    supply, talk = Supply(), Conversation(kucha, language=language.value)
    bank = kucha.room.bank
    for family in FAMILIES:
        question = first_question(supply, family.slug)
        shown = await talk.send(Press(f"question:{question.id}"))
        assert "{" not in question.texts[language].prompt.replace("{python}", "")
        sheet = int(talk.buttons[0].token.split(":")[1])
        learner = await kucha.room.learners.find("telegram", talk.person)
        assert learner is not None
        asked = await kucha.room.study.open(sheet, learner)
        right = asked.question.right_keys(asked.python)
        wrong = next(key for key in asked.sheet.shown if key not in right)
        verdict = await talk.send(Press(f"pick:{sheet}:{asked.sheet.shown.index(wrong)}"))
        assert "❌" in verdict
        refutation = question.texts[language].options[wrong].comment
        if not refutation:
            named = next(option.misconception for option in question.truth.option if option.key == wrong)
            assert named is not None
            refutation = bank.misconceptions[named].texts[language].refutation
        assert plain_spans(spans(refutation)) in verdict, f"{question.id}: {shown}"


async def test_a_generated_question_can_be_reported(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    question = first_question(Supply(), "aliases")
    await talk.send(Press(f"question:{question.id}"))
    await talk.send(Press(f"report:{question.id}"))
    await talk.say("it prints something else here")
    kept = await kucha.room.reports.newest(1)
    assert [report.subject for report in kept] == [question.id]
