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

    Where there is something to write (the first button opens a dialog), there are none for buttons: the next input is
    the text, and a number typed there is a number.
    """
    pressed = tuple(button for button in buttons if not button.url)
    return tuple(folded) if wants_text(pressed) else (*pressed, *folded)


def wants_text(buttons: Sequence[Button]) -> bool:
    """Whether the next input is awaited as text."""
    return bool(buttons) and buttons[0].form is not None


def named(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """The buttons beside one that asks for a text: they are pressed by their words, for a number may be the text."""
    return tuple(button for button in buttons if not (button.form or button.url)) if wants_text(buttons) else ()


def understood(typed: str, choices: Sequence[Choice], by_name: Sequence[Button] = ()) -> Said | Choice:
    """A command, words, or what a number stands for (a button without a dialog at once as its press)."""
    typed = typed[:LONGEST_INPUT]
    word = typed.strip()
    for button in by_name:
        if word.casefold() == button.label.casefold():
            return Press(button.token)
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
