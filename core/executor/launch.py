"""Becomes bubblewrap: `python -I -S launch.py PLAN`, run by the supervisor with its own interpreter.

The plan is JSON: `joins` (control group files to enter), `stage` (folders that the unprivileged user could not reach,
bound below `staging` in a mount namespace of our own), `user` (whom to become, null to stay), `argv`.
"""

# This starts with every zygote, and pathlib would take longer to load than all the rest.
# ruff: noqa: PTH101, PTH102, PTH123

import ctypes
import json
import os
import sys

_CLONE_NEWNS = 0x00020000
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18


def _stage(folders: list[str], staging: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)

    def mount(source: str, target: str, kind: str, flags: int) -> None:
        if libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), None) < 0:
            raise OSError(ctypes.get_errno(), f"cannot mount {target}")

    if libc.unshare(_CLONE_NEWNS) < 0:
        raise OSError(ctypes.get_errno(), "cannot make a mount namespace")
    opened = [os.open(folder, os.O_PATH) for folder in folders]
    mount("none", "/", "", _MS_REC | _MS_PRIVATE)
    mount("tmpfs", staging, "tmpfs", 0)
    os.chmod(staging, 0o755)
    for number, descriptor in enumerate(opened):
        target = f"{staging}/{number}"
        os.mkdir(target)
        mount(f"/proc/self/fd/{descriptor}", target, "", _MS_BIND | _MS_REC)


def main() -> None:
    """Never returns; what goes wrong is written to stderr, which the supervisor keeps as the reason."""
    plan = json.loads(sys.argv[1])
    try:
        for file in plan["joins"]:
            with open(file, "w") as group:
                group.write("0")
        if plan["stage"]:
            _stage(plan["stage"], plan["staging"])
        os.chdir("/")
        if plan["user"] is not None:
            os.setgroups([])
            os.setresgid(plan["user"], plan["user"], plan["user"])
            os.setresuid(plan["user"], plan["user"], plan["user"])
        os.execv(plan["argv"][0], plan["argv"])
    except OSError as error:
        sys.exit(f"launch: {error}")


if __name__ == "__main__":
    main()
