"""Names that people gave themselves, as they are shown among others."""

import unicodedata

NAME = 24
"""Characters of a name, so that a line fits a phone."""

_LEFT_TO_RIGHT = "\u200e"


def fitted(name: str) -> str:
    """A name that leaves a line's length and the order of its parts alone, whichever way it is written."""
    shown = name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"
    backwards = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in shown)
    return f"{_LEFT_TO_RIGHT}{shown}{_LEFT_TO_RIGHT}" if backwards else shown
