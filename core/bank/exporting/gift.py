"""Questions as Moodle's GIFT: what it can say, in the shape that `content import gift` reads back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.bank.exporting.entries import Entry, Option
from core.bank.importing.markup import fenced, mono
from core.bank.truth import Kind

_SPECIAL = re.compile(r"[~=#{}:\\]")


@dataclass(frozen=True, slots=True)
class GiftFile:
    """The file's text, and the ids of the questions that GIFT has no kind for."""

    text: str
    left_out: tuple[str, ...]


def gift(entries: Sequence[Entry]) -> GiftFile:
    """All entries but those that ask for an order. Texts are Markdown; ids and levels stand in comments."""
    parts: list[str] = []
    category = ""
    for entry in entries:
        if entry.kind is Kind.ORDER:
            continue
        if entry.competency != category:
            category = entry.competency
            parts.append(f"$CATEGORY: $course$/top/{_escaped(entry.competency_name)}\n")
        parts.append(_question(entry))
    left_out = tuple(entry.id for entry in entries if entry.kind is Kind.ORDER)
    return GiftFile("\n".join(parts), left_out)


def _question(entry: Entry) -> str:
    prompt = f"{entry.prompt}\n\n{fenced(entry.code, 'python')}" if entry.code else entry.prompt
    marks = f"// [id:{entry.id}] [tag:level-{entry.level}] [tag:{entry.skill}]"
    return f"{marks}\n::{entry.id}::[markdown]{_escaped(prompt)}{{{_answers(entry)}}}\n"


def _answers(entry: Entry) -> str:
    general = f"####{_escaped(entry.answer if entry.kind is Kind.RECALL else entry.why)}"
    match entry.kind:
        case Kind.TRUTH:
            right = next(option for option in entry.options if option.right)
            wrong = next(option for option in entry.options if not option.right)
            return f"{right.key.upper()}{_feedback(wrong)}{general}"
        case Kind.NUMBER:
            return f"#{entry.answer}{general}"
        case Kind.WORD:
            return "".join(f"={_escaped(answer)} " for answer in (entry.answer, *entry.accept)) + general
        case Kind.RECALL:
            return general
        case kind:
            several = kind is Kind.MULTIPLE
            weight = f"{100 / sum(option.right for option in entry.options):.5f}".rstrip("0").rstrip(".")
            options = "".join(_option(option, weight if several else "") for option in entry.shuffled)
            return options + general


def _option(option: Option, weight: str) -> str:
    """`=right`, `~wrong`; with a weight (in percent) the right ones share the mark and each wrong one costs as much."""
    sign = f"~%{'' if option.right else '-'}{weight}%" if weight else ("=" if option.right else "~")
    text = mono(option.text) if option.literal else option.text
    return f"{sign}{_escaped(text)}{_feedback(option)} "


def _feedback(option: Option) -> str:
    return f"#{_escaped(option.why)}" if option.why else ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text.strip()).replace("\n", "\\n")
