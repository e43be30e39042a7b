"""A question for a whole chat: everybody answers once, and each answer counts for who gave it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from core.bank.model import Bank, Question
from core.bank.truth import Kind
from core.bank.versions import Python
from core.storage.database import Database
from core.study.asking import Asked, Study, Verdict
from core.study.difficulty_store import Difficulties
from core.study.learner import Learner
from core.study.marking import mark_keys
from core.study.posting_store import Posting, PostingStore, Tally
from core.study.store import Sheet, StudyStore

KINDS = (Kind.SINGLE, Kind.TRUTH)
"""What one tap can answer."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting with its question."""

    posting: Posting
    question: Question

    @property
    def asked(self) -> Asked:
        """The question as it stands before everybody: on a sheet that nobody has written on."""
        posting = self.posting
        sheet = Sheet(
            id=posting.id,
            learner=0,
            chat=posting.chat,
            question=posting.question,
            python=posting.python,
            shown=posting.shown,
            picked=(),
            asked_at=posting.posted_at,
            answered_at=None,
            right=None,
        )
        return Asked(sheet, self.question)


@dataclass(frozen=True, slots=True)
class Looking:
    """Back at a posting: its question, and how it was answered."""

    posted: Posted
    tally: Tally

    @property
    def right_keys(self) -> tuple[str, ...]:
        """What was right."""
        return self.posted.question.right_keys(self.posted.asked.python)

    @property
    def common_mistake(self) -> str | None:
        """The key of the wrong option that was picked most; None when nobody picked one."""
        wrong = {key: count for key, count in self.tally.picks.items() if key not in self.right_keys}
        return max(wrong, key=lambda key: wrong[key], default=None)


class UnknownPostingError(Exception):
    """There is no such posting, or its question has left the bank."""


class RepliedError(Exception):
    """This person has replied; a second reply does not count."""


class GroupStudy:
    """Questions for chats. `now` and `random` are passed in."""

    def __init__(
        self,
        bank: Bank,
        study: Study,
        store: StudyStore,
        database: Database,
        now: Callable[[], datetime],
        random: Random,
        difficulties: Difficulties,
    ) -> None:
        self._bank = bank
        self._study = study
        self._store = store
        self._database = database
        self._postings = PostingStore(database)
        self._now = now
        self._random = random
        self._difficulties = difficulties

    async def post(
        self, platform: str, chat: str, topic: str, day: date, level: int, python: str, language: str
    ) -> Posted | None:
        """The question of a chat for a local date, the same at every attempt; None when the bank has none."""
        there = await self._postings.of_day(platform, chat, topic, day)
        question = self._study.question(there.question) if there else None
        if there and question:
            return Posted(there, question)
        question = await self._choose(platform, chat, level, Python.named(python))
        if question is None:
            return None
        shown = self._shown(question)
        posting = await self._postings.put(
            platform, chat, topic, day, question.id, python, language, shown, self._now()
        )
        return self._posted(posting)

    async def _choose(self, platform: str, chat: str, level: int, python: Python) -> Question | None:
        """A question of the level that the chat has not seen, else the one it saw longest ago."""
        seen = await self._postings.asked(platform, chat)
        set_aside = await self._difficulties.asked_no_more()
        fitting = [
            question
            for question in self._bank.questions.values()
            if question.truth.level == level
            and question.truth.kind in KINDS
            and question.truth.asked_on(python)
            and question.id not in set_aside
        ]
        new = [question for question in fitting if question.id not in seen]
        if new:
            return self._random.choice(new)
        age = {id: place for place, id in enumerate(reversed(seen))}
        return min(fitting, key=lambda question: age[question.id], default=None)

    def _shown(self, question: Question) -> tuple[str, ...]:
        keys = list(question.keys())
        if question.truth.kind is not Kind.TRUTH:
            self._random.shuffle(keys)
        return tuple(keys)

    async def opened(self, posting: int, poll: str) -> None:
        """A platform's poll stands for the posting from now on."""
        await self._postings.opened(posting, poll)

    async def find(self, posting: int) -> Posted:
        """A posting by its number. Raises UnknownPostingError."""
        return self._posted(await self._postings.find(posting))

    async def of_poll(self, platform: str, poll: str) -> Posted:
        """The posting behind a poll. Raises UnknownPostingError."""
        return self._posted(await self._postings.of_poll(platform, poll))

    def _posted(self, posting: Posting | None) -> Posted:
        question = self._study.question(posting.question) if posting else None
        if posting is None or question is None:
            raise UnknownPostingError
        return Posted(posting, question)

    async def yesterday(self, platform: str, chat: str, topic: str, day: date) -> Looking | None:
        """The posting before that date, and how it was answered; None when there is none to look back at."""
        posting = await self._postings.before(platform, chat, topic, day)
        question = self._study.question(posting.question) if posting else None
        if posting is None or question is None:
            return None
        return Looking(Posted(posting, question), await self._postings.tally(posting.id))

    async def reply(self, posted: Posted, learner: Learner, places: Sequence[int]) -> Verdict:
        """Take picked options, by their places, as a person's reply. Raises RepliedError for a second one."""
        posting, question = posted.posting, posted.question
        picked = tuple(posting.shown[place] for place in places if 0 <= place < len(posting.shown))
        now = self._now()
        right = mark_keys(question, Python.named(posting.python), picked).right
        memory = await self._study.graded(learner, question, right, now)
        async with self._database.write() as connection:
            if not await self._postings.reply(connection, posting.id, learner.id, picked, right, now):
                raise RepliedError
            sheet = await self._store.record(
                connection,
                learner.id,
                posting.platform,
                posting.chat,
                question.id,
                posting.python,
                posting.shown,
                picked,
                right,
                memory,
                now,
                learner.local(now).date(),
            )
        await self._difficulties.reconsider(question.id, now)
        return Verdict(Asked(sheet, question), right, picked, memory)
