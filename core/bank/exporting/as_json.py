"""Questions as JSON for other programs; docs/authoring.md describes the shape."""

import json
from collections.abc import Sequence
from typing import Any

from core.bank.exporting.entries import Entry, Wish
from core.bank.truth import Kind

SHAPE = 1
"""The version of the shape; it grows when a key is renamed, removed, or means something else."""


def as_json(entries: Sequence[Entry], wish: Wish) -> str:
    """One object; texts are Markdown."""
    content = {
        "format": "kucha-questions",
        "shape": SHAPE,
        "language": wish.language.value,
        "python": wish.python.label,
        "questions": [_question(entry) for entry in entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _question(entry: Entry) -> dict[str, Any]:
    typed = entry.kind in (Kind.NUMBER, Kind.WORD)
    return {
        "id": entry.id,
        "competency": entry.competency,
        "competency_name": entry.competency_name,
        "level": entry.level,
        "kind": entry.kind.value,
        "skill": entry.skill.value,
        "prompt": entry.prompt,
        "code": entry.code or None,
        "options": [
            {
                "key": option.key,
                "text": option.text,
                "is_code": option.literal,
                "right": option.right,
                "why_wrong": option.why or None,
            }
            for option in entry.options
        ],
        "answers": [entry.answer, *entry.accept] if typed else [],
        "answer": entry.answer if entry.kind is Kind.RECALL else None,
        "why": entry.why or None,
        "versions": [{"pythons": list(each.pythons), "answer": each.answer} for each in entry.versions],
    }
