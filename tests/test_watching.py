"""Figures and errors reach those who watch; a learner's words do not."""

import socket
from typing import Any
from urllib.request import urlopen

from sentry_sdk import Client
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot.settings import Settings
from bot.watching import FRUGAL, reporting_errors, watch


def test_prometheus_finds_the_figures_of_the_process(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.metrics_port = free.getsockname()[1]
    watch(settings)
    with urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics") as answer:
        assert b"process_resident_memory_bytes" in answer.read()


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.get_event())


def test_sentry_gets_errors_with_the_fields_of_the_log() -> None:
    transport = Kept()
    report = reporting_errors(Client(dsn="http://key@127.0.0.1:9/1", transport=transport, **FRUGAL))
    report(None, "info", {"event": "serving"})
    event = {"event": "request_failed", "incident": "abcd", "steps": ["app.py:1"]}
    assert report(None, "error", dict(event)) == event
    (sent,) = transport.sent
    assert sent["message"] == "request_failed"
    assert sent["extra"]["incident"] == "abcd"
