"""`kucha chat` behind a pseudo-terminal: keys go in, what a person would read comes out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 60.0
"""Seconds after which an answer is not coming any more; a busy machine is slow, not wrong."""

_STEERING = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[=>]|\r")

CTRL_C, CTRL_D, CTRL_U, TAB, ENTER, UP = "\x03", "\x04", "\x15", "\t", "\r", "\x1b[A"


def environment(data: Path, language: str) -> dict[str, str]:
    """A fresh machine's environment: no tokens, its own data folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],
        "LANG": language,
        "TERM": "xterm-256color",
        "KUCHA_DATA": str(data),
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }


class Session:
    """A running `kucha chat`; `seen` is everything that has appeared, without what steers the terminal."""

    def __init__(self, data: Path, language: str = "en_US.UTF-8", columns: int = 90) -> None:
        self._terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.command_line", "chat"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(data, language),
            start_new_session=True,
        )
        os.close(theirs)
        self._raw = b""
        self._mark = 0

    @property
    def seen(self) -> str:
        return _STEERING.sub("", self._raw.decode("utf-8", "replace"))

    def press(self, keys: str, expected: str = "") -> None:
        """Send keys as they are, and wait for what they are to make appear."""
        self._mark = len(self.seen)
        os.write(self._terminal, keys.encode())
        self.expect(expected)

    def say(self, line: str, expected: str, prompt: str = "›") -> str:
        """Type a line, wait for words of its answer and for the next prompt; what has appeared since it was sent."""
        self.press(line + ENTER)
        answered = self.expect(expected).index(expected) + len(expected)
        return self.expect(prompt, answered)

    def expect(self, words: str, after: int = 0) -> str:
        """Wait until the words have appeared since the last line (and that many characters); everything since."""
        while words not in (news := self.seen[self._mark :])[after:]:
            ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
            read = self._read() if ready else b""
            assert read, f"{words!r} did not come; there is:\n{news}"
            self._raw += read
        return news

    def ended(self) -> int:
        """Wait for the end; the exit status."""
        while self._read():
            pass
        return self.process.wait(PATIENCE)

    def _read(self) -> bytes:
        try:
            return os.read(self._terminal, 65536)
        except OSError:  # how Linux tells that the other side has closed a pseudo-terminal
            return b""

    def __enter__(self) -> Self:
        try:
            self.expect("›")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self._terminal)
