"""Talking to anybody."""

from core.executor.model import Outcome
from tests.executor.attacks import attack


def _family(name: str, kind: str = "SOCK_STREAM") -> str:
    return f"""
import socket
try:
    s = socket.socket(socket.{name}, socket.{kind})
    print('ESCAPED', s)
except (OSError, AttributeError) as error: print('refused', error)
"""


ATTACKS = (
    *(
        attack(f"socket {name} {kind}", _family(name, kind), Outcome.finished, says="refused")
        for name, kind in (
            ("AF_INET", "SOCK_STREAM"),
            ("AF_INET", "SOCK_DGRAM"),
            ("AF_INET", "SOCK_RAW"),
            ("AF_INET6", "SOCK_STREAM"),
            ("AF_PACKET", "SOCK_RAW"),
            ("AF_NETLINK", "SOCK_RAW"),
            ("AF_VSOCK", "SOCK_STREAM"),
            ("AF_ALG", "SOCK_SEQPACKET"),
            ("AF_BLUETOOTH", "SOCK_RAW"),
            ("AF_CAN", "SOCK_RAW"),
            ("AF_TIPC", "SOCK_RDM"),
        )
    ),
    attack(
        "name look-up",
        """
import socket
try: print('ESCAPED', socket.getaddrinfo('example.org', 80))
except OSError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "loopback",
        """
import socket
try: socket.create_connection(('127.0.0.1', 22), 1); print('ESCAPED')
except OSError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "metadata address",
        """
import urllib.request
try: print('ESCAPED', urllib.request.urlopen('http://169.254.169.254/', timeout=1))
except OSError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "interfaces",
        """
print([line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]])
""",
        Outcome.finished,
        says="['lo']",
    ),
    attack(
        "abstract sockets of the host",
        """
print('listed', len(open('/proc/net/unix').readlines()))
import socket
s = socket.socket(socket.AF_UNIX)
for name in ('\\0/tmp/.X11-unix/X0', '\\0kucha', '/run/dbus/system_bus_socket'):
    try: s.connect(name); print('ESCAPED')
    except OSError: print('refused')
""",
        Outcome.finished,
        says="refused",
    ),
    attack(
        "curl",
        "import os\nprint('status', os.system('curl -s -m 1 http://127.0.0.1/ 2>/dev/null') != 0)",
        Outcome.finished,
        says="status True",
    ),
)
