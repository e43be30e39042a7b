"""The process outside the wall that holds a slot: first the launcher, then bubblewrap."""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Sequence

from core.executor.spare import readable

_LAST_WORDS_SECONDS = 0.5
_END_SECONDS = 5.0
_LONGEST_WORDS = 4096


class Outside:
    """Started at once, so that no cancelled start leaves it unknown; raises OSError where it cannot be started.

    It leads a process group. Bubblewrap's inner process binds its life to the outer one's only some moments after it
    was made; an outer one killed before that leaves the inner waiting for ever, unless the group is killed.
    """

    def __init__(self, command: Sequence[str], control: int) -> None:
        heard, said = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                pass_fds=(control,),
                env={},
                start_new_session=True,
            )
        except OSError:
            os.close(heard)
            raise
        finally:
            os.close(said)
        self._heard = heard
        self._ended = os.pidfd_open(self._process.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        poll = select.poll()
        poll.register(self._ended, select.POLLIN)
        return not poll.poll(0)

    async def last_line(self) -> str:
        """What the launcher or bubblewrap wrote last, before it gave up."""
        if not await readable(asyncio.get_running_loop(), self._ended, _LAST_WORDS_SECONDS):
            return ""
        try:
            lines = os.read(self._heard, _LONGEST_WORDS).decode("utf-8", "replace").strip().splitlines()
        except BlockingIOError:
            return ""
        return lines[-1] if lines else ""

    async def end(self) -> None:
        """Kills the group and waits for this process; may be called again where that was cancelled."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        if await readable(asyncio.get_running_loop(), self._ended, _END_SECONDS):
            self._process.wait()
        os.close(self._heard)
        os.close(self._ended)
