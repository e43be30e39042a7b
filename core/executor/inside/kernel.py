"""The few system calls that the standard library does not offer on every supported version."""

import ctypes
import os

NEW_NAMESPACES = 0x10000000 | 0x20000000 | 0x00020000 | 0x08000000 | 0x04000000
"""CLONE_NEWUSER, NEWPID, NEWNS, NEWIPC, NEWUTS. The network namespace is the slot's: empty, and 0.6 ms to make."""

MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x2, 0x4, 0x8
_CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
_SIGCHLD = 17
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 4, 22, 38
_SECCOMP_MODE_FILTER = 2
_MADV_POPULATE_WRITE = 23
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.PyDLL(None, use_errno=True)
_clone = _libc["syscall"]
_clone.argtypes = (ctypes.c_long, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
_mount = _libc["mount"]
_mount.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p)
_prctl = _libc["prctl"]
_prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
_capset = _libc["capset"]
_capset.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
_madvise = _libc["madvise"]
_madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_void_p)]


_NO_CAPABILITIES = (ctypes.c_uint32 * 8)(_CAPABILITY_VERSION_3)
"""A header for this process (two words), then effective, permitted and inheritable sets (six)."""


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def fork_into_namespaces() -> int:
    """Forks, the child being PID 1 of its own namespaces; saves the extra process that unshare needs.

    The hooks that `os.fork` runs in the child are left out: they cost a hundred copied pages, and this process and its
    child have one thread each. The child forks the program with `os.fork`, which makes up for it.
    """
    return _checked(_clone(_CLONE, NEW_NAMESPACES | _SIGCHLD, None, None, None, None), "clone")


def mount(source: bytes, target: bytes, kind: bytes, flags: int, options: bytes = b"") -> None:
    """The system call mount(2); raises OSError."""
    _checked(_mount(source, target, kind, flags, options), "mount")


def copy_ahead(start: int, length: int) -> None:
    """Makes pages shared with the parent this process's own at once; without effect on kernels before 5.14."""
    _madvise(start, length, _MADV_POPULATE_WRITE)


def set_dumpable(value: bool) -> None:
    """A process that is not dumpable cannot be opened through /proc nor traced by its own user."""
    _checked(_prctl(_PR_SET_DUMPABLE, int(value), None, 0, 0), "prctl dumpable")


def drop_capabilities() -> None:
    """Gives up every capability of this process; raises OSError."""
    _checked(_capset(ctypes.byref(_NO_CAPABILITIES), ctypes.byref(_NO_CAPABILITIES, 8)), "capset")


def load_filter(program: bytes) -> None:
    """Loads a compiled seccomp program (8 bytes an instruction) for this process and all it will start."""
    buffer = ctypes.create_string_buffer(program, len(program))
    loaded = _Filter(len(program) // 8, ctypes.addressof(buffer))
    _checked(_prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0), "prctl no_new_privs")
    _checked(_prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0), "seccomp")
