"""The questions of the day for many learners at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from core.bank.model import Question
from core.study.asking import Asked, Study
from core.study.daily_store import DailyStore, Draft
from core.study.difficulty_store import Difficulties
from core.study.learner import Learner
from core.study.selection import WINDOW, Shelf, Wish

TRIED = WINDOW + 4
"""Due items looked at: some of them may have been asked a moment ago."""


@dataclass(frozen=True, slots=True)
class Asker:
    """A learner, and the chat in which they are asked."""

    learner: Learner
    platform: str
    chat: str


class DailyAsking:
    """Asks what is due, for a whole batch in a few queries; whoever has nothing due is asked as by `/ask`."""

    def __init__(
        self,
        study: Study,
        shelf: Shelf,
        store: DailyStore,
        difficulties: Difficulties,
        now: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._study = study
        self._shelf = shelf
        self._store = store
        self._difficulties = difficulties
        self._now = now
        self._random = random

    async def ask(self, askers: Sequence[Asker]) -> Sequence[Asked | None]:
        """A question each, in their order; None where there is nothing to ask."""
        questions = await self._due(askers)
        asked: dict[int, Asked | None] = {}
        drafts = [
            Draft(
                each.learner.id, each.platform, each.chat, question.id, each.learner.python, self._study.shown(question)
            )
            for place, each in enumerate(askers)
            if (question := questions.get(place))
        ]
        for place, sheet in zip(questions, await self._store.put(drafts, self._now()), strict=True):
            asked[place] = Asked(sheet, questions[place])
        for place, each in enumerate(askers):
            if place not in asked:
                asked[place] = await self._study.ask(each.learner, each.platform, each.chat, Wish())
        return [asked[place] for place in range(len(askers))]

    async def _due(self, askers: Sequence[Asker]) -> dict[int, Question]:
        """The longest overdue question of each that was not asked a moment ago, by the asker's place."""
        now, ids = self._now(), {each.learner.id for each in askers}
        due = await self._store.due(ids, now, TRIED)
        if not due:
            return {}
        recent = await self._store.recent(due.keys(), WINDOW)
        set_aside = await self._difficulties.asked_no_more()
        found: dict[int, Question] = {}
        for place, each in enumerate(askers):
            seen = recent.get(each.learner.id, ())
            blocked = {*(self._shelf.item(id) for id in seen), *set_aside}
            items = (item for item in due.get(each.learner.id, ()) if item not in blocked)
            drawn = (self._shelf.draw(item, each.learner.target, self._random, {*seen, *set_aside}) for item in items)
            question = next((one for one in drawn if one and one.truth.asked_on(each.learner.target)), None)
            if question:
                found[place] = question
        return found
