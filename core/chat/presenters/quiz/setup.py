"""The short dialogue before a quiz: what is played, changed by taps; every button carries the whole choice."""

from collections.abc import Sequence
from dataclasses import replace

from core.bank.model import Bank
from core.chat.presenters.quiz.words import subject
from core.chat.texts import Voice
from core.document import Button, Document, Heading, bold, paragraph, text
from core.quiz.model import Mode, Rules

ROUNDS = (3, 5, 10, 15)
SECONDS = (10, 20, 30, 60)
LEVELS = (1, 2, 3)
FIELDS = ("topic", "level", "rounds", "seconds", "mode", "change")
_MODES = {mode.value[0]: mode for mode in Mode}


def setup(rules: Rules, bank: Bank, voice: Voice, alone: bool) -> Document:
    """The choice as it stands, a button for each part of it, and the one that starts."""
    fields = [field for field in FIELDS if not (alone and field == "mode")]
    buttons = [
        Button(f"{voice(f'quiz-setup-{field}')}: {_chosen(field, rules, bank, voice)}", _token(f"c:{field[0]}", rules))
        for field in fields
    ]
    rows = [(buttons[0],), *(tuple(buttons[start : start + 2]) for start in range(1, len(buttons), 2))]
    body = (Heading(text("🏁 ", bold(voice("quiz-title")))), paragraph(voice("quiz-setup-typed")))
    return Document(body, ((Button(voice("quiz-setup-go"), _token("go", rules)),), *rows))


def choices(field: str, rules: Rules, bank: Bank, voice: Voice) -> Document:
    """The values of one part; the chosen one is marked."""
    said = paragraph(voice(f"quiz-setup-{field}"))
    width = 2 if field in ("topic", "mode") else 4
    buttons = []
    for other in _others(field, rules, bank):
        mark = "• " if other == rules else ""
        buttons.append(Button(mark + _chosen(field, other, bank, voice), _token("set", other)))
    rows = tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
    return Document((said,), rows)


def _others(field: str, rules: Rules, bank: Bank) -> Sequence[Rules]:
    match field:
        case "topic":
            return [replace(rules, subject=slug) for slug in ("", *bank.competencies)]
        case "level":
            return [replace(rules, level=level) for level in LEVELS]
        case "rounds":
            return [replace(rules, rounds=rounds) for rounds in ROUNDS]
        case "seconds":
            return [replace(rules, seconds=seconds) for seconds in SECONDS]
        case "mode":
            return [replace(rules, mode=mode) for mode in Mode]
        case _:
            return [replace(rules, may_change=may_change) for may_change in (False, True)]


def _chosen(field: str, rules: Rules, bank: Bank, voice: Voice) -> str:
    match field:
        case "topic":
            return subject(rules, bank, voice)
        case "level":
            return str(rules.level)
        case "rounds":
            return str(rules.rounds)
        case "seconds":
            return voice("quiz-seconds", seconds=rules.seconds)
        case "mode":
            return voice(f"quiz-mode-{rules.mode}")
        case _:
            return voice(f"quiz-setup-change-{'yes' if rules.may_change else 'no'}")


def _token(verb: str, rules: Rules) -> str:
    """A token with the whole choice, at most 63 bytes with the longest slug of 40."""
    change = "1" if rules.may_change else "0"
    return f"quiz:{verb}:{rules.level}.{rules.rounds}.{rules.seconds}.{rules.mode[0]}{change}.{rules.subject}"


def chosen(token: str) -> Rules | None:
    """The choice that a token carries; None for any other words."""
    level, rounds, seconds, mode, subject, *more = [*token.split("."), "", "", "", "", ""][:6]
    numbers = [int(word) for word in (level, rounds, seconds) if word.isascii() and word.isdecimal() and len(word) < 4]
    if len(numbers) != 3 or any(more) or mode[:1] not in _MODES or mode[1:] not in ("0", "1"):
        return None
    return Rules(subject, numbers[0], numbers[1], numbers[2], _MODES[mode[0]], mode[1] == "1")
