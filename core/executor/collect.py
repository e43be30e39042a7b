"""Looks at what a run left on its file system, once nobody of the run is alive to change it."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import PurePosixPath

from core.executor.limits import Limits
from core.executor.model import MadeFile

MEDIA_TYPES = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
}
_FOLDERS = ("home", "tmp")
_LOOKED_AT = 256
_LONGEST_NAME = 80


def is_full(box: int) -> bool:
    """Whether the file system behind the descriptor has no block or no inode left."""
    space = os.fstatvfs(box)
    return space.f_bavail == 0 or space.f_favail == 0


def has_files(box: int) -> bool:
    """Whether there is anything to collect, so that a run without files need not wait for its last process to go."""
    return any(_candidates(folder) for folder in _folders(box))


def made_files(box: int, limits: Limits) -> tuple[MadeFile, ...]:
    """Regular files with a known ending, right in the working folder or in /tmp, small enough, in order of name.

    `box` is a descriptor of the run's file system. Nothing is opened through a link, nothing that could block.
    """
    found: list[MadeFile] = []
    for folder in _folders(box):
        with suppress(OSError):
            found.extend(islice(_read_all(folder, limits.made_file_bytes), limits.made_files - len(found)))
    return tuple(found)


def _folders(box: int) -> Iterator[int]:
    """Descriptors of the folders to look into, each open until the next is asked for."""
    for name in _FOLDERS:
        with suppress(OSError):
            folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=box)
            try:
                yield folder
            finally:
                os.close(folder)


def _candidates(folder: int) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        names = (entry.name for entry in islice(entries, _LOOKED_AT))
        return sorted(name for name in names if PurePosixPath(name).suffix.lower() in MEDIA_TYPES)
    return []


def safe_name(name: str) -> str:
    """A name without folders, control characters or marks that change its direction; the ending stays."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign if sign.isprintable() else "_" for sign in base).lstrip(". ")
    ending = PurePosixPath(shown).suffix
    return shown if len(shown) <= _LONGEST_NAME else shown[: _LONGEST_NAME - len(ending)] + ending


def _read_all(folder: int, largest: int) -> Iterator[MadeFile]:
    for name in _candidates(folder):
        with suppress(OSError):
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
            try:
                content = _read(descriptor, largest)
            finally:
                os.close(descriptor)
            if content:
                yield MadeFile(
                    name=safe_name(name),
                    media_type=MEDIA_TYPES[PurePosixPath(name).suffix.lower()],
                    content=content,
                )


def _read(descriptor: int, largest: int) -> bytes:
    """The content of a regular file of at most `largest` bytes, else nothing."""
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or about.st_size > largest:
        return b""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return file.read(largest)
