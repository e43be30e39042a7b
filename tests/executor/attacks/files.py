"""Reading what is the host's, leaving what is the next one's."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_DONE = Outcome.finished


def _refused(path: str) -> str:
    return f"""
try:
    with open({path!r}, 'w') as file: file.write('x')
    print('ESCAPED')
except OSError as error: print('refused', error)
"""


ATTACKS = (
    *(
        attack(f"write to {path}", _refused(path), _DONE, says="refused")
        for path in (
            "/x",
            "/usr/x",
            "/etc/passwd",
            "/usr/lib/x.so",
            "/opt/x",
            "/dev/null2",
            "/proc/sysrq-trigger",
            "/proc/sys/kernel/core_pattern",
            "/opt/kucha/core/executor/inside/zygote.py",
            "/opt/python/bin/x",
            "/sys/x",
            "/root/x",
            "/home/x",
            "/proc/1/mem",
            "/proc/self/uid_map",
        )
    ),
    *(
        attack(
            f"read {path}",
            f"""
try: print('ESCAPED', open({path!r}, 'rb').read(10))
except OSError: print('refused')
""",
            _DONE,
            says="refused",
        )
        for path in (
            "/etc/shadow",
            "/etc/hostname",
            "/root/.bashrc",
            "/proc/1/environ",
            "/proc/kcore",
            "/dev/mem",
            "/dev/sda",
            "/dev/vda",
            "/sys/kernel/notes",
            "/proc/kmsg",
            "/var/run/docker.sock",
            "/run/docker.sock",
        )
    ),
    attack(
        "fill the space",
        """
for n in range(100):
    with open(str(n), 'wb') as f: f.write(b'x' * 10 ** 6)
""",
        Outcome.disk_full,
    ),
    attack("fill the inodes", "for n in range(10 ** 5): open(str(n), 'w').close()", Outcome.disk_full),
    attack("fill with folders", "import os\nfor n in range(10 ** 5): os.mkdir(str(n))", Outcome.disk_full),
    attack("one file too large", "f = open('x', 'wb')\nwhile True: f.write(b'x' * 10 ** 6)", Outcome.disk_full),
    attack("sparse file", "f = open('x', 'wb')\nf.truncate(1 << 40)", Outcome.disk_full, Outcome.error),
    attack(
        "link to the host collected",
        """
import os
os.symlink('/etc/passwd', 'passwd.txt')
os.symlink('/proc/self/environ', 'environ.txt')
os.symlink('/', 'root.txt')
""",
        _DONE,
    ),
    attack(
        "link swapped while files are collected",
        """
import os
open('a.txt', 'w').write('harmless')
if os.fork() == 0:
    while True:
        try:
            os.symlink('/proc/1/environ', 'b')
            os.replace('b', 'a.txt')
            open('c', 'w').write('harmless')
            os.replace('c', 'a.txt')
        except OSError: pass
""",
        _DONE,
    ),
    attack("pipe collected", "import os\nos.mkfifo('pipe.txt')", _DONE, Outcome.error),
    attack(
        "device collected",
        "import os, stat\nos.mknod('device.txt', stat.S_IFBLK | 0o666, os.makedev(8, 0))",
        Outcome.error,
        says="PermissionError",
    ),
    attack(
        "names that steer",
        r"""
import os
for name in ('a\nb.txt', '\x1b[2J.txt', '\u202egnp.txt', '..txt', ' .txt', 'x' * 200 + '.txt', '-rf.txt'):
    open(name, 'w').write('x')
""",
        _DONE,
    ),
    attack("name that is no text", "open(b'\\xff\\xfe.txt', 'w').write('x')", _DONE),
    attack("NUL in a name", "open('a\\0b', 'w')", Outcome.error, says="null"),
    attack(
        "deep folders",
        """
import os
for _ in range(900):
    os.mkdir('d'); os.chdir('d')
print('deep')
""",
        _DONE,
        says="deep",
    ),
    attack(
        "working folder removed", "import os, shutil\nshutil.rmtree('/box/home')\nprint('gone')", _DONE, Outcome.error
    ),
    attack(
        "folders made unreadable",
        "import os\nos.chmod('/box/home', 0)\nos.chmod('/box', 0)\nprint('shut')",
        _DONE,
        says="shut",
    ),
    attack(
        "folder replaced by a link",
        """
import os
os.rename('/box/home', '/box/old')
os.symlink('/etc', '/box/home')
print('swapped')
""",
        _DONE,
        says="swapped",
    ),
    attack(
        "many files to collect",
        """
for n in range(200): open(f'{n}.txt', 'w').write('x' * 10)
""",
        _DONE,
    ),
    attack("file too large to collect", "open('big.txt', 'w').write('x' * (1 << 20) + 'x')", _DONE),
    attack(
        "setuid binary",
        """
import os, subprocess
for path in ('/usr/bin/su', '/usr/bin/mount', '/usr/bin/passwd', '/usr/bin/newgrp'):
    if os.path.exists(path): subprocess.run([path, '-c', 'id'], input=b'', timeout=1)
print('uid', os.geteuid())
""",
        _DONE,
        Outcome.error,
        says="uid 1000",
    ),
    attack(
        "own setuid file",
        """
import os, shutil, subprocess
shutil.copy('/usr/bin/id', 'id')
try: os.chmod('id', 0o4755)
except OSError: pass
print(subprocess.run(['./id', '-u'], capture_output=True, text=True).stdout)
""",
        _DONE,
        Outcome.error,
        says="1000",
    ),
    attack(
        "way up out of the root",
        """
import os
for _ in range(100): os.chdir('..')
print(sorted(os.listdir('.')))
""",
        _DONE,
        says="'box'",
        never="'root'",
    ),
)
