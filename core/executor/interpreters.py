"""Finds the CPythons of this machine that can serve runs."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from core.executor.model import Interpreter

OLDEST, NEWEST = (3, 11), (3, 15)
PREFIX_INSIDE = PurePosixPath("/opt/python")
"""Where an installation of its own (pyenv, uv) is seen in the sandbox."""

_EXECUTABLE = re.compile(r"python3\.\d+t?")
_VERSION = re.compile(r"(?:Python )?(3)\.(\d+)\.(\d+\S*)")


def find_interpreters(roots: Path | None, default: str | None = None) -> tuple[Interpreter, ...]:
    """One interpreter a label, the newest patch of each, the default first and the others in order of version.

    The one that runs the tutor keeps its label, because its learners' packages were installed for it; it is the default
    unless `default` is found. `roots` holds unpacked systems, see `make pythons`.
    """
    found: dict[str, Interpreter] = {}
    own = tuple(_own())
    for interpreter in [*own, *_prefixes(), *_system(), *_unpacked(roots)]:
        known = found.get(interpreter.label)
        if known is None or (known not in own and _order(interpreter.version) > _order(known.version)):
            found[interpreter.label] = interpreter
    ordered = sorted(found.values(), key=lambda each: (_order(each.version), each.free_threaded))
    first = default if default in found else f"{sys.version_info[0]}.{sys.version_info[1]}"
    return tuple(sorted(ordered, key=lambda each: each.label != first))


def _own() -> Iterator[Interpreter]:
    executable = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    if executable.is_file():
        yield from _described(executable, prefix=None if sys.base_prefix == "/usr" else Path(sys.base_prefix))


def _prefixes() -> Iterator[Interpreter]:
    """Installations made by pyenv and uv."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv/python")
    for prefix in dict.fromkeys(folder.resolve() for parent in (pyenv, uv) for folder in _entries(parent)):
        for executable in _executables(prefix / "bin"):
            yield from _described(executable, prefix=prefix)


def _system() -> Iterator[Interpreter]:
    for folder in ("/usr/local/bin", "/usr/bin"):
        for executable in _executables(Path(folder)):
            yield from _described(executable, prefix=None)


def _unpacked(roots: Path | None) -> Iterator[Interpreter]:
    for root in _entries(roots) if roots else ():
        for executable in _executables(root / "usr/bin"):
            yield from _described(executable, root=root.resolve())


def _executables(folder: Path) -> list[Path]:
    return [file for file in _entries(folder) if _EXECUTABLE.fullmatch(file.name) and file.is_file()]


def _entries(folder: Path) -> list[Path]:
    """What is in the folder, in order; nothing where it is missing or not ours to read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _described(executable: Path, prefix: Path | None = None, root: Path | None = None) -> Iterator[Interpreter]:
    """The interpreter behind an executable; nothing where it does not start or its version is not supported."""
    command: Sequence[str] = [str(executable), "-VV"]
    if root is not None:
        command = [*_loader(root), *command]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True, env={})
    except (OSError, subprocess.SubprocessError):
        return
    version = _VERSION.match(answer.stdout)
    if version is None or not OLDEST <= (3, int(version[2])) <= NEWEST:
        return
    free_threaded = "free-threading" in answer.stdout
    inside = PREFIX_INSIDE / "bin" if prefix else PurePosixPath("/usr/local/bin")
    if root is not None or (prefix is None and executable.parent == Path("/usr/bin")):
        inside = PurePosixPath("/usr/bin")
    yield Interpreter(
        label=f"3.{version[2]}{'t' if free_threaded else ''}",
        version=f"3.{version[2]}.{version[3]}",
        path=inside / executable.name,
        root=PurePosixPath(root) if root else None,
        prefix=PurePosixPath(prefix) if prefix else None,
        free_threaded=free_threaded,
    )


def _loader(root: Path) -> list[str]:
    """Starts a program with the libraries of its own root, without entering it."""
    machine = platform.machine()
    names = {
        "x86_64": ("ld-linux-x86-64.so.2", "x86_64-linux-gnu"),
        "aarch64": ("ld-linux-aarch64.so.1", "aarch64-linux-gnu"),
    }
    loader, triplet = names.get(machine, ("", ""))
    libraries = root / "usr/lib" / triplet
    return [str(libraries / loader), "--library-path", str(libraries)]


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", version))
