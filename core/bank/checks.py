"""What a reader of the content would stumble over, found before they do."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from core.bank.loading import Loaded
from core.bank.markdown import UnsupportedMarkdownError, blocks
from core.bank.model import Bank, Competency, Question
from core.bank.problems import Problems
from core.bank.truth import ClaimTruth, Kind, Names, QuestionTruth
from core.bank.versions import TAUGHT, Python
from core.bank.wording import Language
from core.document import plain_block

LIMITS = {
    "card short": 350,
    "card": 3000,
    "prompt": 300,
    "option": 60,
    "comment": 200,
    "why": 450,
    "answer": 600,
    "belief": 100,
    "refutation": 200,
    "term": 600,
}
"""Longest texts in characters: what a phone shows without scrolling, well under every platform's own limits."""

PYTHONS = tuple(Python.named(label) for label in TAUGHT)
FIRST_PATCHES = tuple(Python.named(f"{label}.0") for label in TAUGHT)


def check(loaded: Loaded) -> Problems:
    """Every problem of a loaded bank: those found while reading, and those between the parts."""
    checking = _Checking(loaded)
    checking.check_all()
    return loaded.problems


class _Checking:
    def __init__(self, loaded: Loaded) -> None:
        self._bank: Bank = loaded.bank
        self._lines: Mapping[str, tuple[Path, int]] = loaded.lines
        self._add = loaded.problems.add

    def check_all(self) -> None:
        for competency in self._bank.competencies.values():
            self._competency(competency)
        for claim in self._bank.claims.values():
            self._every_version_said(claim)
        for misconception in self._bank.misconceptions.values():
            self._references(misconception.truth.id, misconception.truth.claims)
            for language, text in misconception.texts.items():
                where = f"{misconception.truth.id}.{language}"
                self._text(where, text.belief, "belief")
                self._text(where, text.refutation, "refutation")
        for term in self._bank.terms.values():
            self._references(term.truth.slug, term.truth.claims)
            for language, body in term.texts.items():
                self._text(f"{term.truth.slug}.{language}", body, "term")
            self._names(term.truth.slug, term.truth.names)
            if term.truth.slug in self._bank.competencies:
                self._problem(term.truth.slug, "a competency has this slug already")
        for question in self._bank.questions.values():
            self._question(question)

    def _competency(self, competency: Competency) -> None:
        self._references(competency.slug, competency.truth.claims)
        self._names(competency.slug, competency.truth.names)
        path = self._lines[competency.slug][0]
        for slug in competency.truth.related:
            if slug not in self._bank.competencies:
                self._add(path, 0, f"related: there is no competency `{slug}`")
        for language, card in competency.cards.items():
            file = path.with_name(f"card.{language}.md")
            self._markdown(file, 1, card.short, LIMITS["card short"], "the short answer")
            self._markdown(file, 1, card.details, LIMITS["card"], "the card")

    def _question(self, question: Question) -> None:
        truth = question.truth
        self._references(truth.id, truth.claims)
        for option in truth.option:
            if option.misconception and option.misconception not in self._bank.misconceptions:
                self._problem(truth.id, f"there is no misconception `{option.misconception}`")
        asked = [python for python in PYTHONS if truth.asked_on(python)]
        if not asked:
            self._problem(truth.id, "no taught version asks this question")
        for python in asked:
            self._answerable(question, python)
        self._never_right(truth)
        for language in Language:
            self._wording(question, language)

    def _answerable(self, question: Question, python: Python) -> None:
        truth = question.truth
        match truth.kind:
            case Kind.SINGLE if len(truth.right_keys(python)) != 1:
                self._problem(truth.id, f"{len(truth.right_keys(python))} right options on {python.label}, not one")
            case Kind.MULTIPLE if not truth.right_keys(python):
                self._problem(truth.id, f"no right option on {python.label}")
            case Kind.NUMBER | Kind.WORD if truth.answer(python) is None:
                self._problem(truth.id, f"no answer for {python.label}")
            case _:
                pass

    def _never_right(self, truth: QuestionTruth) -> None:
        """Answers meant for versions that nobody is asked about, or behind another answer for the same versions."""
        asked = [python for python in (*PYTHONS, *FIRST_PATCHES) if truth.asked_on(python)]
        given = {truth.answer(python) for python in asked}
        lost = [answer.value for answer in truth.answers if answer.value not in given]
        lost += [
            option.key
            for option in truth.option
            if isinstance(option.right, str) and not any(option.is_right(python) for python in asked)
        ]
        for answer in lost:
            self._problem(truth.id, f"`{answer}` is the answer in no version in which the question is asked")

    def _wording(self, question: Question, language: Language) -> None:
        truth, text = question.truth, question.texts[language]
        where = f"{truth.id}.{language}"
        self._text(where, text.prompt, "prompt")
        if truth.kind is Kind.RECALL:
            self._text(where, text.answer, "answer")
        else:
            self._text(where, text.why, "why")
        labels: dict[str, str] = {}
        for option in truth.option:
            shown = text.options[option.key]
            if not shown.label:
                self._problem(where, f"option `{option.key}` has neither a value nor a text")
                continue
            if not shown.literal:
                self._text(where, shown.label, "option")
            elif len(shown.label) > LIMITS["option"]:
                self._problem(where, f"the value of `{option.key}` is longer than {LIMITS['option']} characters")
            if shown.label in labels:
                self._problem(where, f"options `{labels[shown.label]}` and `{option.key}` read the same")
            labels[shown.label] = option.key
            if shown.comment:
                self._text(where, shown.comment, "comment")
            elif truth.kind in (Kind.SINGLE, Kind.MULTIPLE) and option.right is False and not option.misconception:
                self._problem(where, f"option `{option.key}` does not say why it is wrong")

    def _names(self, id: str, names: Names) -> None:
        if "`" in names.ru + names.en:
            self._problem(id, "a name is shown as it stands: leave the backticks out")

    def _references(self, id: str, claims: tuple[str, ...]) -> None:
        for claim in claims:
            if claim not in self._bank.claims:
                self._problem(id, f"there is no claim `{claim}`")

    def _every_version_said(self, claim: ClaimTruth) -> None:
        for python in PYTHONS:
            if claim.probe and claim.expected(python) is None:
                self._problem(claim.id, f"`prints` says nothing of {python.label}")

    def _text(self, where: str, markdown: str, limit: str) -> None:
        path, line = self._lines.get(where, (Path(where), 0))
        self._markdown(path, line, markdown, LIMITS[limit], f"`{where.rpartition('.')[0]}`: the {limit}")

    def _markdown(self, path: Path, line: int, markdown: str, limit: int, what: str) -> None:
        if not markdown.strip():
            self._add(path, line, f"{what} is empty")
            return
        try:
            length = len("\n".join(plain_block(block) for block in blocks(markdown)))
        except UnsupportedMarkdownError as error:
            self._add(path, line, f"{what}: {error}")
            return
        if length > limit:
            self._add(path, line, f"{what} has {length} characters, {length - limit} more than fit")
        for stray in _stray_markup(markdown):
            self._add(path, line, f"{what}: `{stray}` outside backticks would be read as emphasis")

    def _problem(self, id: str, message: str) -> None:
        path, line = self._lines.get(id, (Path(id), 0))
        self._add(path, line, f"`{id.removesuffix('.ru').removesuffix('.en')}`: {message}")


def _stray_markup(markdown: str) -> Iterator[str]:
    """Dunder names that Markdown turned bold because nobody wrapped them in backticks."""
    for block in blocks(markdown):
        for span in getattr(block, "spans", ()):
            if getattr(span, "bold", False) and f"__{span.text}__" in markdown:
                yield f"__{span.text}__"
