"""PID 1 of a run: builds the run's own namespaces, starts the program as PID 2, and says afterwards what is left of it.

It never reads anything that the program wrote except directory entries and file types, and the program cannot reach it:
it ignores signals from its namespace, is not dumpable, and holds descriptors the program does not have.
"""

import contextlib
import json
import os
import signal
import socket
import stat
import time

from core.executor.inside import kernel, program

HOME = "/box/home"
TEMPORARY = "/box/tmp"
_LOOKED_AT = 256


def live(descriptors, policy):
    """Serves one run: `descriptors` are this process's socket, the program's socket, its stdout and its stderr."""
    mine, task, out, err = descriptors
    _separate(policy)
    pid = os.fork()
    if pid == 0:
        os.close(mine)
        program.live(task, out, err, policy)
    for descriptor in (task, out, err):
        os.close(descriptor)
    kernel.set_dumpable(False)
    supervisor = socket.socket(fileno=mine)
    socket.send_fds(supervisor, [b"ready"], [os.pidfd_open(os.getpid())])
    status, usage = _wait_for(pid)
    _end_everyone()
    files = _made_files(policy)
    space = os.statvfs("/box")
    last_words = {
        "exit_status": os.waitstatus_to_exitcode(status),
        "processor_seconds": usage.ru_utime + usage.ru_stime,
        "full": space.f_bavail == 0 or space.f_favail == 0,
        "files": [name for name, _ in files],
    }
    socket.send_fds(supervisor, [json.dumps(last_words).encode()], [descriptor for _, descriptor in files])


def _separate(policy):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    user, group = policy["user"], policy["group"]
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    os.setsid()
    kernel.mount("tmpfs", "/box", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, policy["tmpfs"])
    os.mkdir(HOME)
    os.mkdir(TEMPORARY)
    os.mkdir("/box/shm")
    kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | 0x8)
    os.chdir(HOME)
    kernel.drop_capabilities()


def _write(path, text):
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _wait_for(program_pid):
    while True:
        pid, status, usage = os.wait4(-1, 0)
        if pid == program_pid:
            return status, usage


def _end_everyone():
    """Nobody may change a file while files are collected: returns when PID 1 is alone in its namespace."""
    while True:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.0005)


def _made_files(policy):
    """Opens regular files with a known ending, none through a link, at most `made_files` and each small enough."""
    found = []
    for folder in (HOME, TEMPORARY):
        try:
            entries = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        names = []
        with contextlib.suppress(OSError), os.scandir(entries) as listing:
            for _, entry in zip(range(_LOOKED_AT), listing, strict=False):
                if entry.name.lower().endswith(tuple(policy["endings"])):
                    names.append(entry.name)
        for name in sorted(names):
            if len(found) < policy["made_files"]:
                found.extend(_opened(name, entries, policy["made_file_bytes"]))
        os.close(entries)
    return found


def _opened(name, folder, largest):
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except (OSError, ValueError):
        return []
    about = os.fstat(descriptor)
    if stat.S_ISREG(about.st_mode) and 0 < about.st_size <= largest:
        return [(os.fsencode(name).decode("utf-8", "replace"), descriptor)]
    os.close(descriptor)
    return []
