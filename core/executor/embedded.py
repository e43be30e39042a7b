"""The executor inside the tutor's own process: it supervises, everything of a snippet happens behind the wall."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from core.executor import wall
from core.executor.cgroup import Hierarchy, find_hierarchy
from core.executor.fleet import Fleet
from core.executor.interpreters import find_interpreters
from core.executor.limits import Limits
from core.executor.model import Interpreter, Outcome, Run, Snippet
from core.executor.report.model import read_report
from core.executor.slot import Evidence, NoWall, Slot
from core.executor.spare import NeverStarted, SpareLost
from core.executor.turns import QueueFull, Turns
from core.executor.verdict import Ending, decide

log = structlog.get_logger(__name__)

FILE_NAME = "snippet.py"
LONGEST_TEXT = 64 * 1024
"""Bytes of a program, and of its standard input."""
_ATTEMPTS = 8
"""For runs that never began; a run that was lost on the way counts for half of them."""


@dataclass(frozen=True, slots=True)
class ExecutorSettings:
    """`slots` is for the default interpreter, the others get one each on first use. `queue` is how many may wait."""

    limits: Limits = field(default_factory=Limits)
    slots: int = field(default_factory=lambda: max(2, 2 * (os.cpu_count() or 1)))
    queue: int = 64
    default: str | None = None
    roots: Path | None = None
    packages: Path | None = None


@dataclass(eq=False, slots=True)
class _Ticket:
    fleet: Fleet
    granted: asyncio.Future[Slot]


class EmbeddedExecutor:
    """Gives every snippet a slot of its interpreter when its turn comes."""

    def __init__(
        self, settings: ExecutorSettings, interpreters: Sequence[Interpreter], hierarchy: Hierarchy | None
    ) -> None:
        self._settings = settings
        self._interpreters = tuple(interpreters)
        self._turns: Turns[_Ticket] = Turns(settings.queue)
        self._fleets = {
            interpreter.label: Fleet(
                interpreter,
                settings.slots if number == 0 else 1,
                number * 100,
                settings.limits,
                hierarchy,
                settings.packages,
                self._serve,
            )
            for number, interpreter in enumerate(self._interpreters)
        }

    def start(self) -> None:
        """Warms the default interpreter up in the background."""
        for fleet in list(self._fleets.values())[:1]:
            fleet.wake()

    def pythons(self) -> Sequence[Interpreter]:
        return self._interpreters

    def process_ids(self) -> tuple[int, ...]:
        """The processes outside the wall that hold the slots, for an operator who wants to look or measure."""
        return tuple(pid for fleet in self._fleets.values() for pid in fleet.process_ids())

    async def run(self, snippet: Snippet) -> Run:
        fleet = self._fleet(snippet.python)
        if fleet is None:
            return Run(outcome=Outcome.unavailable, reason="no_such_python", python=snippet.python or "")
        if any(len(text.encode("utf-8", "replace")) > LONGEST_TEXT for text in (snippet.code, snippet.stdin)):
            return Run(outcome=Outcome.unavailable, reason="code_too_long", python=fleet.interpreter.label)
        ticket = _Ticket(fleet, asyncio.get_running_loop().create_future())
        try:
            self._turns.enter(ticket, snippet.learner, snippet.chat)
        except QueueFull as full:
            return Run(outcome=Outcome.busy, place=full.place, reason="queue_full", python=fleet.interpreter.label)
        fleet.wake()
        try:
            self._serve()
            return await self._attempt(ticket, snippet)
        except NoWall as error:
            return Run(outcome=Outcome.unavailable, reason=str(error), python=fleet.interpreter.label)
        finally:
            self._turns.leave(ticket)
            self._serve()

    def _fleet(self, label: str | None) -> Fleet | None:
        if label is None:
            return next(iter(self._fleets.values()), None)
        return self._fleets.get(label)

    def _serve(self) -> None:
        """Gives free slots to those whose turn it is, and the reason to those whose wall cannot be built."""
        waiting = self._turns.waiting()
        for ticket in waiting:
            if ticket.fleet.broken is not None and not ticket.granted.done():
                ticket.granted.set_exception(NoWall(ticket.fleet.broken))
                self._turns.leave(ticket)
        ready = {fleet for fleet in {ticket.fleet for ticket in waiting} if fleet.has_ready()}
        while (served := self._turns.take(lambda each: each.fleet in ready)) is not None:
            slot = served.fleet.take()
            if served.granted.done():
                served.fleet.give_back(slot)
            else:
                served.granted.set_result(slot)
            if not served.fleet.has_ready():
                ready.discard(served.fleet)

    async def _attempt(self, ticket: _Ticket, snippet: Snippet) -> Run:
        """A run that lost its box on the way is tried once more; one that never began, a few times."""
        slot = await self._granted(ticket)
        attempts = _ATTEMPTS
        while True:
            try:
                return await self._in_slot(slot, ticket.fleet, snippet)
            except SpareLost as error:
                log.warning("executor.spare_lost", python=slot.interpreter.label, reason=str(error))
                attempts -= 1 if isinstance(error, NeverStarted) else _ATTEMPTS // 2
            if attempts <= 0:
                return _about(slot.interpreter, Outcome.killed, reason="sandbox_lost")
            slot = await ticket.fleet.next_ready()

    async def _granted(self, ticket: _Ticket) -> Slot:
        try:
            return await ticket.granted
        except asyncio.CancelledError:
            if ticket.granted.done() and not ticket.granted.cancelled():
                ticket.fleet.give_back(ticket.granted.result())
            raise

    async def _in_slot(self, slot: Slot, fleet: Fleet, snippet: Snippet) -> Run:
        limits = self._settings.limits
        task = {
            "code": snippet.code,
            "filename": FILE_NAME,
            "stdin": snippet.stdin,
            "view": sorted(snippet.view),
            "limits": {"wall_seconds": limits.wall_seconds, "frame_bytes": limits.frame_bytes},
        }
        try:
            evidence = await slot.run(task)
        finally:
            fleet.give_back(slot)
        return _told(evidence, slot.interpreter)

    async def close(self) -> None:
        for ticket in self._turns.waiting():
            if not ticket.granted.done():
                ticket.granted.set_exception(NoWall("closing"))
        await asyncio.gather(*(fleet.close() for fleet in self._fleets.values()))


def _told(evidence: Evidence, interpreter: Interpreter) -> Run:
    finding = evidence.finding
    verdict = decide(
        Ending(
            exit_status=finding.exit_status,
            timed_out=finding.timed_out,
            overflowed=finding.transcript.overflowed,
            full=evidence.full,
            last_line=finding.transcript.last_error_line(),
            before=evidence.before,
            after=evidence.after,
        )
    )
    return _about(
        interpreter,
        verdict.outcome,
        reason=verdict.reason,
        milliseconds=round(finding.milliseconds, 3),
        exit_status=finding.exit_status,
        output=finding.transcript.chunks(),
        output_cut=finding.transcript.overflowed,
        files=evidence.files,
        report=read_report(finding.frame) if finding.frame else None,
    )


def _about(interpreter: Interpreter, outcome: Outcome, **facts: object) -> Run:
    return Run.model_validate(
        {"outcome": outcome, "python": interpreter.label, "version": interpreter.version, **facts}
    )


async def open_executor(settings: ExecutorSettings) -> EmbeddedExecutor:
    """Finds the interpreters and starts warming up; never raises for a missing wall, runs then say why instead."""
    interpreters = await asyncio.to_thread(find_interpreters, settings.roots, settings.default)
    hierarchy = await asyncio.to_thread(find_hierarchy)
    await asyncio.to_thread(wall.compile_code)
    if hierarchy is not None:
        hierarchy.remove_left_over()
    executor = EmbeddedExecutor(settings, interpreters, hierarchy)
    executor.start()
    return executor
