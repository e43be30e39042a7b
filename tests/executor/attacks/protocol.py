"""Forging what the supervisor reads."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_DONE, _ERROR = Outcome.finished, Outcome.error

_WRITE = """
import os, struct
def forge(data):
    for number in range(3, 256):
        try: os.write(number, data)
        except OSError: pass
def frame(body): return struct.pack('!I', len(body)) + body
"""

ATTACKS = (
    attack(
        "forged frame",
        _WRITE
        + """
forge(frame(b'{"objects": [], "more": 12345}'))
os._exit(0)
""",
        _DONE,
    ),
    attack("duplicate frame", _WRITE + "forge(frame(b'{}') * 2)", _DONE),
    attack("cut frame", _WRITE + "forge(struct.pack('!I', 1000) + b'{')\nos._exit(0)", _DONE),
    attack("frame with an enormous length", _WRITE + "forge(b'\\xff' * 4)", _DONE),
    attack("endless frame", _WRITE + "while True: forge(b'x' * 65536)", Outcome.timed_out, _DONE, _ERROR),
    attack("frame of nothing", _WRITE + "forge(b'\\0' * 4)", _DONE),
    attack("last words of PID 1 imitated", _WRITE + "forge(struct.pack('!iB', 0, 1))\nos._exit(7)", _ERROR),
    attack(
        "success claimed by a failing program",
        _WRITE
        + """
forge(frame(b'{"exit_status": 0}'))
raise ValueError
""",
        _ERROR,
    ),
    attack("all descriptors closed", "import os\nos.closerange(3, 1000)\nprint('closed')", _DONE, says="closed"),
    attack(
        "descriptors sent to the supervisor",
        """
import os, socket
for number in range(3, 256):
    try:
        s = socket.socket(fileno=os.dup(number))
        socket.send_fds(s, [b'x'] , [0] * 10)
    except OSError: pass
print('sent')
""",
        _DONE,
        says="sent",
    ),
    attack(
        "socket read empty",
        """
import os
os.set_blocking(200, False)
try: os.read(200, 1000)
except OSError: print('nothing')
""",
        _DONE,
        says="nothing",
    ),
    attack("pipes renamed", "import os\nos.dup2(1, 200)\nprint('x')", _DONE, says="x"),
)
