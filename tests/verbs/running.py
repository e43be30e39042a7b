"""The command line as an operator runs it: a process of its own, on a fresh machine's environment."""

import subprocess
import sys
from pathlib import Path

from tests.platforms.terminal.session import environment

PATIENCE = 100


def kucha(data: Path, *arguments: str, given: bytes = b"", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `kucha` with these arguments and settings to its end."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot.command_line", *arguments],
        input=given,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env={**environment(data, "en_US.UTF-8"), **settings},
    )
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    return subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())
