"""The wall around a zygote: what it can see, and the plan by which it is started."""

import compileall
import json
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.executor import inside, launch
from core.executor.interpreters import PREFIX_INSIDE
from core.executor.model import Interpreter

USER_INSIDE = 1000
PACKAGES_INSIDE = "/opt/learner"
STAGING = "/mnt"
_HIGHEST_USER = 65533
"""Slots started by root become this user, or one below it: no account of a common system has these numbers."""
_CODE = Path(inside.__file__).parent
_DEVICES = ("null", "zero", "full", "random", "urandom")
_SETTINGS = ("ld.so.cache", "alternatives", "fonts", "localtime")
ENVIRONMENT = {
    "PATH": f"{PREFIX_INSIDE}/bin:/usr/bin:/bin",
    "HOME": "/box/home",
    "TMPDIR": "/tmp",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "LD_BIND_NOW": "1",
}


@dataclass(frozen=True, slots=True)
class _Bind:
    source: Path
    target: str


def compile_code() -> None:
    """Leaves bytecode beside what runs behind the wall, which is read-only there: a zygote then starts twice as fast.

    Serves zygotes of the version that runs the tutor; without effect where the project itself is read-only.
    """
    for folder in (_CODE, _CODE.parent / "probe"):
        compileall.compile_dir(folder, quiet=2)


def packages_for(interpreter: Interpreter, packages: Path | None) -> Path | None:
    """Learners' packages hold extension modules for the version that runs the tutor and are offered on it alone."""
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return packages if packages and packages.is_dir() and interpreter.label == own else None


def launch_command(
    interpreter: Interpreter, packages: Path | None, joins: Sequence[Path], number: int, control: int
) -> list[str]:
    """The command that starts a zygote behind the wall; `control` is the descriptor of its socket.

    Raises FileNotFoundError without bubblewrap. Started by root it first becomes an unprivileged user, one a slot.
    """
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise FileNotFoundError("bubblewrap is not installed")
    binds = _own_binds(interpreter, packages_for(interpreter, packages))
    is_root = os.geteuid() == 0
    staged = [bind for bind in binds if is_root and not _open_to_all(bind.source)]
    seen = [_Bind(Path(STAGING, str(staged.index(bind))), bind.target) if bind in staged else bind for bind in binds]
    argv = [bubblewrap, *_isolation(), *_system(interpreter), *_etc(), *_devices()]
    for bind in seen:
        argv += ["--ro-bind", str(bind.source), bind.target]
    argv += ["--remount-ro", "/", "--chdir", "/", "--"]
    argv += [str(interpreter.path), "-I", "-S", "-B", "/opt/kucha/core/executor/inside/zygote.py", str(control)]
    plan = {
        "joins": [str(file) for file in joins],
        "stage": [str(bind.source) for bind in staged],
        "staging": STAGING,
        "user": _HIGHEST_USER - number if is_root else None,
        "argv": argv,
    }
    return [sys.executable, "-I", "-S", launch.__file__, json.dumps(plan)]


def _isolation() -> list[str]:
    words = "--unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try"
    user = ["--uid", str(USER_INSIDE), "--gid", str(USER_INSIDE), "--hostname", "kucha"]
    environment = [word for pair in ENVIRONMENT.items() for word in ("--setenv", *pair)]
    return [*words.split(), *user, "--die-with-parent", "--new-session", "--clearenv", *environment]


def _own_binds(interpreter: Interpreter, packages: Path | None) -> list[_Bind]:
    binds = [
        _Bind(_CODE, "/opt/kucha/core/executor/inside"),
        _Bind(_CODE.parent / "probe", "/opt/kucha/core/executor/probe"),
    ]
    if interpreter.prefix is not None:
        binds.append(_Bind(Path(interpreter.prefix), str(PREFIX_INSIDE)))
    if interpreter.root is not None:
        binds.append(_Bind(Path(interpreter.root, "usr"), "/usr"))
    if packages is not None:
        binds.append(_Bind(packages.resolve(), PACKAGES_INSIDE))
    return binds


def _system(interpreter: Interpreter) -> list[str]:
    """The system folders, read-only; an unpacked root brings its own, in the merged layout."""
    if interpreter.root is not None:
        return [word for name in ("bin", "sbin", "lib", "lib64") for word in ("--symlink", f"usr/{name}", f"/{name}")]
    words = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        folder = Path("/", name)
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            words += ["--ro-bind", str(folder), str(folder)]
    if interpreter.prefix is not None and any(Path(interpreter.prefix, "lib").glob("libpython3*.so*")):
        words += ["--setenv", "LD_LIBRARY_PATH", f"{PREFIX_INSIDE}/lib"]
    return words


def _etc() -> list[str]:
    words = ["--dir", "/etc"]
    for name in _SETTINGS:
        words += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return words


def _devices() -> list[str]:
    words = ["--proc", "/proc", "--dir", "/dev", "--dir", "/box", "--dir", "/var"]
    for name in _DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    links = {"/dev/shm": "/box/shm", "/dev/fd": "/proc/self/fd", "/tmp": "/box/tmp", "/var/tmp": "/box/tmp"}
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        links[f"/dev/{name}"] = f"/proc/self/fd/{number}"
    links["/etc/passwd"] = "/opt/kucha/core/executor/inside/passwd"
    for name, target in links.items():
        words += ["--symlink", target, name]
    return words


def _open_to_all(path: Path) -> bool:
    """Whether any user may walk to the folder and list it."""
    needed = stat.S_IXOTH | stat.S_IROTH
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents) and (
        path.stat().st_mode & needed == needed
    )
