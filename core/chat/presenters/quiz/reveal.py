"""After a round: the answer and why, who believed what, and how the game stands."""

from collections.abc import Iterator, Sequence

from core.bank.markdown import blocks
from core.bank.model import Bank
from core.bank.truth import Kind
from core.chat.presenters.options import TYPED, filled, label, named
from core.chat.presenters.quiz.words import named as player_named
from core.chat.presenters.quiz.words import names, points, team
from core.chat.presenters.verdict import quoted_belief, why_wrong
from core.chat.texts import Voice
from core.document import (
    Block,
    Bullets,
    Button,
    Document,
    Heading,
    Inline,
    Mono,
    Paragraph,
    Quote,
    Spans,
    Text,
    bold,
    paragraph,
    plain_spans,
    text,
)
from core.quiz.model import Gain, Mode, Reveal
from core.quiz.scoring import is_in, team_scores
from core.study.marking import mark_typed

BAR = 6
"""Cells of the longest bar."""
TYPED_SHOWN = 4
"""Different typed answers that are shown."""
LONGEST_OPTION = 48
"""Characters of an option, so that its line stays one or two on a phone."""
SEATS = 5
"""Players on the small scoreboard."""


def reveal_document(reveal: Reveal, bank: Bank, voice: Voice, runs: bool) -> Document:
    """Everything that is told between two rounds."""
    put = reveal.put
    wording = put.question.texts[voice.language]
    sign = _sign(reveal.standing[0][1]) if len(reveal.standing) == 1 else "✅"
    body: list[Block] = [Heading(text(f"{sign} ", bold(voice("quiz-answer") + " "), *_answer(reveal, voice)))]
    if wording.why:
        body += blocks(filled(wording.why, put.asked))
    if put.round.skipped:
        body.append(paragraph(voice("quiz-skipped")))
    elif not reveal.answered:
        body.append(paragraph(voice("quiz-nobody-answered")))
    else:
        body += _yours(reveal, voice) if len(reveal.standing) == 1 else _distribution(reveal, voice)
        body += _wrong_idea(reveal, bank, voice)
    body += _standing(reveal, voice)
    return Document(tuple(body), _run(reveal, voice) if runs else ())


def _answer(reveal: Reveal, voice: Voice) -> Spans:
    if reveal.put.question.truth.kind in TYPED:
        return (Mono(reveal.answer or ""),)
    return named(reveal.put.asked, reveal.right_keys, voice)


def _sign(mine: Gain) -> str:
    """What came of the only player's answer."""
    if not mine.answered:
        return "⌛"
    return "✅" if mine.right else "❌"


def _yours(reveal: Reveal, voice: Voice) -> list[Block]:
    """The only player's answer, where it was another one."""
    if reveal.right or not reveal.picks:
        return []
    asked, given = reveal.put.asked, tuple(reveal.picks)
    keys = given[0].split() if asked.question.truth.kind is Kind.ORDER else given
    said: Spans = (Mono(given[0]),) if asked.question.truth.kind in TYPED else named(asked, tuple(keys), voice)
    return [Paragraph((Text(f"{voice('verdict-yours')} "), *said))]


def _distribution(reveal: Reveal, voice: Voice) -> list[Block]:
    """How many gave which answer: a bar each, with the right ones marked."""
    if reveal.put.question.truth.kind is Kind.ORDER:
        return [paragraph(voice("quiz-right-count", right=reveal.right, answered=reveal.answered))]
    typed = reveal.put.question.truth.kind in TYPED
    rows = list(_typed(reveal) if typed else _picked(reveal, voice))
    most = max((count for _, count, _ in rows), default=0)
    lines: list[Inline] = []
    for said, count, right in rows:
        if lines:
            lines.append(Text("\n"))
        lines += [Text(f"{_bar(count, most)} "), bold(f"×{count}"), Text(" · "), *_shortened(said)]
        if right:
            lines.append(Text(" ✓"))
    return [Paragraph(tuple(lines))] if lines else []


def _picked(reveal: Reveal, voice: Voice) -> Iterator[tuple[Spans, int, bool]]:
    for key in reveal.put.asked.sheet.shown:
        yield label(reveal.put.question, key, voice), reveal.picks.get(key, 0), key in reveal.right_keys


def _typed(reveal: Reveal) -> Iterator[tuple[Spans, int, bool]]:
    """The answers given most; what people typed is shown as it was compared."""
    for said, count in sorted(reveal.picks.items(), key=lambda pick: -pick[1])[:TYPED_SHOWN]:
        yield (Mono(said),), count, mark_typed(reveal.put.question, reveal.put.asked.python, said).right


def _bar(count: int, most: int) -> str:
    filled_cells = max(1, round(BAR * count / most)) if count and most else 0
    return "▰" * filled_cells + "▱" * (BAR - filled_cells)


def _shortened(said: Spans) -> Spans:
    words = plain_spans(said)
    return said if len(words) <= LONGEST_OPTION else text(words[: LONGEST_OPTION - 1].rstrip() + "…")


def _wrong_idea(reveal: Reveal, bank: Bank, voice: Voice) -> list[Block]:
    """What the wrong option picked most gives away, and what speaks against it."""
    question = reveal.put.question
    if question.truth.kind not in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUTH):
        return []
    wrong = {key: count for key, count in reveal.picks.items() if key not in reveal.right_keys and count}
    if not wrong:
        return []
    key = max(wrong, key=lambda each: wrong[each])
    why = why_wrong(question, key, bank, voice)
    return [Quote((*quoted_belief(question, key, bank, voice), *why))] if why else []


def _standing(reveal: Reveal, voice: Voice) -> list[Block]:
    standing, mode = reveal.standing, reveal.put.game.rules.mode
    if len(standing) == 1:
        gain = standing[0][1]
        score = voice("quiz-your-score", score=gain.player.score, points=gain.points)
        return [paragraph(score)]
    scored = [(place, gain) for place, gain in standing if gain.player.score > 0]
    body: list[Block] = [Paragraph(_seats(scored, voice))] if scored else []
    if mode is Mode.TEAMS:
        body.insert(0, Bullets(tuple(_teams([gain for _, gain in standing], voice))))
    if mode is Mode.LAST:
        left = [gain.player for _, gain in standing if is_in(gain.player)]
        body.append(paragraph(voice("quiz-left", names=names(left, voice)) if left else voice("quiz-left-nobody")))
    return body


def _seats(standing: Sequence[tuple[int, Gain]], voice: Voice) -> Spans:
    lines: list[Inline] = []
    for place, gain in standing[:SEATS]:
        if lines:
            lines.append(Text("\n"))
        lines += [Text(f"{place}. {player_named(gain.player, voice)} "), bold(points(gain.player.score, voice))]
        lines.append(Text(f" (+{points(gain.points, voice)})"))
    if len(standing) > SEATS:
        lines.append(Text(f"\n{voice('quiz-and-more', count=len(standing) - SEATS)}"))
    return tuple(lines)


def _teams(gains: Sequence[Gain], voice: Voice) -> Iterator[Spans]:
    for side in team_scores(gain.player for gain in gains):
        yield text(voice("quiz-team-score", team=team(side.team, voice), score=points(side.score, voice)))


def _run(reveal: Reveal, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """The way to see the question's program run, with its memory."""
    question = reveal.put.question
    return ((Button(voice("button-run"), f"run:question:{question.id}"),),) if question.truth.code else ()
