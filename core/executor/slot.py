"""One place where snippets run: a control group, a warm zygote behind the wall, and a spare box forked ahead."""

import array
import asyncio
import contextlib
import json
import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.executor import seccomp
from core.executor.cgroup import Counters, Gauge, Group, Hierarchy
from core.executor.collect import has_files, is_full, made_files
from core.executor.limits import Limits
from core.executor.model import Interpreter, MadeFile
from core.executor.outside import Outside
from core.executor.spare import Finding, NeverStarted, Spare, SpareLost
from core.executor.wall import PACKAGES_INSIDE, USER_INSIDE, launch_command, packages_for

_START_SECONDS = 30.0
"""Network namespaces are made slowly while the kernel still clears many old ones away."""
_BOX_SECONDS = 10.0
_LONGEST_REASON = 300


class NoWall(Exception):
    """The wall could not be built; the text says why, for an operator."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a run left, and the group's counters around it."""

    finding: Finding
    full: bool
    files: tuple[MadeFile, ...]
    before: Counters
    after: Counters


class Slot:
    """Runs one snippet at a time. `start` once, then `run` and `renew` in turns, `close` at the end."""

    def __init__(
        self,
        interpreter: Interpreter,
        number: int,
        limits: Limits,
        hierarchy: Hierarchy | None,
        packages: Path | None,
    ) -> None:
        self.interpreter = interpreter
        self._number = number
        self._limits = limits
        self._hierarchy = hierarchy
        self._packages = packages
        self._group: Group | None = None
        self._gauge: Gauge | None = None
        self._outside: Outside | None = None
        self._control: socket.socket | None = None
        self._spare: Spare | None = None
        self._counters = Counters()
        self._runs = 0
        self._running = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The process outside the wall that holds the slot; ending it ends everything inside."""
        return self._outside.pid if self._outside else None

    async def start(self) -> None:
        """Builds the wall, the zygote and the first spare; raises NoWall with the reason where one cannot be had."""
        try:
            compiled = seccomp.compiled()
            if self._hierarchy is not None and self._group is None:
                self._group = self._hierarchy.make(self._limits)
                self._gauge = self._group.gauge()
            await self._start_zygote(compiled)
            await self._make_spare()
        except (OSError, TimeoutError, seccomp.NoFilter, SpareLost) as error:
            reason = (await self._outside.last_line() if self._outside else "") or str(error) or type(error).__name__
            await self._stop()
            raise NoWall(reason[:_LONGEST_REASON]) from error
        self._runs = 0

    async def _start_zygote(self, compiled: bytes) -> None:
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        near.setblocking(False)
        self._control = near
        joins = self._group.joins if self._group else ()
        with far:
            command = launch_command(self.interpreter, self._packages, joins, self._number, far.fileno())
            self._outside = Outside(command, far.fileno())
        loop = asyncio.get_running_loop()
        policy = json.dumps(self._policy()).encode()
        for message in (struct.pack("!II", len(policy), len(compiled)), policy, compiled):
            await loop.sock_sendall(near, message)
        answer = await asyncio.wait_for(loop.sock_recv(near, 256), _START_SECONDS)
        if answer != b"warm":
            raise SpareLost(answer.decode("utf-8", "replace"))

    def _policy(self) -> dict[str, Any]:
        limits = self._limits
        return {
            "identity": f"{USER_INSIDE} {USER_INSIDE} 1",
            "tmpfs": limits.tmpfs_options(),
            "rlimits": limits.rlimits(),
            "frame_bytes": limits.frame_bytes,
            "packages": [PACKAGES_INSIDE] if packages_for(self.interpreter, self._packages) else [],
        }

    async def _make_spare(self) -> None:
        if self._control is None:
            raise SpareLost("the zygote is gone")
        try:
            spare = Spare(asyncio.get_running_loop(), self._limits)
        except OSError as error:
            raise SpareLost(f"no pipe for a box: {error}") from error
        try:
            ancillary = array.array("i", spare.far_ends)
            self._control.sendmsg([b"box"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, ancillary)])
            spare.close_far_ends()
            await spare.ready(_BOX_SECONDS)
        except (OSError, SpareLost, asyncio.CancelledError) as error:
            spare.close()
            if isinstance(error, OSError):
                raise SpareLost("the zygote is gone") from error
            raise
        self._spare = spare
        if self._gauge is not None:
            self._counters = self._gauge.read()

    def is_ready(self) -> bool:
        """Whether a spare waits and the wall around it stands; a wall that has just been hit takes a moment to fall."""
        if self._spare is None or self._outside is None:
            return False
        return self._spare.is_alive() and self._outside.is_alive()

    async def run(self, task: dict[str, Any]) -> Evidence:
        """Runs a task in the spare; raises SpareLost where the box died and no limit of the task's explains it."""
        spare = self._spare
        if spare is None:
            raise NeverStarted("no spare")
        async with self._running:
            return await self._run_in(spare, task)

    async def _run_in(self, spare: Spare, task: dict[str, Any]) -> Evidence:
        before = self._counters
        finding = await spare.run(task)
        after = self._gauge.read() if self._gauge else before
        explained = finding.timed_out or finding.transcript.overflowed or after.memory_kills > before.memory_kills
        if finding.exit_status is None and not explained:
            raise SpareLost("the box ended without a word")
        self._runs += 1
        if finding.exit_status is None or spare.folder is None:
            return Evidence(finding, False, (), before, after)
        full = is_full(spare.folder)
        if not has_files(spare.folder):
            return Evidence(finding, full, (), before, after)
        spare.kill()
        files = made_files(spare.folder, self._limits) if await spare.gone() else ()
        return Evidence(finding, full, files, before, after)

    async def renew(self) -> None:
        """Clears the used box away and forks the next; a zygote that is dead or has served enough is replaced."""
        used, self._spare = self._spare, None
        clean = True
        if used is not None:
            used.kill()
            try:
                clean = await used.gone()
            finally:
                used.close()
        if clean and self._runs < self._limits.runs_per_zygote:
            with contextlib.suppress(SpareLost):
                await self._make_spare()
                return
        await self._stop()
        await self.start()

    async def _stop(self) -> None:
        if self._spare is not None:
            self._spare.close()
            self._spare = None
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._outside is not None:
            await self._outside.end()
            self._outside = None

    async def close(self) -> None:
        """Ends a run that is under way, then everything of the slot."""
        if self._spare is not None:
            self._spare.kill()
        async with self._running:
            await self._stop()
        if self._gauge is not None:
            self._gauge.close()
            self._gauge = None
        if self._group is not None:
            for _ in range(100):
                if self._group.remove():
                    break
                await asyncio.sleep(0.02)
            self._group = None
