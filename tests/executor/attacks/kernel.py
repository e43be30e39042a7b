"""Calls that a snippet has no business with, by their x86-64 numbers; aarch64 has other numbers and the same policy."""

from core.executor.model import Outcome
from tests.executor.attacks import Attack, attack

_FORBIDDEN = {
    name: int(number)
    for name, number in (
        each.split(":")
        for each in """
        ptrace:101 process_vm_readv:310 process_vm_writev:311 keyctl:250 add_key:248 request_key:249 bpf:321
        perf_event_open:298 userfaultfd:323 io_uring_setup:425 memfd_create:319 memfd_secret:447 unshare:272
        setns:308 mount:165 umount2:166 pivot_root:155 chroot:161 open_tree:428 move_mount:429 fsopen:430
        mount_setattr:442 shmget:29 semget:64 msgget:68 mq_open:240 pidfd_getfd:438 kcmp:312 seccomp:317
        modify_ldt:154 iopl:172 init_module:175 kexec_load:246 reboot:169 swapon:167 settimeofday:164
        clock_settime:227 sethostname:170 acct:163 quotactl:179 name_to_handle_at:303 open_by_handle_at:304
        fanotify_init:300 landlock_create_ruleset:444 syslog:103 personality:135 set_mempolicy:238
        migrate_pages:256 vmsplice:278 lookup_dcookie:212 setuid:105 setxattr:188 process_madvise:440
        pkey_alloc:330
        """.split()
    )
}


def _call(name: str, number: int) -> Attack:
    code = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
result = libc.syscall(ctypes.c_long({number}), 0, 0, 0, 0, 0)
print('refused' if result == -1 and ctypes.get_errno() in (1, 38) else 'ESCAPED', ctypes.get_errno())
"""
    return attack(f"system call {name}", code, Outcome.finished, says="refused")


def _clone(name: str, flag: int) -> Attack:
    code = f"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
result = libc.syscall(ctypes.c_long(56), ctypes.c_ulong({flag} | 17), None, None, None, None)
if result == 0: os._exit(0)
print('refused' if result == -1 and ctypes.get_errno() == 1 else 'ESCAPED')
"""
    return attack(f"clone into a new {name} namespace", code, Outcome.finished, says="refused")


ATTACKS = (
    *(_call(name, number) for name, number in _FORBIDDEN.items()),
    *(
        _clone(name, flag)
        for name, flag in (
            ("user", 0x10000000),
            ("pid", 0x20000000),
            ("network", 0x40000000),
            ("mount", 0x20000),
            ("ipc", 0x8000000),
            ("uts", 0x4000000),
            ("cgroup", 0x2000000),
        )
    ),
    attack(
        "clone3 asks to be avoided",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('answer', libc.syscall(ctypes.c_long(435), None, 0), ctypes.get_errno())
""",
        Outcome.finished,
        says="answer -1 38",
    ),
    attack(
        "32-bit calls",
        """
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')  # mov eax, 20; int 0x80; ret
print('ESCAPED', ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))())
""",
        Outcome.killed,
    ),
    attack(
        "x32 calls",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('answer', libc.syscall(ctypes.c_long(0x40000000 + 39)))
""",
        Outcome.finished,
        Outcome.killed,
        never="answer 2",
    ),
    attack(
        "typing into a terminal",
        """
import fcntl
try: fcntl.ioctl(0, 0x5412, b'x'); print('ESCAPED')
except OSError as error: print('refused', error)
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "user namespace by command",
        "import os\nprint('status', os.system('unshare -Ur true 2>/dev/null'))",
        Outcome.finished,
        never="status 0",
    ),
    attack(
        "filter loaded over ours",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('answer', libc.prctl(22, 2, None, 0, 0))
libc.syscall(ctypes.c_long(101), 0, 0, 0, 0)
print('refused', ctypes.get_errno())
""",
        Outcome.finished,
        says="refused 1",
    ),
    attack(
        "capabilities taken back",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
print('answer', libc.syscall(ctypes.c_long(126), header, (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)))
""",
        Outcome.finished,
        says="answer -1",
    ),
    attack("host name changed", "import socket\nsocket.sethostname('x')", Outcome.error, says="PermissionError"),
    attack(
        "clock of the machine",
        "import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)",
        Outcome.error,
        says="PermissionError",
    ),
)
