"""Typed lines as requests."""

from collections.abc import Sequence

from core.chat.request import Command, Press, Said, Words
from core.document import Button, Details

LONGEST_INPUT = 200_000
"""Characters of one input that are taken; the rest of a runaway paste is dropped."""

Choice = Button | Details
"""What a number stands for: a button to press, or a folded part to unfold."""


def numbered(buttons: Sequence[Button], folded: Sequence[Details]) -> tuple[Choice, ...]:
    """What numbers stand for below a document.

    Where all that is left to do is to write (every button opens a dialog), there are none: the next input is the text,
    and a number typed there is a number.
    """
    pressed = tuple(button for button in buttons if not button.url)
    return tuple(folded) if wants_text(pressed) else (*pressed, *folded)


def wants_text(buttons: Sequence[Button]) -> bool:
    """Whether the next input is awaited as text."""
    return bool(buttons) and all(button.form for button in buttons)


def understood(typed: str, choices: Sequence[Choice]) -> Said | Choice:
    """A command, words, or what a number stands for (a button without a dialog at once as its press)."""
    typed = typed[:LONGEST_INPUT]
    word = typed.strip()
    if word.isdecimal() and len(word) < 4 and 1 <= int(word) <= len(choices):
        choice = choices[int(word) - 1]
        return Press(choice.token) if isinstance(choice, Button) and choice.form is None else choice
    if word.startswith("/"):
        name, *arguments = word[1:].split(maxsplit=1)[:2] or [""]
        return Command(name, arguments[0] if arguments else "")
    return Words(typed)


def is_unfinished(text: str) -> bool:
    """Whether a fenced block is still open, so that more lines belong to this input."""
    return text.count("```") % 2 == 1
