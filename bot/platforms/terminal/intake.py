"""Typed lines as requests."""

from collections.abc import Sequence

from core.chat.request import Command, Press, Said, Words
from core.document import Button

LONGEST_LINE = 200_000
"""Characters of one input that are taken; the rest of a runaway paste is dropped."""


def understood(line: str, buttons: Sequence[Button]) -> Said | Button:
    """A command, a button to press (a form asks first), or words.

    A number means the button of that number, unless all that the buttons want is text: then it is the text.
    """
    line = line[:LONGEST_LINE]
    typed = line.strip()
    wants_text = bool(buttons) and all(button.form for button in buttons)
    if typed.isdecimal() and not wants_text and 1 <= int(typed[:6]) <= len(buttons):
        button = buttons[int(typed) - 1]
        return button if button.form or button.url else Press(button.token)
    if typed.startswith("/"):
        name, _, arguments = typed[1:].partition(" ")
        head, newline, tail = name.partition("\n")
        return Command(head, tail + (" " + arguments if arguments else "")) if newline else Command(name, arguments)
    return Words(line)


def is_unfinished(text: str) -> bool:
    """Whether a fenced block is still open, so that more lines belong to this input."""
    return sum(line.lstrip().startswith("```") for line in text.splitlines()) % 2 == 1 or text.count("```") % 2 == 1
