"""What operators watch from elsewhere: figures for Prometheus, errors for Sentry; each only where it is set."""

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from sentry_sdk import Client


def watch(settings: Settings) -> None:
    """Offer figures and report errors from here on. Raises OSError when the port is taken."""
    if settings.metrics_port is not None:
        from prometheus_client import start_http_server

        start_http_server(settings.metrics_port)
    if settings.sentry_dsn is not None:
        import structlog
        from sentry_sdk import Client

        client = Client(dsn=settings.sentry_dsn.get_secret_value(), **FRUGAL)
        processors = structlog.get_config()["processors"]
        structlog.configure(processors=[*processors[:-1], reporting_errors(client), processors[-1]])


FRUGAL: dict[str, Any] = {
    "include_local_variables": False,
    "include_source_context": False,
    "max_breadcrumbs": 0,
    "default_integrations": False,
}
"""Sentry gets what the log gets: an event's name and fields, which never hold a learner's words."""


def reporting_errors(
    client: "Client",
) -> Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]:
    """A structlog processor that also sends events of level error to Sentry, and changes nothing."""

    def report(_logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if method in ("error", "critical"):
            fields = {name: value for name, value in event.items() if name != "event"}
            client.capture_event({"message": str(event.get("event")), "level": "error", "extra": fields})
        return event

    return report
