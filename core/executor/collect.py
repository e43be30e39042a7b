"""Takes over the files that a snippet made, through descriptors that PID 1 opened for us."""

import os
import stat
from collections.abc import Sequence
from pathlib import PurePosixPath

from core.executor.model import MadeFile

ENDINGS = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
}
_LONGEST_NAME = 80


def collect(names: Sequence[str], descriptors: Sequence[int], largest: int) -> tuple[MadeFile, ...]:
    """Reads every regular file of at most `largest` bytes and closes all descriptors; nothing else is believed."""
    try:
        made = (_read(name, descriptor, largest) for name, descriptor in zip(names, descriptors, strict=False))
        return tuple(file for file in made if file is not None)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def safe_name(name: str) -> str:
    """A name without folders, control characters or marks that change its direction; the ending stays."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign if sign.isprintable() and sign != "�" else "_" for sign in base).lstrip(". ")
    ending = PurePosixPath(shown).suffix
    return shown if len(shown) <= _LONGEST_NAME else shown[: _LONGEST_NAME - len(ending)] + ending


def _read(name: str, descriptor: int, largest: int) -> MadeFile | None:
    about = os.fstat(descriptor)
    media_type = ENDINGS.get(PurePosixPath(name).suffix.lower())
    if not stat.S_ISREG(about.st_mode) or about.st_size > largest or media_type is None:
        return None
    content = bytearray()
    while len(content) <= largest and (part := os.pread(descriptor, largest + 1 - len(content), len(content))):
        content += part
    if len(content) > largest:
        return None
    return MadeFile(name=safe_name(name) or "file", media_type=media_type, content=bytes(content))
