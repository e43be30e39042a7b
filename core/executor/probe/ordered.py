"""Two pipes, one order."""

import array
import fcntl
import io
import termios
import time

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

_PATIENCE, _PAUSE = 400, 0.00005
_array, _ioctl, _sleep, _waiting = array.array, fcntl.ioctl, time.sleep, termios.FIONREAD


class OrderedPipe(io.FileIO):
    """Writes to its pipe once the other has been read empty, so that whoever reads both sees the order of the writes.

    Waits at most 20 ms a write: a reader that is gone or slow must not stop the program.
    """

    def __init__(self, descriptor: int, other: int) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._other = other

    def write(self, data: object) -> int:
        for _ in range(_PATIENCE):
            if not self._other_waits():
                break
            _sleep(_PAUSE)
        return super().write(data)  # type: ignore[arg-type]

    def _other_waits(self) -> bool:
        waiting = _array("i", [0])
        try:
            _ioctl(self._other, _waiting, waiting)
        except OSError:
            return False
        return bool(waiting[0])
