"""Two pipes, one order."""

import array
import fcntl
import io
import termios
import time

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

_PATIENCE, _FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 0.00005, 0.002
_array, _ioctl, _sleep, _waiting = array.array, fcntl.ioctl, time.sleep, termios.FIONREAD


class OrderedPipe(io.FileIO):
    """Writes to its pipe once the other has been read empty, so that whoever reads both sees the order of the writes.

    Waits at most a quarter of a second a write: a reader that is gone or slow must not stop the program.
    """

    def __init__(self, descriptor: int, other: int) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._other = other

    def write(self, data: object) -> int:
        pause, waited = _FIRST_PAUSE, 0.0
        while waited < _PATIENCE and self._other_waits():
            _sleep(pause)
            waited += pause
            pause = min(2 * pause, _LONGEST_PAUSE)
        return super().write(data)  # type: ignore[arg-type]

    def _other_waits(self) -> bool:
        waiting = _array("i", [0])
        try:
            _ioctl(self._other, _waiting, waiting)
        except OSError:
            return False
        return bool(waiting[0])
