"""Standard streams whose order survives two pipes."""

import array
import fcntl
import io
import termios
import time

_PATIENCE = 400
_PAUSE = 0.00005


class OrderedPipe(io.FileIO):
    """Writes to one pipe once the other has been read empty, so that whoever reads both sees one true order.

    Waits at most 20 ms a write: a reader that is gone or slow must not stop the program.
    """

    def __init__(self, descriptor, other):
        super().__init__(descriptor, "wb", closefd=False)
        self._other = other

    def write(self, data):
        waiting = array.array("i", [0])
        for _ in range(_PATIENCE):
            try:
                fcntl.ioctl(self._other, termios.FIONREAD, waiting)
            except OSError:
                break
            if not waiting[0]:
                break
            time.sleep(_PAUSE)
        return super().write(data)


def standard():
    """Standard input, output and error of a program, unbuffered: what was printed is not lost when a run is stopped."""
    names = (("<stdout>", 1, 2, "surrogateescape"), ("<stderr>", 2, 1, "backslashreplace"))
    written = []
    for name, descriptor, other, errors in names:
        pipe = OrderedPipe(descriptor, other)
        pipe.name = name
        written.append(io.TextIOWrapper(pipe, encoding="utf-8", errors=errors, write_through=True))
    source = io.TextIOWrapper(
        io.BufferedReader(io.FileIO(0, "rb", closefd=False)), encoding="utf-8", errors="surrogateescape"
    )
    return source, *written
