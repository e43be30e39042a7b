"""A warm interpreter that forks a box for every request and runs nothing of a stranger itself."""

import builtins
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any, NoReturn

_FOUR = struct.Struct("=4i")
_ROOM = socket.CMSG_SPACE(_FOUR.size)


def main() -> None:
    """Reads a policy from the socket on the given descriptor, then makes a box for every four descriptors it gets.

    The loop is written out, without helpers: each page that it touches after a fork is a page copied. When a request
    comes the last box is gone already, so waiting for it takes no time.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    policy = _receive_policy(control)
    if policy is None:
        return
    sys.path[:] = ["/opt/kucha", *sys.path]
    from core.executor.inside import box, kernel, program, warmth

    sys.path[:] = [program.HOME, *sys.path[1:], *policy["packages"]]
    _offer_what_site_offers()
    os.umask(0o022)
    warmth.run_sample()
    gc.collect()
    gc.disable()
    gc.freeze()
    policy["warm"] = warmth.written_pages()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control.send(b"warm")
    pid = 0
    while True:
        request, ancillary, _, _ = control.recvmsg(16, _ROOM)
        if not request:
            return
        if pid:
            os.waitpid(pid, 0)
        mine, task, out, err = descriptors = _FOUR.unpack(ancillary[0][2])
        try:
            pid = kernel.fork_into_namespaces()
        except OSError as error:
            os.write(mine, str(error).encode())
            return
        if pid == 0:
            control.close()
            _become_box(box.live, descriptors, policy)
        os.close(mine)
        os.close(task)
        os.close(out)
        os.close(err)


def _receive_policy(control: socket.socket) -> dict[str, Any] | None:
    header = control.recv(8)
    if len(header) < 8:
        return None
    described, compiled = struct.unpack("!II", header)
    policy: dict[str, Any] = json.loads(control.recv(described))
    policy["filter"] = control.recv(compiled)
    policy["identity"] = policy["identity"].encode()
    policy["tmpfs"] = policy["tmpfs"].encode()
    policy["rlimits"] = [(getattr(resource, name), tuple(limits)) for name, limits in policy["rlimits"].items()]
    return policy


def _become_box(live: Any, descriptors: tuple[int, ...], policy: dict[str, Any]) -> NoReturn:
    try:
        live(descriptors, policy)
    except BaseException as error:
        os.write(descriptors[0], f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(0)


def _offer_what_site_offers() -> None:
    import _sitebuiltins

    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
    builtins.help = _sitebuiltins._Helper()


if __name__ == "__main__":
    main()
