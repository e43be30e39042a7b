"""Flooding and confusing whoever reads."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

ATTACKS = (
    attack("flood through print", "while True: print('x' * 1000)", Outcome.output_limit),
    attack("flood through the descriptor", "import os\nwhile True: os.write(1, b'x' * 65536)", Outcome.output_limit),
    attack("flood through stderr", "import sys\nwhile True: sys.stderr.write('x' * 1000)", Outcome.output_limit),
    attack("flood from a subprocess", "import os\nos.system('yes')", Outcome.output_limit),
    attack(
        "flood from a process left behind",
        """
import os
if os.fork() == 0:
    while True: os.write(1, b'y' * 4096)
""",
        Outcome.finished,
        Outcome.output_limit,
    ),
    attack("one long line", "print('x' * 50_000_000)", Outcome.output_limit),
    attack("lone surrogate", "print('\\ud800')", Outcome.error, says="UnicodeEncodeError"),
    attack("bytes that are no text", "import os\nos.write(1, b'\\xff\\xfe\\x80')", Outcome.finished, says="\ufffd"),
    attack("closed stdout", "import sys\nsys.stdout.close()\nprint('x')", Outcome.error, says="ValueError"),
    attack(
        "closed descriptors",
        "import os\nos.closerange(0, 1000)\nprint('x')",
        Outcome.error,
        Outcome.finished,
        Outcome.killed,
    ),
    attack("closed pipe to itself", "import os\nos.close(1)\nos.close(2)", Outcome.finished),
    attack(
        "blocking reader of an empty input", "import sys\nprint(repr(sys.stdin.read()))", Outcome.finished, says="''"
    ),
    attack(
        "alternating streams",
        """
import sys
for n in range(300):
    print('o' * 100)
    print('e' * 100, file=sys.stderr)
""",
        Outcome.finished,
    ),
    attack(
        "pipe made non-blocking",
        """
import os
os.set_blocking(1, False)
for _ in range(10000): os.write(1, b'x' * 100)
""",
        Outcome.error,
        Outcome.finished,
        Outcome.output_limit,
        Outcome.too_many_processes,
    ),
)
