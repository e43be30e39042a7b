"""Questions made of a draft and of what CPython answered."""

from collections.abc import Mapping

from core.bank.generators.family import Draft, Family, Wrong
from core.bank.generators.phrases import Phrases
from core.bank.model import OptionText, Question, QuestionText
from core.bank.truth import Kind, OptionTruth, QuestionTruth
from core.bank.versions import TAUGHT
from core.bank.wording import Language

FEWEST_OPTIONS = 3
MOST_OPTIONS = 5

SHARED = "generated"
"""The message with the words that all families share."""


def build(family: Family, seed: int, answers: Mapping[str, str], phrases: Phrases) -> Question | None:
    """The question of a seed; None where its beliefs leave too few options.

    `answers` are the outputs by version label (`3.14`). A version without one does not ask the question.
    """
    draft = family.draft(seed)
    beliefs = _beliefs(draft, answers)
    if family.kind is Kind.SINGLE and len(beliefs) < FEWEST_OPTIONS:
        return None
    truth = _truth(family, seed, draft, beliefs, answers)
    texts = {language: _text(truth, family.slug, draft, beliefs, phrases, language) for language in Language}
    return Question(truth, family.competency, texts)


def _beliefs(draft: Draft, answers: Mapping[str, str]) -> dict[str, Wrong | None]:
    """The options' values and the belief behind each; what CPython printed somewhere is always among them."""
    tempting: dict[str, Wrong] = {}
    for wrong in draft.wrong:
        tempting.setdefault(wrong.value, wrong)
    printed = dict.fromkeys(answers.values())
    values = [*printed, *(value for value in tempting if value not in printed)][: max(MOST_OPTIONS, len(printed))]
    return {value: tempting.get(value) for value in sorted(values)}


def _truth(
    family: Family, seed: int, draft: Draft, beliefs: Mapping[str, Wrong | None], answers: Mapping[str, str]
) -> QuestionTruth:
    record: dict[str, object] = {
        "id": family.question_id(seed),
        "kind": family.kind,
        "level": family.level,
        "skill": family.skill,
        "claims": family.claims,
        "python": versions(set(answers)) if set(answers) != set(TAUGHT) else ">=3.11",
        "code": draft.code or None,
        "probe": draft.probe or None,
    }
    right = {
        value: right_in({label for label in answers if answers[label] == value}, answers)
        for value in set(answers.values())
    }
    if draft.claimed is not None:
        record["right"] = right.get(draft.claimed.value, False)
    else:
        record["option"] = [
            _option(f"option-{number}", value, wrong, right.get(value, False))
            for number, (value, wrong) in enumerate(beliefs.items(), 1)
        ]
    return QuestionTruth.model_validate(record)


def _option(key: str, value: str, wrong: Wrong | None, right: bool | str) -> OptionTruth:
    """An option; a belief that gives the right answer in every version is no wrong idea here and is not named."""
    misconception = wrong.misconception if wrong and right is not True else None
    return OptionTruth(key=key, value=value, right=right, misconception=misconception)


def right_in(labels: set[str], answers: Mapping[str, str]) -> bool | str:
    """Where an answer is right: everywhere, nowhere, or a version set."""
    if len(labels) in (0, len(answers)):
        return bool(labels)
    return versions(labels)


def versions(labels: set[str]) -> str:
    """The version set that holds for these of the taught versions and for no other."""
    places = sorted(TAUGHT.index(label) for label in labels)
    first, last = places[0], places[-1]
    bounds = [f">={TAUGHT[first]}"] if first else []
    bounds += [f"!={TAUGHT[place]}.*" for place in range(first, last) if place not in places]
    bounds += [f"<{TAUGHT[last + 1]}"] if last + 1 < len(TAUGHT) else []
    return ",".join(bounds)


def _text(
    truth: QuestionTruth,
    slug: str,
    draft: Draft,
    beliefs: Mapping[str, Wrong | None],
    phrases: Phrases,
    language: Language,
) -> QuestionText:
    def refuted(wrong: Wrong | None) -> str:
        if wrong is None or not (wrong.slip or wrong.misconception):
            return phrases.say(language, SHARED, "elsewhere", {})
        name = f"not-{wrong.slip or wrong.misconception}"
        if wrong.slip or phrases.has(language, slug, name):
            return phrases.say(language, slug, name, draft.facts)
        return ""

    if phrases.has(language, slug, "prompt"):
        prompt = phrases.say(language, slug, "prompt", draft.facts)
    elif draft.claimed is not None:
        prompt = phrases.say(language, SHARED, "claimed", {"claimed": draft.claimed.value})
    else:
        prompt = phrases.say(language, SHARED, "prints", {})
    if draft.claimed is not None:
        disproved = OptionText("", refuted(draft.claimed))
        options = {"true": disproved, "false": OptionText("", phrases.say(language, SHARED, "printed", {}))}
    else:
        options = {
            option.key: OptionText(value, "" if option.right is True else refuted(wrong), literal=True)
            for option, (value, wrong) in zip(truth.option, beliefs.items(), strict=True)
        }
    return QuestionText(prompt, options, phrases.say(language, slug, "why", draft.facts))
