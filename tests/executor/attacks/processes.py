"""Processes and signals."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_MANY = Outcome.too_many_processes

ATTACKS = (
    attack("fork bomb", "import os\nwhile True: os.fork()", _MANY, Outcome.timed_out, Outcome.output_limit),
    attack(
        "quiet fork bomb",
        """
import os
while True:
    try: os.fork()
    except OSError: pass
""",
        Outcome.timed_out,
        _MANY,
    ),
    attack(
        "fork bomb that parents leave",
        """
import os
while True:
    try:
        if os.fork(): os._exit(0)
    except OSError: pass
""",
        Outcome.finished,
        Outcome.timed_out,
        _MANY,
    ),
    attack(
        "thread bomb",
        """
import threading, time
while True: threading.Thread(target=time.sleep, args=(60,)).start()
""",
        _MANY,
        Outcome.timed_out,
        Outcome.memory_limit,
        says="can't start new thread",
    ),
    attack(
        "shell fork bomb",
        "import os\nos.system(':(){ :|:& };:')",
        Outcome.finished,
        _MANY,
        Outcome.timed_out,
        Outcome.error,
    ),
    attack(
        "process that outlives its run",
        """
import subprocess
subprocess.Popen(['sleep', '1000'], start_new_session=True)
print('started')
""",
        Outcome.finished,
        says="started",
    ),
    attack(
        "double fork",
        """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
print('left')
""",
        Outcome.finished,
        says="left",
    ),
    attack(
        "kill every process",
        "import os\ntry: os.kill(-1, 9)\nexcept OSError: print('still here')",
        Outcome.finished,
        says="still here",
    ),
    attack("kill the own group", "import os\nos.kill(0, 9)", Outcome.killed),
    attack(
        "kill the parent",
        "import os\nos.kill(os.getppid(), 9)\nprint('parent', os.getppid())",
        Outcome.finished,
        says="parent 1",
    ),
    attack(
        "stop the parent",
        "import os, signal\nos.kill(1, signal.SIGSTOP)\nprint('went on')",
        Outcome.finished,
        says="went on",
    ),
    attack(
        "signals of every number to PID 1",
        """
import os
for number in range(1, 65):
    try: os.kill(1, number)
    except OSError: pass
print('alive')
""",
        Outcome.finished,
        says="alive",
    ),
    attack("kill itself", "import os\nos.kill(os.getpid(), 9)", Outcome.killed),
    attack("terminate itself", "import os\nos.kill(os.getpid(), 15)", Outcome.killed),
    attack(
        "zombies",
        """
import os, time
for _ in range(40):
    if os.fork() == 0: os._exit(0)
time.sleep(0.05)
print('walking')
""",
        Outcome.finished,
        says="walking",
    ),
    attack(
        "see other processes",
        """
import os
print('seen', sorted(int(n) for n in os.listdir('/proc') if n.isdigit()))
""",
        Outcome.finished,
        says="seen [1, 2]",
    ),
    attack(
        "limit on processes raised",
        """
import resource
try: resource.setrlimit(resource.RLIMIT_NPROC, (9999, 9999))
except ValueError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack("higher priority", "import os\nos.nice(-10)", Outcome.error, says="Error"),
    attack(
        "real-time scheduling",
        "import os\nos.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
        Outcome.error,
        says="PermissionError",
    ),
    attack(
        "out of reach of the kernel's killer",
        """
try:
    with open('/proc/self/oom_score_adj', 'w') as file: file.write('-1000')
    print('ESCAPED')
except OSError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "memory of PID 1",
        """
for name in ('mem', 'environ', 'maps', 'fd', 'root', 'cwd'):
    try:
        import os
        os.listdir(f'/proc/1/{name}') if name in ('fd', 'root', 'cwd') else open(f'/proc/1/{name}', 'rb').read(1)
        print('ESCAPED', name)
    except OSError: print('refused', name)
""",
        Outcome.finished,
        says="refused cwd",
    ),
    attack(
        "a thousand subprocesses at once",
        """
import subprocess
kept = []
for _ in range(1000): kept.append(subprocess.Popen(['sleep', '30']))
""",
        _MANY,
        Outcome.timed_out,
    ),
)
