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


def main() -> None:
    """Reads a policy from the socket on the given descriptor, then makes a box for every four descriptors it gets."""
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
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 16, 4)
        if not request:
            return
        _reap()
        try:
            pid = kernel.fork_into_namespaces()
        except OSError as error:
            os.write(descriptors[0], str(error).encode())
            pid = -1
        if pid == 0:
            control.close()
            _become_box(box.live, descriptors, policy)
        for descriptor in descriptors:
            os.close(descriptor)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


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


def _become_box(live: Any, descriptors: list[int], policy: dict[str, Any]) -> NoReturn:
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
